import { narrate } from '../test/scenarios/narrate.ts';
import type { Step } from '../test/scenarios/scenario.ts';

/** What the demo says to people, in the language of their terminal. */

export type Say = (en: string, zh: string) => string;

/** The number GitHub gave to the thread that the scenario calls so. */
export type NumberOf = (as: string) => number;

type Keys = Readonly<Record<string, unknown>>;
type Title = readonly [en: string, zh: string];

/** A story begins with the first step of this name and, where it makes a thread, of this thread. */
const stories: Readonly<Record<string, Title>> = {
  'open-pull search': [
    'A title without a type is told once, and forgiven when it is mended',
    '标题缺少类型：提醒一次，改好就收回',
  ],
  'open-pull login': ['Who writes Chinese is answered in Chinese', '用中文写的，用中文回答'],
  'open-issue crash': [
    'A report that lacks a part is closed after a week, and opened again when it is complete',
    '缺少内容的 issue：一周后关闭，补全后重新打开',
  ],
  redeliver: ['GitHub sends everything once more, and nothing is done twice', 'GitHub 全部重发一遍，什么也不会重复做'],
  'push-base': [
    'A slip in the rules says where it is; until it is mended the rules before it judge',
    '规则写错：指出位置，改好之前按原来的规则检查',
  ],
};

/** The story a step begins, if it begins one. */
export function storyOf({ name, keys }: Step, say: Say): string | null {
  const { as } = keys;
  const title = stories[typeof as === 'string' ? `${name} ${as}` : name];
  return title ? say(...title) : null;
}

export const storyCount = Object.keys(stories).length;

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const quoted = (value: unknown) => `“${text(value)}”`;

const sentences: Readonly<Record<string, (keys: Keys, numberOf: NumberOf, say: Say) => string>> = {
  'open-pull': ({ by, title }, _, say) =>
    say(`${text(by)} opens a pull request: ${quoted(title)}`, `${text(by)} 提交合并请求：${quoted(title)}`),
  'open-issue': ({ by, title }, _, say) =>
    say(`${text(by)} opens an issue: ${quoted(title)}`, `${text(by)} 提出 issue：${quoted(title)}`),
  edit: ({ by, of, title }, numberOf, say) => {
    const number = numberOf(text(of));
    if (title === undefined)
      return say(`${text(by)} completes the text of #${number}`, `${text(by)} 补全了 #${number}`);
    return say(
      `${text(by)} changes the title of #${number} to ${quoted(title)}`,
      `${text(by)} 把 #${number} 的标题改为 ${quoted(title)}`,
    );
  },
  'push-base': ({ by, message, files }, _, say) => {
    const lines = Object.values((files ?? {}) as Record<string, string>).flatMap((file) => file.trim().split('\n'));
    const what = say(`${text(by)} pushes to main: ${quoted(message)}`, `${text(by)} 推送到 main：${quoted(message)}`);
    return [what, ...lines].join('\n     ');
  },
  wait: ({ for: duration }, _, say) =>
    say(`${text(duration).replace(/d$/, '')} days pass`, `过了 ${text(duration).replace(/d$/, '')} 天`),
  redeliver: (_keys, _, say) => say('GitHub sends every event again', 'GitHub 把每个事件再发一遍'),
};

/** What happens in a step, in one sentence. */
export function sentenceOf(step: Step, numberOf: NumberOf, say: Say): string {
  return sentences[step.name]?.(step.keys, numberOf, say) ?? narrate(step);
}
