import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { everyCommand } from '../app/engine/every-command.ts';
import { loadExamples, loadFacts, loadKinds, loadModules } from '../app/engine/load.ts';
import { rulesSchema } from '../app/rules/schema.ts';
import { routesPage } from '../test/fake-github/proof/routes-page.ts';
import { appManifest } from './app-manifest.ts';
import { casesPage } from './cases-page.ts';
import { needsTable } from './needs-table.ts';
import { between, commandsTable, examplesTable, modulesTable, optionsTable } from './tables.ts';
import { readArguments } from './usage.ts';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const frontPages = { en: 'README.md', 'zh-CN': 'README.zh-CN.md' } as const;

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** Every generated file as it must be, by its path; the hand-written parts of pages are kept. */
export async function generate(root = projectRoot): Promise<ReadonlyMap<string, string>> {
  const folder = pathToFileURL(join(root, 'app/modules/'));
  const modules = await loadModules(folder);
  const [sources, kinds] = [await loadFacts(), await loadKinds()];
  const files = new Map([
    ['config/generated/rules.schema.json', json(rulesSchema(modules))],
    ['config/generated/app-manifest.json', json(appManifest(sources, kinds))],
    ['test/fake-github/ROUTES.md', routesPage()],
    ['test/safety/CASES.md', casesPage()],
  ]);
  for (const [id, module] of modules) {
    const file = `app/modules/${id}/README.md`;
    const page = between(await readFile(join(root, file), 'utf8'), 'options', optionsTable(module));
    files.set(file, between(page, 'examples', examplesTable(await loadExamples(id, folder))));
  }
  for (const language of ['en', 'zh-CN'] as const) {
    const file = frontPages[language];
    const page = between(await readFile(join(root, file), 'utf8'), 'modules', modulesTable(modules, language));
    const commanded = between(page, 'commands', commandsTable(everyCommand(modules), language));
    files.set(file, between(commanded, 'needs', needsTable(sources, kinds, language)));
  }
  return files;
}

/** The generated files that are not as they must be. */
export async function staleFiles(root = projectRoot): Promise<readonly string[]> {
  const files = [...(await generate(root))];
  const fresh = await Promise.all(
    files.map(async ([file, text]) => (await readFile(join(root, file), 'utf8').catch(() => null)) === text),
  );
  return files.flatMap(([file], at) => (fresh[at] ? [] : [file]));
}

/** Writes what is not as it must be, and says which files those were. */
export async function writeGenerated(root = projectRoot): Promise<readonly string[]> {
  const [files, stale] = [await generate(root), await staleFiles(root)];
  for (const file of stale) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), files.get(file) ?? '');
  }
  return stale;
}

const options = { check: { type: 'boolean', default: false } } as const;

async function main(): Promise<void> {
  const usage = 'usage: npm run generate [-- --check]';
  const { check: isCheck } = readArguments(usage, (args) => parseArgs({ args, options })).values;
  const stale = isCheck ? await staleFiles() : await writeGenerated();
  for (const file of stale) console.log(isCheck ? `${file} is out of date` : `${file} written`);
  if (isCheck && stale.length > 0) {
    console.error('Run `npm run generate` and commit the files. 请运行 `npm run generate` 并提交这些文件。');
    process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) await main();
