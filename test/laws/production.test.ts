import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { allImports, read } from './source-files.ts';
import type { Import } from './source-files.ts';
import { filesRunBy } from './tree.ts';

interface Locked {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const { scripts, dependencies, allowScripts } = JSON.parse(read('package.json')) as Record<
  string,
  Record<string, string>
>;
const { packages } = JSON.parse(read('package-lock.json')) as { readonly packages: Record<string, Locked> };

/** What nobody runs where the bot serves; all other scripts must work after `npm ci --omit=dev`. */
const forMakers = [
  'dev',
  'demo',
  'test',
  'check',
  'types',
  'lint',
  'format',
  'generate',
  'new:module',
  'scenario',
  'fuzz',
  'flood',
  'crash-test',
  'sim',
  'busy-day',
];
const operators = Object.entries(scripts ?? {}).filter(([name]) => !forMakers.includes(name));
const entries = operators.flatMap(([, script]) => filesRunBy(script));

/** Files that run when these do; what `app` loads by folder counts as well. */
function closure(imports: readonly Import[], starts: readonly string[]): ReadonlySet<string> {
  const found = new Set(starts);
  const from = Map.groupBy(imports, (line) => line.from);
  for (const file of found) for (const { to, typeOnly } of from.get(file) ?? []) if (!typeOnly) found.add(to);
  return found;
}

/** `file -> package` of every package that is missing where only `dependencies` are installed. */
function missingPackages(
  imports: readonly Import[],
  starts: readonly string[],
  installed: readonly string[],
): string[] {
  const files = closure(imports, starts);
  const lines = imports.filter(
    ({ from, to, typeOnly }) => !typeOnly && files.has(from) && !/^(app|config|scripts|test)\//.test(to),
  );
  return lines
    .filter(({ to }) => to !== 'node' && !to.startsWith('node:') && !installed.includes(to))
    .map(({ from, to }) => `${from} -> ${to}`);
}

suite('where only what production needs is installed', () => {
  const imports = allImports();
  const product = [...new Set(imports.map(({ from }) => from))].filter((file) => /^(app|config)\//.test(file));

  test('every script of an operator finds its packages', () => {
    assert.ok(entries.includes('scripts/deploy.ts') && entries.includes('app/main.ts'), entries.join(', '));
    assert.deepEqual(missingPackages(imports, [...product, ...entries], Object.keys(dependencies ?? {})), []);
  });

  test('nothing of the tests is needed', () => {
    const files = [...closure(imports, [...product, ...entries])];
    assert.deepEqual(
      files.filter((file) => file.startsWith('test/')),
      [],
    );
  });

  test('no package runs a script while it is installed but those that are allowed, so nothing is built', () => {
    const run = Object.entries(packages).filter(([, { dev, hasInstallScript }]) => hasInstallScript && !dev);
    const names = run.map(([path]) => path.replace(/^.*node_modules\//, ''));
    assert.deepEqual(names, Object.keys(allowScripts ?? {}));
  });

  test('the law can fail', () => {
    const line = (from: string, to: string, typeOnly = false) => ({ from, to, typeOnly });
    const some = [
      line('app/a.ts', 'app/b.ts'),
      line('app/b.ts', 'graphql'),
      line('app/c.ts', 'eslint'),
      line('app/b.ts', 'x', true),
    ];
    assert.deepEqual(missingPackages(some, ['app/a.ts'], ['koa']), ['app/b.ts -> graphql']);
    assert.deepEqual(missingPackages(some, ['app/a.ts'], ['graphql']), []);
  });
});
