import { code, mention, ours } from '../../quote.ts';
import { listed, phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';
import type { Hold } from './holds.ts';

export const free = phrase({ en: 'nobody holds it', 'zh-CN': '没有人暂缓' })();
const held = phrase<{ holds: Text }>({ en: 'held by {holds}', 'zh-CN': '已被暂缓：{holds}' });
const reasoned = phrase<{ by: Text; reason: Quoted }>({ en: '{by}: {reason}', 'zh-CN': '{by}：{reason}' });
const plain = phrase<{ who: Quoted }>({ en: '{who}', 'zh-CN': '{who}' });
const somebody = phrase({ en: 'somebody (by label)', 'zh-CN': '有人（见标签）' })();
const byLabel = phrase<{ who: Quoted }>({ en: '{who} (by label)', 'zh-CN': '{who}（手工加的标签）' });
const until = phrase<{ who: Quoted; end: Quoted }>({ en: '{who} until {end}', 'zh-CN': '{who}，到 {end} 为止' });
const untilClosed = phrase<{ who: Quoted; thread: Quoted }>({
  en: '{who} until {thread} is closed',
  'zh-CN': '{who}，直到 {thread} 关闭',
});

const minuteOf = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function oneHold({ by, reason, end, byHand }: Hold): Text {
  const who = mention(by.login);
  const text =
    end.kind === 'time'
      ? until({ who, end: ours(minuteOf(end.at)) })
      : end.kind === 'thread'
        ? untilClosed({ who, thread: ours(`#${end.number}`) })
        : byHand
          ? by.id === null
            ? somebody
            : byLabel({ who })
          : plain({ who });
  return reason === '' ? text : reasoned({ by: text, reason: code(reason, 100) });
}

const mostShown = 5;

export const heldBy = (holds: readonly Hold[]): Text => held({ holds: listed(holds.slice(0, mostShown).map(oneHold)) });

export const notYours = phrase({
  en: 'a hold is lifted by whoever put it there, by the author, and by people with the `write` right',
  'zh-CN': '只有提出暂缓的人、作者和有 `write` 权限的人可以取消',
})();
export const notYoursAll = phrase({
  en: 'holds of others are lifted by the author and by people with the `write` right',
  'zh-CN': '只有作者和有 `write` 权限的人可以取消其他人的暂缓',
})();
export const overAlready = phrase<{ end: Quoted }>({
  en: '{end} is over already, so nothing is held',
  'zh-CN': '{end} 已经过去，没有暂缓',
});
export const closedAlready = phrase<{ thread: Quoted }>({
  en: '{thread} is closed already, so nothing is held',
  'zh-CN': '{thread} 已经关闭，没有暂缓',
});
export const noThread = phrase<{ thread: Quoted }>({
  en: 'there is no {thread} here to wait for',
  'zh-CN': '这里没有 {thread} 可以等',
});
export const itself = phrase({ en: 'it cannot wait for itself', 'zh-CN': '不能等待自己' })();
export const stillHeld = phrase<{ people: Text; command: Quoted }>({
  en: 'your hold is off; {people} still hold it. {command} lifts every hold',
  'zh-CN': '你的暂缓已取消，但 {people} 仍在暂缓。{command} 可以全部取消',
});
