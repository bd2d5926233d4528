import { readFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { start } from '../app/main.ts';
import type { ThreadView } from '../test/fake-github/fake-github.ts';
import { startFakeGitHub } from '../test/fake-github/start.ts';
import { parseScenarios } from '../test/scenarios/format.ts';
import { play } from '../test/scenarios/play.ts';
import type { Step } from '../test/scenarios/scenario.ts';
import type { Stage } from '../test/scenarios/stage.ts';

/** Offline, without an account: a pretended GitHub and the real bot play a scenario in front of a newcomer. */

const file = 'test/scenarios/demo.yml';
const [botPort, fakePort] = [8000, 8001];
const chinese = /^zh/i.test(process.env['LC_ALL'] ?? process.env['LANG'] ?? '');
const once = process.argv.includes('--once');
const t = (en: string, zh: string) => (chinese ? zh : en);

const dim = (text: string) => styleText('gray', text);
const mark = (ok: boolean) => (ok ? styleText('green', '✓') : styleText('red', '✗'));

/** The bot's own words, without markers, at most three lines. */
function spoken(body: string): string {
  const lines = body
    .replaceAll(/<!--.*?-->/gs, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.slice(0, 3).join('\n           ');
}

function shown(view: ThreadView, stage: Stage): string[] {
  const { checks } = view.head === null ? { checks: {} } : stage.fake.commit(viewName(view, stage));
  const comments = view.comments.filter(({ us, minimized }) => us && !minimized);
  return [
    `${t('state', '状态')}    ${view.state}${view.reason === null ? '' : ` (${view.reason})`}`,
    ...Object.entries(checks).map(([name, conclusion]) => `${t('check', '检查')}    ${name}: ${conclusion}`),
    ...(view.labels.length > 0 ? [`${t('labels', '标签')}   ${view.labels.join(', ')}`] : []),
    ...comments.map(({ body }) => `${t('comment', '评论')}  ${spoken(body)}`),
  ];
}

const names = new Map<number, string>();
const viewName = (view: ThreadView, stage: Stage) => names.get(view.number) ?? stage.fake.repo.name;

function links(view: ThreadView, stage: Stage): string[] {
  const { owner, name } = stage.fake.repo;
  const path = `${owner}/${name}/${view.kind === 'pull' ? 'pull' : 'issues'}/${view.number}`;
  return [
    `${t('GitHub shows', 'GitHub 页面')}    ${stage.fake.url}/web/${path}`,
    `${t('the bot says why', '机器人的理由')}  ${stage.botUrl}/r/${path}`,
  ];
}

let told = 0;

/** After each expectation: what anybody would see on GitHub now, and where to look. */
function after(step: Step, sentence: string, stage: Stage, failed: boolean): void {
  if (step.name !== 'expect') return console.log(`\n${styleText('bold', `${++told}. ${sentence}`)}`);
  const of = (step.keys as { of?: string }).of;
  if (of === undefined) return;
  const view = stage.fake.thread(of);
  names.set(view.number, of);
  for (const line of shown(view, stage)) console.log(`   ${line}`);
  for (const line of links(view, stage)) console.log(`   ${dim(line)}`);
  console.log(`   ${mark(!failed)} ${t('as expected', '符合预期')}`);
}

async function main(): Promise<number> {
  const [parsed] = parseScenarios(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'), file);
  if (parsed?.kind !== 'scenario') throw new Error(`${file} is no scenario`);
  const port = (fixed: number) => (once ? 0 : fixed);
  const { outcome, stage, close } = await play(parsed.scenario, {
    keep: true,
    startFake: (options) => startFakeGitHub({ ...options, port: port(fakePort) }),
    startBot: (settings, world) => start({ ...settings, port: port(botPort) }, world),
    before: (_step, _sentence, stage) => {
      if (told > 0) return;
      console.log(`github-bot demo\n  Bot         ${stage.botUrl}\n  Fake GitHub ${stage.fake.url}`);
    },
    after: (step, sentence, stage, failures) => after(step, sentence, stage, failures.length > 0),
  });
  const failed = outcome.failed;
  if (failed) console.error(`\n${mark(false)} ${failed.name}: ${failed.error ?? JSON.stringify(failed.failures)}`);
  console.log(`\n${mark(!failed)} ${told} ${t('steps played', '步已演示')}.`);
  if (once || failed || !stage) {
    await close();
    return failed ? 1 : 0;
  }
  console.log(
    t(
      'Both keep running: open the links above. Ctrl+C stops them.',
      '两者仍在运行，可打开上面的链接。按 Ctrl+C 停止。',
    ),
  );
  await new Promise<void>((resolve) => process.once('SIGINT', resolve));
  await close();
  return 0;
}

process.exitCode = await main().catch((error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE';
  console.error(
    taken
      ? t(
          'A port of the demo (8000, 8001) is taken; stop what uses it.',
          '演示端口 8000 或 8001 被占用，请先停止占用它的程序。',
        )
      : error,
  );
  return 1;
});
