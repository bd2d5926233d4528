import type { Import } from './source-files.ts';

/** Who may import whom: a row of the architecture's table. The first row whose `files` match a file is the one that counts. */
export interface Row {
  readonly files: RegExp;
  /** Our own files; `types:` in front allows only what is gone when the program runs. */
  readonly may: readonly string[];
  readonly packages: readonly string[];
}

/** Words every part of the bot shares. */
const everybody = ['app/text.ts', 'app/quote.ts', 'app/subject.ts', 'app/clock.ts', 'app/log.ts'];
/** Packages without effects. */
const pure = [
  'zod',
  'yaml',
  're2js',
  'liquidjs',
  'fastest-levenshtein',
  'markdown-it',
  'semver',
  'node:crypto',
  'node:util',
];
const contracts = ['app/queue/queue.ts', 'app/store/store.ts'];

export const table: readonly Row[] = [
  { files: /^app\/main\.ts$/, may: ['app/', 'config/env.ts', 'config/log4js.ts'], packages: ['node:'] },
  {
    files: /^app\/(text|quote|subject|clock|log)\.ts$/,
    may: [],
    packages: ['intl-messageformat', 'node:async_hooks'],
  },
  {
    files: /^app\/receive\//,
    may: ['app/receive/', 'app/web/', ...contracts, 'app/engine/', 'types:app/rules/rules.ts', 'types:config/env.ts'],
    packages: ['koa', '@koa/router', 'koa-bodyparser', 'zod', 'node:'],
  },
  {
    files: /^app\/web\//,
    may: ['app/web/', ...contracts, 'app/engine/', 'types:app/rules/rules.ts', 'types:app/facts/fact.ts'],
    packages: ['preact', 'htm', 'preact-render-to-string', 'node:fs'],
  },
  {
    files: /^app\/engine\//,
    may: [
      ...['app/engine/', 'app/modules/module.ts', 'app/facts/', 'app/wants/', 'app/merge-pool/', 'app/rules/'],
      'app/commands/',
      ...[...contracts, 'types:app/github/github.ts', 'app/github/troubles.ts'],
    ],
    packages: [...pure, 'node:fs'],
  },
  {
    files: /^app\/merge-pool\//,
    // Options of rules are written alike everywhere: durations, patterns and globs are those of the modules.
    may: [
      ...['app/merge-pool/', 'app/facts/', 'app/wants/', 'types:app/modules/module.ts'],
      ...['app/modules/duration.ts', 'app/modules/pattern.ts', 'app/modules/glob.ts', 'app/commands/'],
    ],
    packages: [...pure, 'croner'],
  },
  {
    files: /^app\/rules\//,
    // Rules and modules must agree on what a pattern, a glob and a template is.
    may: [
      ...[
        'app/rules/',
        'app/facts/',
        'app/modules/module.ts',
        'types:app/engine/report.ts',
        'app/merge-pool/section.ts',
      ],
      ...['app/modules/pattern.ts', 'app/modules/glob.ts', 'app/modules/template.ts'],
    ],
    packages: pure,
  },
  {
    files: /^app\/facts\//,
    // `app/modules/glob.ts`: which labels are protected decides whose rights are looked up.
    // `app/modules/pattern.ts`: owners files have patterns, too.
    // `app/commands/read-lines.ts`: whose rights are looked up depends on who wrote a command.
    may: [
      ...['app/facts/', 'app/github/github.ts', 'app/github/troubles.ts', 'app/modules/glob.ts'],
      ...['app/commands/read-lines.ts', 'app/modules/pattern.ts', 'app/three-way/'],
    ],
    packages: pure,
  },
  {
    files: /^app\/commands\//,
    may: ['app/commands/', 'app/facts/who.ts', 'app/facts/people.ts', 'types:app/facts/', 'types:app/wants/'],
    packages: pure,
  },
  { files: /^app\/three-way\//, may: ['app/three-way/'], packages: ['node:crypto'] },
  { files: /^app\/wants\//, may: ['app/wants/', 'types:app/facts/', 'types:app/github/github.ts'], packages: pure },
  {
    files: /^app\/github\//,
    may: ['app/github/', 'types:config/env.ts'],
    packages: ['@octokit/app', '@octokit/core', 'zod', 'node:crypto'],
  },
  { files: /^app\/transact\.ts$/, may: [], packages: ['node:sqlite'] },
  {
    files: /^app\/queue\//,
    may: ['app/queue/', 'app/transact.ts', 'types:app/engine/report.ts'],
    packages: ['node:sqlite', 'node:fs', 'node:crypto', 'node:os'],
  },
  {
    files: /^app\/store\//,
    may: [
      ...['app/store/', 'app/transact.ts', 'types:app/engine/report.ts', 'types:app/queue/queue.ts'],
      ...['types:app/facts/command-facts.ts', 'types:app/commands/command-list.ts'],
    ],
    packages: [
      'node:sqlite',
      'node:fs',
      'node:path',
      'node:crypto',
      'node:zlib',
      'node:util',
      'node:url',
      'node:timers',
      'zod',
    ],
  },
  {
    files: /^app\/recovery\//,
    may: ['app/recovery/', ...contracts, 'types:app/github/github.ts', 'app/github/troubles.ts'],
    packages: ['zod'],
  },
  { files: /^app\/runners\//, may: ['app/runners/'], packages: ['zod'] },
  { files: /^app\/chat\//, may: ['app/chat/'], packages: ['zod'] },
  {
    files: /^config\//,
    may: ['config/'],
    packages: ['dotenv', 'log4js', 'zod', 'fastest-levenshtein', 'node:'],
  },
  { files: /^(scripts|test)\//, may: ['app/', 'config/', 'scripts/', 'test/'], packages: [''] },
];

/** A module sees facts, wants, the contract, what lies beside the contract, and its own folder: never another module. */
function rowOfModule(file: string): Row | undefined {
  const [, folder] = /^app\/modules\/(?:([^/]+)\/)?[^/]+$/.exec(file) ?? [];
  if (!file.startsWith('app/modules/')) return undefined;
  const contract = [
    'app/commands/',
    'app/facts/command-facts.ts',
    'app/facts/fact.ts',
    'types:app/facts/run-facts.ts',
    'app/facts/who.ts',
    'app/facts/label-history.ts',
    // What was asked for decides which branches are looked at, and then what is wanted.
    ...['app/facts/pick-requests.ts', 'types:app/facts/pick-facts.ts'],
    'app/wants/',
    // A name that is not there is answered alike everywhere: with the nearest one.
    'app/rules/nearest.ts',
    'types:app/facts/plain-facts.ts',
  ];
  const tags = ['types:app/facts/tag-facts.ts', 'types:app/facts/plain-tag.ts'];
  const examples = file.endsWith('/examples.ts') ? ['app/facts/plain-facts.ts'] : [];
  const own = folder ? [`app/modules/${folder}/`] : [];
  return { files: /./, may: [...contract, ...tags, ...own, ...examples, 'app/modules/*'], packages: pure };
}

function covers(allowed: string, { to, typeOnly }: Import): boolean {
  if (allowed.startsWith('types:'))
    return typeOnly && covers(allowed.slice('types:'.length), { from: '', to, typeOnly });
  if (allowed.endsWith('/*')) return to.startsWith(allowed.slice(0, -1)) && !to.slice(allowed.length - 1).includes('/');
  return allowed.endsWith('/') ? to.startsWith(allowed) : to === allowed;
}

/** The imports that no arrow of the table allows, as `app/a.ts -> app/b.ts`. */
export function forbiddenArrows(imports: readonly Import[]): string[] {
  return imports
    .filter((line) => {
      const row = rowOfModule(line.from) ?? table.find(({ files }) => files.test(line.from));
      if (!row) return true;
      const isOurs = /^(app|config|scripts|test)\//.test(line.to);
      if (!isOurs)
        return !row.packages.some(
          (name) => line.to === name || name === '' || (name === 'node:' && line.to.startsWith(name)),
        );
      return ![...(line.from.startsWith('config/') ? [] : everybody), ...row.may].some((allowed) =>
        covers(allowed, line),
      );
    })
    .map(({ from, to, typeOnly }) => `${from} -> ${to}${typeOnly ? ' (types)' : ''}`);
}

/** Files other than `app/github/octokit.ts` that import Octokit. */
export function otherOctokits(imports: readonly Import[]): string[] {
  const found = imports.filter(({ from, to }) => from.startsWith('app/') && to.startsWith('@octokit/'));
  return found.filter(({ from }) => from !== 'app/github/octokit.ts').map(({ from }) => from);
}

/** Files that import each other in a ring, as `a -> b -> a`; each ring once. */
export function cycles(imports: readonly Import[]): string[] {
  const next = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const rings: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) rings.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (path.includes(file) || done.has(file)) return;
    for (const { to } of next.get(file) ?? []) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return rings;
}
