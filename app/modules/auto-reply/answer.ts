import type { PolicyWant } from '../../wants/want.ts';
import { commentKeyOf } from '../../wants/say.ts';
import { span } from '../duration.ts';
import { isLabelOn, isLabelOurs } from '../../facts/label-history.ts';
import { isAnswer } from './events.ts';
import type { Known } from './events.ts';
import type { Reaction } from './reaction.ts';

/** Since when the author knows; null when nobody was told. */
function toldAt({ rule, event, once, key }: Reaction, { comments, done }: Known): string | null {
  if (rule.say === undefined) return done.includes(once) ? event.at : null;
  return comments.find((comment) => comment.key === commentKeyOf(key))?.createdAt ?? null;
}

function answeredAt({ event }: Reaction, { happened, thread }: Known): string | null {
  return happened.find((one) => one.at > event.at && isAnswer(one, thread))?.at ?? null;
}

function thanks({ rule, event }: Reaction, facts: Known): PolicyWant[] {
  const asked = event.kind === 'labeled' && isLabelOn(event.object, facts.thread) ? [event.object] : [];
  const added = rule.labels.add.filter((name) => isLabelOurs(name, facts));
  return [...new Set([...asked, ...added])].map((name) => ({ kind: 'label', name, on: false }));
}

/** What `close-after` asks for, once the author has been told: a closing when the time is over, or the answer's consequences. */
export function afterwards(reaction: Reaction, facts: Known): PolicyWant[] {
  const { rule, event, once } = reaction;
  const { happened, thread, now } = facts;
  const wait = span(rule['close-after'] ?? 'never');
  const told = toldAt(reaction, facts);
  if (told === null || wait === Infinity) return [];
  const ended = happened.findLast(({ kind, at }) => (kind === 'closed' || kind === 'reopened') && at > event.at);
  const answered = answeredAt(reaction, facts);
  if (answered !== null) {
    const isOurs = thread.kind === 'issue' && thread.state === 'closed' && ended?.kind === 'closed' && ended.actor.us;
    // What we closed for want of an answer opens again when the answer comes later.
    const reopen: PolicyWant[] = isOurs && answered > ended.at ? [{ kind: 'state', open: true }] : [];
    return [...thanks(reaction, facts), ...reopen];
  }
  // Whoever closed or opened it meanwhile has decided.
  if (ended || thread.state !== 'open') return [];
  const end = Date.parse(told) + wait;
  if (Date.parse(now) < end) return [{ kind: 'revisit', at: new Date(end).toISOString() }];
  return [{ kind: 'state', open: false, reason: rule.close ?? 'not_planned', once: `${once}:close` }];
}
