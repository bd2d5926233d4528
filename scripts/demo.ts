import { once as nextEvent } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { styleText } from 'node:util';
import { start } from '../app/main.ts';
import { languageOf } from '../config/env.ts';
import { startFakeGitHub } from '../test/fake-github/start.ts';
import { parseScenarios } from '../test/scenarios/format.ts';
import { play, type Played } from '../test/scenarios/play.ts';
import type { Scenario } from '../test/scenarios/scenario.ts';
import type { Stage } from '../test/scenarios/stage.ts';
import { Teller } from './demo-teller.ts';
import { storyCount, type Say } from './demo-words.ts';

/** Offline, without an account: a fake GitHub and the real bot play a few stories in front of a newcomer. */

const file = 'test/scenarios/demo.yml';
const ports = { bot: 8000, fake: 8001 };
const isChinese = languageOf(process.env) === 'zh';
const say: Say = (en, zh) => (isChinese ? zh : en);
const mark = (ok: boolean) => (ok ? styleText('green', '✓') : styleText('red', '✗'));

/** 1: a story did not go as told; 2: called wrongly; 3: a port is taken. */
type Status = 0 | 1 | 2 | 3;

async function isTaken(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await nextEvent(probe, 'listening');
    return false;
  } catch {
    return true;
  } finally {
    probe.close();
  }
}

async function refusalOfPorts(): Promise<string | null> {
  const taken: number[] = [];
  for (const port of Object.values(ports)) if (await isTaken(port)) taken.push(port);
  if (taken.length === 0) return null;
  const [en, zh] = [taken.join(' and '), taken.join('、')];
  return say(
    `Another program listens on 127.0.0.1, port ${en}, so the demo cannot start.\nStop that program, or play once on free ports: npm run demo -- --once`,
    `本机端口 ${zh} 已被其他程序占用，演示无法启动。\n请先停止那个程序，或者用空闲端口只演示一遍：npm run demo -- --once`,
  );
}

function readScenario(): Scenario {
  const [parsed] = parseScenarios(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'), file);
  if (parsed?.kind !== 'scenario') throw new Error(`${file} is no scenario`);
  return parsed.scenario;
}

function greet(stage: Stage, isOnce: boolean): void {
  console.log(`github-bot demo\n  Bot       ${stage.botUrl}\n  Fake GitHub ${stage.fake.url}`);
  if (!isOnce) console.log(say('Open the first link. Ctrl+C stops both.', '打开第一个链接。按 Ctrl+C 停止两者。'));
}

/** Ctrl+C while the stories are played leaves nothing behind. */
function endOnSignal(stage: Stage): () => void {
  const end = () => void stage.strike().finally(() => process.exit(130));
  process.once('SIGINT', end).once('SIGTERM', end);
  return () => void process.off('SIGINT', end).off('SIGTERM', end);
}

interface Told {
  readonly played: Played;
  readonly teller: Teller;
}

async function tell(isOnce: boolean): Promise<Told> {
  const teller = new Teller(say, (line) => console.log(line));
  let release: (() => void) | null = null;
  const played = await play(readScenario(), {
    keep: true,
    startFake: (options) => startFakeGitHub({ ...options, proof: false, port: isOnce ? 0 : ports.fake }),
    startBot: (settings, world) => {
      const fixed = { port: ports.bot, publicUrl: `http://127.0.0.1:${ports.bot}` };
      return start(isOnce ? settings : { ...settings, ...fixed }, world);
    },
    before: (step, _sentence, stage) => {
      if (!release) {
        greet(stage, isOnce);
        release = endOnSignal(stage);
      }
      teller.before(step, stage);
    },
    after: (step, _sentence, stage, failures) => teller.after(step, stage, failures),
  });
  if (played.stage) teller.close(played.stage);
  (release as (() => void) | null)?.();
  return { played, teller };
}

function summary({ played: { outcome, stage }, teller: { stories, looks } }: Told): string {
  const { failed } = outcome;
  if (failed) {
    if (failed.step === 0)
      return `${mark(false)} ${say('The demo could not start:', '演示无法启动：')} ${failed.error ?? ''}`;
    const where = `${file}:${failed.line}`;
    const why =
      failed.error ?? say('GitHub does not show what it should; see above.', 'GitHub 上的结果与预期不符，见上文。');
    return say(
      `${mark(false)} Stopped in story ${stories} of ${storyCount} (${where}): ${why}`,
      `${mark(false)} 第 ${stories} 个故事（共 ${storyCount} 个）中断（${where}）：${why}`,
    );
  }
  const events = stage?.fake.deliveries.length ?? 0;
  const requests = stage?.fake.journal.filter(({ as }) => as === 'installation') ?? [];
  const writes = requests.filter(({ write }) => write).length;
  return say(
    `${mark(true)} ${stories} stories, ${looks} looks at GitHub, all as expected. ${events} events came in, ${requests.length} requests went out, ${writes} of them writes.`,
    `${mark(true)} 演示了 ${stories} 个故事，查看 GitHub ${looks} 次，全部符合预期。收到 ${events} 个事件，发出 ${requests.length} 次请求，其中写入 ${writes} 次。`,
  );
}

async function main(flags: readonly string[]): Promise<Status> {
  const isOnce = flags.includes('--once');
  if (flags.some((flag) => flag !== '--once')) {
    console.error(say('usage: npm run demo [-- --once]', '用法：npm run demo [-- --once]'));
    return 2;
  }
  const refusal = isOnce ? null : await refusalOfPorts();
  if (refusal !== null) {
    console.error(refusal);
    return 3;
  }
  const told = await tell(isOnce);
  const { outcome, stage } = told.played;
  if (outcome.ok) console.log(`\n${summary(told)}`);
  else console.error(`\n${summary(told)}`);
  if (!isOnce && outcome.ok && stage) {
    const address = stage.botUrl;
    console.log(
      say(`Both go on running: open ${address}, Ctrl+C stops them.`, `两者仍在运行：打开 ${address}，按 Ctrl+C 停止。`),
    );
    await Promise.race([nextEvent(process, 'SIGINT'), nextEvent(process, 'SIGTERM')]);
  }
  await told.played.close();
  return outcome.ok ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
