import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { topShape } from '../app/rules/schemas.ts';
import { writeGenerated } from './generate.ts';
import { Misused, readArguments } from './usage.ts';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const longestName = 40;
const vague = ['index', 'util', 'utils', 'helper', 'helpers', 'common', 'base', 'manager', 'service', 'misc'];

/** Why a module cannot have this name; null when it can. */
export function nameFault(name: string, root = projectRoot): string | null {
  if (!/^[a-z]+(-[a-z]+)*$/.test(name)) return 'A name is small letters and single hyphens, like pr-title.';
  if (name.length > longestName) return `A name has at most ${longestName} characters.`;
  if (name.split('-').some((word) => vague.includes(word)))
    return 'Name it for what it checks or what people type, like pr-title or lgtm.';
  if (name in topShape) return `${name} is a key of the rules file already.`;
  return existsSync(join(root, 'app/modules', name)) ? `app/modules/${name} is there already.` : null;
}

const moduleText = `import { z } from 'zod';
import { phrase } from '../../text.ts';
import { defineModule } from '../module.ts';

const options = z.object({
  'max-length': z
    .int()
    .min(1)
    .default(72)
    .describe('Most characters a title may have')
    .meta({ zh: '标题最多的字符数' }),
});

const short = phrase({ en: 'the title is short enough', 'zh-CN': '标题长度合适' });
const long = phrase<{ length: number; most: number }>({
  en: 'the title has {length} characters, {most} are allowed',
  'zh-CN': '标题有 {length} 个字符，最多 {most} 个',
});
const fix = phrase<{ most: number }>({
  en: 'Shorten the title to {most} characters.',
  'zh-CN': '请把标题缩短到 {most} 个字符以内。',
});

export default defineModule({
  summary: { en: 'Checks how long a title is', 'zh-CN': '检查标题的长度' },
  on: 'pull',
  row: true,
  needs: [],
  may: [],
  options,
  decide({ thread }, { 'max-length': most }) {
    const length = Array.from(thread.title).length;
    if (length <= most) return { verdict: 'pass', because: short(), wants: [] };
    return { verdict: 'fail', because: long({ length, most }), fix: fix({ most }), wants: [] };
  },
});
`;

const examplesText = `import type { Example } from '../module.ts';

export const examples: readonly Example[] = [
  {
    title: 'a short title',
    given: { thread: { title: 'fix: typo' } },
    says: 'short enough',
    expect: { verdict: 'pass', wants: [] },
  },
  {
    title: 'a long title',
    given: { thread: { title: 'fix: typo' } },
    options: { 'max-length': 5 },
    says: '9 characters, 5 are allowed',
    expect: { verdict: 'fail', wants: [] },
  },
];
`;

const readmeText = (name: string) => `# ${name}

Why this module exists, in a few sentences for a maintainer who wonders whether to switch it on.

**When not to use it**: say where it would be a nuisance.

**简体中文**：用几句话说明为什么需要它，以及什么情况下不要开启。

## Options

<!-- options:begin -->
<!-- options:end -->

## Examples

<!-- examples:begin -->
<!-- examples:end -->
`;

/** The three files of a new module, which pass every test as they are. */
export function moduleFiles(name: string): ReadonlyMap<string, string> {
  return new Map([
    ['module.ts', moduleText],
    ['examples.ts', examplesText],
    ['README.md', readmeText(name)],
  ]);
}

/** Writes the folder and brings the generated files up to date. */
export async function writeModule(name: string, root = projectRoot): Promise<void> {
  const folder = join(root, 'app/modules', name);
  await mkdir(folder);
  for (const [file, text] of moduleFiles(name)) await writeFile(join(folder, file), text, { flag: 'wx' });
  await writeGenerated(root);
}

function nameIn([name, ...rest]: readonly string[]): string {
  if (name === undefined || rest.length > 0) throw new Misused('Name one module.');
  const fault = nameFault(name);
  if (fault !== null) throw new Misused(fault);
  return name;
}

async function main(): Promise<void> {
  const name = readArguments('usage: npm run new:module NAME', nameIn);
  await writeModule(name);
  console.log(`app/modules/${name}: write decide() in module.ts, two cases in examples.ts, then npm run check.`);
}

if (process.argv[1] === import.meta.filename) await main();
