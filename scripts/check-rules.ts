import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { loadModules } from '../app/engine/load.ts';
import { faultsIn, readRules } from '../app/rules/read-rules.ts';
import type { Catalogue, Problem } from '../app/rules/rules.ts';
import { Misused, readArguments } from './usage.ts';
import { say, textLanguage } from './words.ts';

const usage = say(
  'usage: npm run check-rules -- FILE…\nexit status: 0 ok, 1 findings, 2 usage or a file that cannot be read',
  '用法：npm run check-rules -- 文件…\n退出状态：0 正常，1 发现问题，2 用法错误或文件无法读取',
);

function filesIn(args: string[]): readonly string[] {
  const files = parseArgs({ args, allowPositionals: true }).positionals;
  if (files.length === 0) throw new Misused(say('Name the rules file to check.', '请指定要检查的规则文件。'));
  return files;
}

function line({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column} ${message[textLanguage]}\n`;
}

/** The status of one file: 0 ok, 1 findings, 2 unreadable. */
async function checkFile(file: string, catalogue: Catalogue): Promise<number> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    process.stderr.write(`${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  });
  if (text === null) return 2;
  const problems = faultsIn(readRules([{ name: 'repository', file, oid: '', text }], catalogue));
  process.stdout.write(problems.length > 0 ? problems.map(line).join('') : `${file} ok\n`);
  return problems.length > 0 ? 1 : 0;
}

const files = readArguments(usage, filesIn);
const catalogue = await loadModules();
let worst = 0;
for (const file of files) worst = Math.max(worst, await checkFile(file, catalogue));
process.exitCode = worst;
