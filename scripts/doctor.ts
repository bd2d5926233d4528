import { parseArgs } from 'node:util';
import type { Said } from '../config/env-words.ts';
import { secretNames } from '../config/secrets.ts';
import type { Finding, State } from './doctor/check.ts';
import { examine, statusOf } from './doctor/examine.ts';
import { standOn } from './doctor/ground.ts';
import { root } from './pm2.ts';
import { readArguments } from './usage.ts';
import { settingsLanguage } from './words.ts';

const usage: Said = {
  en: `usage: npm run doctor [-- --json]

Looks at everything the bot needs and says how to mend what is at fault; changes nothing.
exit status: 0 in order (there may be warnings), 1 something is at fault, 2 usage, 3 the settings keep the bot from starting`,
  zh: `用法：npm run doctor [-- --json]

检查机器人需要的一切，并说明有问题的怎么修；不改动任何东西。
退出状态：0 正常（可能有警告），1 有问题，2 用法错误，3 设置有误、机器人无法启动`,
};

const signs: Readonly<Record<State, string>> = { ok: '✓', warn: '!', fail: '✗', skip: '–' };

function lines({ state, says, fix }: Finding, language: keyof Said): string {
  return [`${signs[state]} ${says[language]}`, ...fix.map((one) => `    → ${one[language]}`)].join('\n');
}

/** What was not looked at, in one line for each reason. */
function skipped(found: readonly Finding[], language: keyof Said): string[] {
  const why = Map.groupBy(
    found.filter(({ state }) => state === 'skip'),
    ({ says }) => says[language],
  );
  return [...why].map(([says, of]) => `${signs.skip} ${of.map(({ id }) => id).join(', ')}: ${says}`);
}

function summary(found: readonly Finding[], language: keyof Said): string {
  const count = (state: State) => found.filter((one) => one.state === state).length;
  const [good, odd, bad] = [count('ok'), count('warn'), count('fail')];
  if (language === 'zh') return `${good} 项正常，${odd} 项警告，${bad} 项有问题。`;
  return `${good} in order, ${odd} to look at, ${bad} at fault.`;
}

async function doctor(json: boolean): Promise<number> {
  const shell = { ...process.env };
  for (const name of secretNames) delete process.env[name];
  const ground = standOn(root, shell);
  const found = await examine(ground);
  const status = statusOf(found);
  if (json) {
    console.log(JSON.stringify({ status, findings: found }, null, 2));
    return status;
  }
  for (const finding of found) if (finding.state !== 'skip') console.log(lines(finding, ground.language));
  for (const line of skipped(found, ground.language)) console.log(line);
  console.log(`\n${summary(found, ground.language)}`);
  return status;
}

const options = { json: { type: 'boolean', default: false } } as const;
const { values } = readArguments(usage[settingsLanguage], (args) => parseArgs({ args, options }));
const status = await doctor(values.json);
// What a check that was given up left behind is not waited for.
process.stdout.write('', () => process.exit(status));
