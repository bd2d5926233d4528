import { readFile } from 'node:fs/promises';
import { loadModules } from '../app/engine/load.ts';
import { faultsIn, readRules } from '../app/rules/read-rules.ts';
import type { Catalogue, Problem } from '../app/rules/rules.ts';
import type { Language } from '../app/text.ts';

const usage =
  'usage: npm run check-rules -- FILE…\nexit status: 0 ok, 1 findings, 2 usage or a file that cannot be read\n';

function line({ file, line, column, message }: Problem, language: Language): string {
  return `${file}:${line}:${column} ${message[language]}\n`;
}

/** The status of one file: 0 ok, 1 findings, 2 unreadable. */
async function checkFile(file: string, catalogue: Catalogue, language: Language): Promise<number> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  });
  if (text === null) return 2;
  const problems = faultsIn(readRules([{ name: 'repository', file, oid: '', text }], catalogue));
  process.stdout.write(problems.length > 0 ? problems.map((p) => line(p, language)).join('') : `${file} ok\n`);
  return problems.length > 0 ? 1 : 0;
}

const files = process.argv.slice(2);
const language: Language = process.env['LANG']?.startsWith('zh') ? 'zh-CN' : 'en';
if (files.length === 0 || files.some((file) => file.startsWith('-'))) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const catalogue = await loadModules();
  let worst = 0;
  for (const file of files) worst = Math.max(worst, await checkFile(file, catalogue, language));
  process.exitCode = worst;
}
