import { once as nextEvent } from 'node:events';
import { createServer } from 'node:net';
import { parseArgs, styleText } from 'node:util';
import type { Language } from '../app/text.ts';
import { languageOf } from '../config/env.ts';
import type { Say } from './demo/say.ts';
import { serveDemo } from './demo/serve.ts';
import { readStories } from './demo/stories.ts';
import { type Tally, Teller } from './demo/teller.ts';
import { readArguments } from './usage.ts';

/** Offline, without an account: a fake GitHub and the real bot play stories in front of a newcomer. */

const usualPort = 8000;
const language: Language = languageOf(process.env) === 'zh' ? 'zh-CN' : 'en';
const say: Say = (text) => text[language];
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

interface Ports {
  readonly bot: number;
  readonly fake: number;
}

/** `PORT` and the one after it; 0 takes any two that are free. */
function portsIn({ PORT: given = String(usualPort) }: NodeJS.ProcessEnv): Ports | null {
  const bot = /^\d{1,5}$/.test(given) ? Number(given) : Infinity;
  return bot < 65_535 ? { bot, fake: bot === 0 ? 0 : bot + 1 } : null;
}

async function refusalOf(ports: Ports): Promise<string | null> {
  const taken: number[] = [];
  for (const port of Object.values(ports) as number[]) if (await isTaken(port)) taken.push(port);
  if (taken.length === 0) return null;
  return say({
    en: `Another program listens on 127.0.0.1, port ${taken.join(' and ')}, so the demo cannot start.\nStop that program, or choose another port: PORT=9000 npm run demo`,
    'zh-CN': `本机端口 ${taken.join('、')} 已被其他程序占用，演示无法启动。\n请先停止那个程序，或者换一个端口：PORT=9000 npm run demo`,
  });
}

/** The pages, until somebody ends them. */
async function serve(): Promise<Status> {
  const ports = portsIn(process.env);
  if (!ports) {
    console.error(say({ en: 'PORT is a number from 0 to 65534.', 'zh-CN': 'PORT 应是 0 到 65534 之间的数字。' }));
    return 2;
  }
  const refusal = await refusalOf(ports);
  if (refusal !== null) {
    console.error(refusal);
    return 3;
  }
  const ended = Promise.race([nextEvent(process, 'SIGINT'), nextEvent(process, 'SIGTERM')]);
  const demo = await serveDemo(ports);
  console.log(`github-bot demo\n  Bot       ${demo.bot}\n  Fake GitHub ${demo.fake}`);
  console.log(say({ en: 'Open the first link. Ctrl+C stops both.', 'zh-CN': '打开第一个链接。按 Ctrl+C 停止两者。' }));
  await ended;
  await demo.close();
  return 0;
}

function summary({ stories, looks, events, requests, writes }: Tally, failed: number): string {
  if (failed > 0)
    return say({
      en: `${mark(false)} ${failed} of ${stories} stories did not go as told; see above.`,
      'zh-CN': `${mark(false)} ${stories} 个故事里有 ${failed} 个与预期不符，见上文。`,
    });
  return say({
    en: `${mark(true)} ${stories} stories, ${looks} looks at GitHub, all as expected. ${events} events came in, ${requests} requests went out, ${writes} of them writes.`,
    'zh-CN': `${mark(true)} 演示了 ${stories} 个故事，查看 GitHub ${looks} 次，全部符合预期。收到 ${events} 个事件，发出 ${requests} 次请求，其中写入 ${writes} 次。`,
  });
}

/** Every story on the terminal, once. */
async function tellAll(): Promise<Status> {
  const teller = new Teller(say, (line) => console.log(line));
  console.log('github-bot demo');
  let failed = 0;
  for (const story of readStories()) if (!(await teller.tell(story)).ok) failed += 1;
  const print = failed > 0 ? console.error : console.log;
  print(`\n${summary(teller.tally, failed)}`);
  return failed > 0 ? 1 : 0;
}

const usage = say({ en: 'usage: npm run demo [-- --once]', 'zh-CN': '用法：npm run demo [-- --once]' });
const { values } = readArguments(usage, (args) => parseArgs({ args, options: { once: { type: 'boolean' } } }));
process.exitCode = await (values.once ? tellAll() : serve());
