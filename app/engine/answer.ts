import { mention } from '../quote.ts';
import type { Spoken } from '../facts/command-facts.ts';
import type { Facts } from '../facts/fact.ts';
import { joined, phrase } from '../text.ts';
import type { Quoted, Text } from '../text.ts';
import { commentKeyOf, sayKey } from '../wants/say.ts';
import type { ReactWant, Want } from '../wants/want.ts';
import { isIgnored } from './own-commands.ts';
import { speak } from './present.ts';
import type { Voice } from './present.ts';
import type { Heard } from './report.ts';

const toPerson = phrase<{ who: Quoted; text: Text }>({ en: '{who} {text}', 'zh-CN': '{who} {text}' });
const several = phrase<{ who: Quoted; lines: Text }>({ en: '{who}\n\n{lines}', 'zh-CN': '{who}\n\n{lines}' });
const line = phrase<{ text: Text }>({ en: '- {text}', 'zh-CN': '- {text}' });

const reactions = { done: 'rocket', refused: '-1', unclear: 'confused' } as const;

/** A person is told at most once in so long on a thread what was refused. */
const refusalEvery = 3_600_000;
const refusalMark = /^refused:(\d+):(.+)$/;

/**
 * Whether somebody was refused something here within the last hour: as remembered, or as the replies show, where the bot
 * died before it could remember.
 */
function toldLately({ done, now, spoken, comments }: Facts, person: number | null): boolean {
  const isLate = (at: string) => Date.parse(now) - Date.parse(at) < refusalEvery;
  const remembered = done.some((key) => {
    const [, id, at = ''] = refusalMark.exec(key) ?? [];
    return id === String(person) && isLate(at);
  });
  if (remembered) return true;
  const refused = spoken.filter(
    ({ by, reactions: ours }) => by.id === person && (ours.includes('-1') || ours.includes('confused')),
  );
  const replies = new Set(refused.map(({ key }) => commentKeyOf(sayKey('reply', key))));
  return comments.some(({ key, createdAt }) => replies.has(key) && isLate(createdAt));
}

export interface Answers {
  readonly claims: readonly { readonly by: string; readonly want: Want }[];
  /** Once-keys of refusals that are told now. */
  readonly told: readonly string[];
}

/** What is said to one text: all its lines in one reply. */
function replyTo(said: Spoken, lines: readonly Heard[], isTold: boolean, tell: (heard: Heard) => Text | null) {
  const texts = lines.flatMap((heard) => {
    const said = heard.tell ? tell(heard) : heard.say;
    return said === null || (heard.outcome !== 'done' && isTold) ? [] : [said];
  });
  const [first, ...more] = texts;
  if (!first) return null;
  const who = mention(said.by.login);
  if (more.length === 0) return toPerson({ who, text: first });
  return several({ who, lines: joined(texts.map((text) => line({ text }))) });
}

function reactionsTo(said: Spoken, lines: readonly Heard[]): ReactWant[] {
  const { surface, nodeId, id: comment } = said;
  const contents = new Set(lines.map(({ outcome }) => reactions[outcome]));
  return [...contents].map((content) => ({ kind: 'react', surface, nodeId, comment, content }));
}

/** Reactions and replies to what was heard; `tell` makes the text of what only the engine knows. */
export function answersTo(
  heard: readonly Heard[],
  facts: Facts,
  voice: Voice,
  tell: (heard: Heard) => Text | null,
): Answers {
  const claims: { by: string; want: Want }[] = [];
  const told: string[] = [];
  for (const [key, lines] of Map.groupBy(
    heard.filter(({ mode }) => mode !== 'preview'),
    ({ spoken }) => spoken,
  )) {
    const said = facts.spoken.find((one) => one.key === key);
    if (!said) continue;
    for (const want of reactionsTo(said, lines)) claims.push({ by: 'engine', want: { ...want, evenClosed: true } });
    const mark = `refused:${said.by.id}:${facts.now}`;
    // Where the bot is to be silent its reaction is the answer, except to a question.
    const isTold = isIgnored(facts) || toldLately(facts, said.by.id) || told.some((other) => other === mark);
    const reply = replyTo(said, lines, isTold, tell);
    if (!reply) continue;
    if (lines.some(({ outcome }) => outcome !== 'done') && !isTold) told.push(mark);
    claims.push({
      by: 'engine',
      want: { kind: 'say', key: sayKey('reply', key), text: speak(reply, voice), evenClosed: true },
    });
  }
  return { claims, told };
}
