import { done, refused } from '../../commands/answers.ts';
import type { Answer, Call } from '../../commands/command.ts';
import { levels } from '../../facts/fact.ts';
import type { Seen } from '../../facts/fact.ts';
import { code, mention, ours } from '../../quote.ts';
import { listed } from '../../text.ts';
import { readWish } from './end.ts';
import { holdsOn, isCancel, isForAll } from './holds.ts';
import * as words from './words.ts';

type Known = Seen<'asks' | 'awaited' | 'callers' | 'happened' | 'roles'>;

/** Whether somebody may lift what others hold. */
function mayLiftAll({ by }: Call, { callers, thread }: Known): boolean {
  if (by.id !== null && by.id === thread.author.id) return true;
  const level = callers[String(by.id)]?.level ?? 'none';
  return levels.indexOf(level) >= levels.indexOf('write');
}

function lift(call: Call, said: string, label: string, facts: Known): Answer {
  const holds = holdsOn(label, facts);
  if (holds.length === 0) return { ...done(), keep: false };
  const isOwn = holds.some(({ by }) => by.id === call.by.id);
  const isAll = isForAll(said) || !isOwn;
  if (isAll && !mayLiftAll(call, facts)) return refused(isForAll(said) ? words.notYoursAll : words.notYours);
  const others = holds.filter(({ by }) => by.id !== call.by.id);
  if (isAll || others.length === 0) return done();
  const people = listed(others.map(({ by }) => mention(by.login)));
  return { ...done(), say: words.stillHeld({ people, command: code('/unhold all') }) };
}

/** What becomes of `/hold …`, whose words are all in `what`. */
export function obey(call: Call, label: string, facts: Known): Answer {
  const said = String(call.args['what'] ?? '');
  if (isCancel(said)) return lift(call, said, label, facts);
  const { end } = readWish(said, call.at);
  if (end.kind === 'time' && end.at <= Date.parse(facts.now))
    return refused(words.overAlready({ end: ours(new Date(end.at).toISOString().slice(0, 10)) }));
  if (end.kind !== 'thread') return done();
  const thread = ours(`#${end.number}`);
  if (end.number === facts.thread.number) return refused(words.itself);
  const state = facts.awaited[String(end.number)];
  if (state === null) return refused(words.noThread({ thread }));
  return state === 'closed' ? refused(words.closedAlready({ thread })) : done();
}
