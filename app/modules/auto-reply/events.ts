import type { Happening, Seen } from '../../facts/fact.ts';
import { sayKey } from '../../wants/say.ts';
import { matcher, patternFault } from '../pattern.ts';
import type { Rule } from './rule.ts';

export type Known = Seen<'happened' | 'remarks' | 'comments' | 'newcomer' | 'repo'>;

/** The facts with comments among all else that happened, in the order in which it did. */
export function inOrder({ now, done, since, thread, happened, remarks, comments, newcomer, repo }: Known): Known {
  // GitHub's times are whole seconds; what happened within one stays in the order it was listed in.
  const all = [...happened, ...remarks].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { now, done, since, thread, happened: all, remarks, comments, newcomer, repo };
}

const day = 86_400_000;

const kinds = {
  labeled: 'labeled',
  unlabeled: 'unlabeled',
  opened: 'opened',
  closed: 'closed',
  merged: 'merged',
  'first-time': 'opened',
  comment: 'commented',
} as const satisfies Record<Rule['on'], Happening['kind']>;

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Whether two happenings are about the same thing, so that the later one overtakes the earlier. */
function isOvertaking(later: Happening, earlier: Happening): boolean {
  const of = (...kinds: Happening['kind'][]) => kinds.includes(earlier.kind) && kinds.includes(later.kind);
  if (of('labeled', 'unlabeled')) return same(later.object, earlier.object);
  return of('closed', 'reopened');
}

function isTriggered({ kind, object, actor }: Happening, rule: Rule, { thread, newcomer }: Known): boolean {
  if (kind !== kinds[rule.on]) return false;
  if (rule.on === 'first-time') return newcomer;
  // A merge closes too; `merged` is the word for that.
  if (rule.on === 'closed') return thread.state !== 'merged';
  if (rule.on === 'comment') return !actor.bot && !actor.us;
  return rule.on === 'opened' || rule.on === 'merged' || rule.label === undefined || same(object, rule.label);
}

function isMatching({ kind, object }: Happening, { matches }: Rule, { thread }: Known): boolean {
  if (matches === undefined) return true;
  if (patternFault(matches) !== null) return false;
  return matcher(matches)(kind === 'commented' ? object : `${thread.title}\n${thread.body}`);
}

/** What we did ourselves sets off a rule once a day, so that rules cannot keep each other going. */
function isEcho(event: Happening, before: readonly Happening[]): boolean {
  const repeats = ({ actor, kind, object, at }: Happening) =>
    actor.us && kind === event.kind && same(object, event.object) && Date.parse(event.at) - Date.parse(at) <= day;
  return event.actor.us && before.some(repeats);
}

/** The author came back to the thread: an answer to what was asked there. */
export function isAnswer({ kind, actor }: Happening, { author }: Known['thread']): boolean {
  return (kind === 'commented' || kind === 'reviewed') && author.id !== null && actor.id === author.id;
}

/** We took the label off once the author had answered: what else the answer brings may not be done yet. */
function isThanks(later: Happening, event: Happening, { happened, thread }: Known): boolean {
  const isBetween = ({ at }: Happening) => at > event.at && at <= later.at;
  if (later.kind !== 'unlabeled' || !later.actor.us) return false;
  return happened.some((one) => isBetween(one) && isAnswer(one, thread));
}

/** The last that set off the rule, also where it is overtaken by nothing but our thanks. */
export const lastFor = (rule: Rule, facts: Known): Happening | undefined =>
  eventsFor(rule, facts, (later, event) => isOvertaking(later, event) && !isThanks(later, event, facts)).at(-1);

/** What set off the rule, oldest first, unless it was overtaken since. */
export function eventsFor(rule: Rule, facts: Known, overtakes = isOvertaking): Happening[] {
  const { happened, thread } = facts;
  if (rule.threads !== 'both' && rule.threads !== thread.kind) return [];
  return happened.filter(
    (event, at) =>
      isTriggered(event, rule, facts) &&
      isMatching(event, rule, facts) &&
      !isEcho(event, happened.slice(0, at)) &&
      !happened.slice(at + 1).some((later) => overtakes(later, event)),
  );
}

/**
 * The name of each rule in keys: by what sets it off, so that neither another rule above it nor other words make it answer
 * again what it answered.
 */
export function rulesByName(rules: readonly Rule[]): [string, Rule][] {
  const seen = new Map<string, number>();
  return rules.map((rule) => {
    const trigger = JSON.stringify([rule.on, rule.label?.toLowerCase() ?? null, rule.matches ?? null, rule.threads]);
    const nth = (seen.get(trigger) ?? 0) + 1;
    seen.set(trigger, nth);
    return [sayKey(trigger, String(nth)), rule];
  });
}
