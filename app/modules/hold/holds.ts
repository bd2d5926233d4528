import type { Asked } from '../../facts/command-facts.ts';
import { levels } from '../../facts/fact.ts';
import type { Actor, Happening, Seen } from '../../facts/fact.ts';
import { historyOf, isLabelOn, oursSince } from '../../facts/label-history.ts';
import { isOver, readWish } from './end.ts';
import type { Wish } from './end.ts';

/** Somebody's hold. */
export interface Hold extends Wish {
  readonly by: Actor;
  /** They put the label on and gave no command. */
  readonly byHand: boolean;
  /** Its comment is gone. */
  readonly withdrawn: boolean;
}

type Known = Seen<'asks' | 'happened' | 'roles' | 'awaited'>;

export const noteOf = (kind: 'labeled' | 'unlabeled', { key }: Happening) => `hold:${kind}:${key}`;
const noted = /^hold:(labeled|unlabeled):(.+)$/s;

const personOf = ({ id, login }: Actor) => String(id ?? login);

export const wordsOf = ({ args }: Pick<Asked, 'args'>): string => String(args['what'] ?? '');
export const isCancel = (words: string) => /^cancel(?:\s|$)/i.test(words);
export const isForAll = (words: string) => /^cancel\s+all\s*$/i.test(words);

/** Whether a change of the label by hand counts: by somebody with triage or more, as it was found when it happened. */
export function counts(event: Happening, { roles, done }: Pick<Known, 'roles' | 'done'>): boolean {
  const kind = event.kind === 'labeled' ? 'labeled' : 'unlabeled';
  if (done.includes(noteOf(kind, event))) return true;
  const standing = roles[event.actor.login.toLowerCase()];
  // Where nobody can say what somebody may do the pull request stays held. An App has a right of its own, or could not do it.
  if (!standing || event.actor.bot) return kind === 'labeled';
  return levels.indexOf(standing.level) >= levels.indexOf('triage');
}

type Step = { readonly at: string } & (
  { readonly ask: Asked; readonly event: null } | { readonly ask: null; readonly event: Happening }
);

function cancel(holds: Map<string, Hold>, by: string, words: string, isLive: (hold: Hold) => boolean): void {
  const own = holds.get(by);
  if (own && isLive(own) && !isForAll(words)) holds.delete(by);
  else holds.clear();
}

function afterAsk(holds: Map<string, Hold>, ask: Asked, facts: Known): void {
  const words = wordsOf(ask);
  const said = Date.parse(ask.at);
  // What was withdrawn later still was there when it was taken back.
  if (isCancel(words)) return cancel(holds, personOf(ask.by), words, ({ end }) => !isOver(end, said, facts.awaited));
  const own = holds.get(personOf(ask.by));
  // What somebody said besides and took back leaves alone what they said before.
  if (ask.withdrawn && own && !own.withdrawn && !isOver(own.end, said, facts.awaited)) return;
  const wish = readWish(words, ask.at);
  holds.set(personOf(ask.by), { ...wish, by: ask.by, byHand: false, withdrawn: ask.withdrawn });
}

function afterEvent(holds: Map<string, Hold>, event: Happening, facts: Known): void {
  const { actor, kind } = event;
  if (actor.us) {
    // We take it off only once no hold is left.
    if (kind === 'unlabeled') for (const [who, { byHand }] of holds) if (byHand) holds.delete(who);
    return;
  }
  if (!counts(event, facts)) return;
  if (kind === 'unlabeled') holds.clear();
  else if (!holds.has(personOf(actor)))
    holds.set(personOf(actor), { reason: '', end: { kind: 'open' }, by: actor, byHand: true, withdrawn: false });
}

const ofSomebody: Hold = {
  ...{ reason: '', end: { kind: 'open' }, byHand: true, withdrawn: false },
  by: { id: null, login: 'ghost', bot: false, us: false },
};

/**
 * A hold by hand of which nothing but our note is left: only the newest events are listed, and whoever changes the title often
 * enough would lift it.
 */
function forgotten(label: string, { thread, happened, done }: Known): Hold[] {
  const [, kind, key] = done.map((one) => noted.exec(one)).findLast((one) => one !== null) ?? [];
  const isListed = historyOf(label, happened).some((event) => event.key === key);
  if (kind !== 'labeled' || isListed || !isLabelOn(label, thread)) return [];
  return [ofSomebody];
}

/**
 * We put the label on, and no command tells why: what was asked for was lost with our memory, and is kept until somebody
 * lifts it. What was taken back before is about another hold.
 */
function orphaned(label: string, facts: Known): Hold[] {
  const since = isLabelOn(label, facts.thread) ? oursSince(label, facts.happened) : null;
  if (since === null) return [];
  const tells = (ask: Asked) => !isCancel(wordsOf(ask)) || Date.parse(ask.at) >= Date.parse(since);
  return facts.asks.some((ask) => ask.module === 'hold' && tells(ask)) ? [] : [ofSomebody];
}

/** The holds that are on, oldest first. */
export function holdsOn(label: string, facts: Known): readonly Hold[] {
  const steps: Step[] = [
    ...facts.asks.filter(({ module }) => module === 'hold').map((ask) => ({ at: ask.at, ask, event: null })),
    ...historyOf(label, facts.happened).map((event) => ({ at: event.at, ask: null, event })),
  ];
  steps.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const holds = new Map(forgotten(label, facts).map((hold) => [personOf(hold.by), hold]));
  for (const { ask, event } of steps) {
    if (ask) afterAsk(holds, ask, facts);
    else afterEvent(holds, event, facts);
  }
  const now = Date.parse(facts.now);
  const known = holds.size > 0 ? [...holds.values()] : orphaned(label, facts);
  return known.filter(({ withdrawn, end }) => !withdrawn && !isOver(end, now, facts.awaited));
}
