import type { Happening, Seen } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { span } from '../duration.ts';
import type { Duration } from '../duration.ts';
import { historyOf, isLabelOn, isSameLabel } from '../../facts/label-history.ts';
import type { Decision } from '../module.ts';
import { labelOf, only } from './obey.ts';
import type { Stage } from './obey.ts';
import * as words from './words.ts';
import { endOf } from './working-time.ts';

export interface Timers {
  readonly stale: Duration;
  readonly rotten: Duration;
  readonly close: Duration;
  readonly 'exempt-labels': readonly string[];
  readonly 'business-days': boolean;
}

type Known = Seen<'happened' | 'head' | 'remarks'>;

const isPerson = ({ actor }: Happening) => !actor.bot && !actor.us && actor.id !== null;
/** What people do to go on with it; labels and our own doings are none of that. */
const lively = ['reopened', 'renamed'];

/** When a person last did something here. */
function lastActivity({ thread, happened, remarks, head }: Known): number {
  const deeds = happened.filter((event) => lively.includes(event.kind) && isPerson(event));
  const times = [...deeds, ...remarks.filter(isPerson)].map(({ at }) => at);
  return Math.max(...[thread.createdAt, ...times, ...(head?.since ? [head.since] : [])].map((at) => Date.parse(at)));
}

/** Since when a stage is on; null where it is not. */
function onSince(stage: Stage, { thread, happened }: Known): number | null {
  if (!isLabelOn(labelOf(stage), thread)) return null;
  const put = historyOf(labelOf(stage), happened).findLast(({ kind }) => kind === 'labeled');
  return Date.parse(put?.at ?? thread.createdAt);
}

/** It went from one stage to the next, and the label of the last is still there. */
function left(facts: Known): PolicyWant[] {
  const [stale, rotten] = [onSince('stale', facts), onSince('rotten', facts)];
  if (stale === null || rotten === null || stale >= rotten) return [];
  return only('rotten').filter((want) => want.kind === 'label' && want.name === labelOf('stale'));
}

const closing = (kind: 'issue' | 'pull'): PolicyWant => ({
  ...{ kind: 'state', open: false },
  ...(kind === 'issue' && { reason: 'not_planned' }),
});

/** What comes next, when, and after what. */
function nextOf({ stale, rotten, close }: Timers, facts: Known) {
  const activity = lastActivity(facts);
  const steps = [
    { since: onSince('rotten', facts), after: close, stage: null },
    { since: onSince('stale', facts), after: rotten, stage: 'rotten' },
  ] as const;
  const current = steps.find(({ since }) => since !== null);
  // Somebody came back after it was found quiet.
  if (current && activity > (current.since ?? 0))
    return { since: activity, after: stale, stage: 'stale', back: true } as const;
  return current
    ? ({ ...current, since: current.since ?? 0, back: false } as const)
    : ({ since: activity, after: stale, stage: 'stale', back: false } as const);
}

/** One step at a time towards the end of what nobody cares for, and all the way back once a person does something. */
export function aged(timers: Timers, facts: Known): Decision {
  const { thread, now } = facts;
  const exempt = thread.labels.find((label) => timers['exempt-labels'].some((name) => isSameLabel(name, label)));
  if (exempt !== undefined) return { verdict: 'pass', because: words.exempt({ label: code(exempt) }), wants: [] };
  const { since, after, stage, back } = nextOf(timers, facts);
  const ending = (from: number, length: Duration) => endOf(from, span(length), timers['business-days']);
  const due = ending(since, after);
  const isDue = due <= Date.parse(now);
  const what = stage === null ? words.closes : words.labelled(code(labelOf(stage)));
  if (isDue) {
    const wants = stage === null ? [closing(thread.kind)] : only(stage);
    const next = stage === 'stale' ? timers.rotten : timers.close;
    const again = stage === null ? [] : revisit(ending(Date.parse(now), next));
    const because = words.quiet({ since: words.dayOf(since), next: words.now({ what }) });
    return { verdict: 'pass', because, wants: [...wants, ...again] };
  }
  const freed = only(null).filter((want) => want.kind === 'label' && want.name !== labelOf('active'));
  const wants = [...(back ? freed : left(facts)), ...revisit(due)];
  if (stage === 'stale') return { verdict: 'pass', because: words.lively, wants };
  const next = Number.isFinite(due) ? words.onward({ what, at: words.dayOf(due) }) : words.stays;
  return { verdict: 'pass', because: words.quiet({ since: words.dayOf(since), next }), wants };
}

/** Nothing is set for what never comes. */
const revisit = (at: number): PolicyWant[] =>
  Number.isFinite(at) ? [{ kind: 'revisit', at: new Date(at).toISOString() }] : [];
