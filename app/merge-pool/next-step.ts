import type { Facts } from '../facts/fact.ts';
import { code, ours } from '../quote.ts';
import type { Text } from '../text.ts';
import { refusalKey } from '../wants/refusal.ts';
import type { LandingWant, Terms } from '../wants/want.ts';
import * as from from './blockers.ts';
import type { Hindrance, Row } from './blockers.ts';
import { nextFreeze } from './freeze.ts';
import { aheadOf, endOf, patience, rankOf } from './line.ts';
import type { Line, Turn } from './line.ts';
import { messageFor } from './message.ts';
import { methodFor } from './method.ts';
import type { MergeOptions } from './options.ts';
import { rerunFor } from './rerun.ts';
import * as words from './words.ts';

/** What the pool looks at: the facts as they will be once all other wants are true. */
export interface Case {
  readonly facts: Facts;
  readonly rows: readonly Row[];
  readonly options: MergeOptions;
  readonly mode: 'preview' | 'warn' | 'enforce';
  /** What holds every merge, whatever the pull request: broken rules and the like. */
  readonly held: readonly Text[];
  /** Those that could land on the same base. */
  readonly line: Line;
}

export interface NextStep {
  readonly verdict: 'pass' | 'wait' | 'skip';
  readonly because: Text;
  readonly who: 'author' | 'reviewer' | 'maintainer' | null;
  /** At most one, but for re-runs. */
  readonly wants: readonly (Terms & LandingWant)[];
  /** When to look again, ISO 8601; null when only an event can change anything. */
  readonly revisitAt: string | null;
  /** Its place in line; null: nobody has to wait for it. */
  readonly turn: Turn | null;
}

const day = 86_400_000;
/** When nothing is heard of what was done: the webhook may be lost. */
const silence = 600_000;

/** How often one that waits for another looks whether it still has to. */
const lookAgain = patience / 2;

/**
 * A head is put into GitHub's queue once: what the queue sent back would fail there again and again. What we took out
 * ourselves may go in once more.
 */
const queuedKey = (head: string, outs: number): string => `queued:${head}${outs === 0 ? '' : `:${outs}`}`;
const takenOutKey = (head: string, outs: number): string => `taken-out:${head}:${outs + 1}`;

/** How often we took this head out of the queue, and whether it was us who put it in since. */
function queueing({ done, pull }: Facts) {
  const head = pull?.head ?? '';
  const outs = done.filter((key) => key.startsWith(`taken-out:${head}:`)).length;
  return { head, outs, isOurs: done.includes(queuedKey(head, outs)) };
}

function isRefused(want: LandingWant, { done, now }: Facts): boolean {
  const what = want.kind === 'enqueue' && !want.on ? 'dequeue' : want.kind;
  const id = want.kind === 'delete-branch' ? `${what}:${want.branch}` : `${what}@${want.head}`;
  return done.includes(refusalKey(want.kind === 'rerun' ? `${id}:${want.run}` : id, now));
}

const makers = [
  ...[from.fromRows, from.fromLabels, from.fromReviews, from.fromChecks, from.fromGitHub],
  ...[from.fromCalendar, from.fromIssues, from.fromAsking],
];
/** What GitHub's queue does not look at itself. */
const ofOurs = makers.filter((make) => make !== from.fromChecks && make !== from.fromGitHub);
const order = ['author', 'reviewer', 'maintainer', null] as const;

const isHeld = ({ facts, rows, options, held }: Case): boolean =>
  held.length > 0 || ofOurs.some((make) => make(facts, options, rows).length > 0);

function hindrances(given: Case): Hindrance[] {
  const { facts, rows, options, held } = given;
  const method = methodFor(facts, options);
  const found: Hindrance[] = [
    ...held.map((what) => ({ who: 'maintainer' as const, what })),
    ...(facts.pull?.draft === true ? [{ who: 'author' as const, what: words.isDraft }] : []),
    ...makers.flatMap((make) => make(facts, options, rows)),
    ...(typeof method === 'string' ? [] : [method]),
  ];
  if (facts.required?.queue === true && options['native-queue'] === 'off') {
    found.push({ who: 'maintainer', what: words.queueOff });
  }
  const sentBack = facts.required?.queue === true && queueing(facts).isOurs && !isHeld(given);
  if (sentBack && !facts.mergeability.queued) found.push({ who: 'author', what: words.sentBack });
  return order.flatMap((who) => found.filter((one) => one.who === who));
}

function waiting(all: readonly Hindrance[]): NextStep {
  const things = all.map(({ who, what }) => (who === null ? what : words.thing({ who: words.who[who], what })));
  const times = all.flatMap(({ until }) => (until === undefined ? [] : [until])).sort((a, b) => a - b);
  return {
    verdict: 'wait',
    because: words.left({ count: all.length, things: words.listedThings(things) }),
    who: all[0]?.who ?? null,
    wants: [],
    revisitAt: times[0] === undefined ? null : new Date(times[0]).toISOString(),
    turn: null,
  };
}

const skip = (because: Text, wants: readonly LandingWant[] = []): NextStep => {
  return { verdict: 'skip', because, who: null, wants, revisitAt: null, turn: null };
};

/** A branch that has landed is only in the way. */
function afterMerge({ facts, options, mode }: Case): NextStep {
  if (facts.leftover === null || !options['delete-branch'] || mode !== 'enforce') return skip(words.isMerged);
  const want = { kind: 'delete-branch', branch: facts.leftover } as const;
  return skip(words.isMerged, isRefused(want, facts) ? [] : [want]);
}

/** Whether the head must contain the base, and does not. Null: it is not known. */
function isBehind({ behind, mergeability, required }: Facts, { require }: MergeOptions): boolean | null {
  if (mergeability.behind) return true;
  // GitHub's queue tests on the current base itself. Until the pool builds candidates, `pool` is `branch`.
  const wanted = required?.strict === true || (require['up-to-date'] !== 'no' && required?.queue !== true);
  return wanted ? behind : false;
}

function queued(facts: Facts) {
  const { head, outs } = queueing(facts);
  return { kind: 'enqueue', head, on: true, once: queuedKey(head, outs) } as const;
}

function landing({ facts, options }: Case, head: string): Terms & LandingWant {
  const { thread, pull, required } = facts;
  if (required?.queue === true) return queued(facts);
  const method = methodFor(facts, options);
  const chosen = typeof method === 'string' ? method : options.method;
  const named = { title: thread.title, body: thread.body, number: thread.number, author: thread.author.login };
  const places = { base: pull?.base ?? '', branch: pull?.headBranch ?? '' };
  return { kind: 'merge', head, method: chosen, message: messageFor(chosen, options, { ...named, ...places }) };
}

/** What is in the queue is wanted there: whoever put it there, be it a look that never ended, did so for this head. */
function inQueue({ facts, options, mode }: Case): NextStep {
  const frozen = nextFreeze(options.freeze, facts.thread.labels, Date.parse(facts.now));
  const revisitAt = frozen === null ? null : new Date(frozen).toISOString();
  return { ...skip(words.queued), verdict: 'pass', wants: mode === 'enforce' ? [queued(facts)] : [], revisitAt };
}

/** Its place in line, unless GitHub keeps a line of its own. */
function turnFor({ facts, options, line }: Case): Turn | null {
  const { thread, required, now } = facts;
  if (required?.queue === true) return null;
  const { busy = false, at = now } = line.mine ?? {};
  return { number: thread.number, rank: rankOf(thread.labels, options.priority), busy, at: busy ? at : now };
}

function act(want: Terms & LandingWant, because: Text, refused: Hindrance, given: Case): NextStep {
  const { facts, mode, line } = given;
  const now = Date.parse(facts.now);
  if (isRefused(want, facts)) return waiting([{ ...refused, until: Date.parse(facts.now.slice(0, 10)) + day }]);
  const would = words.wouldMerge({ mode: code(mode) });
  if (mode !== 'enforce') return { ...skip(would), verdict: 'pass' };
  const turn = turnFor(given);
  const first = turn && aheadOf(turn, line.others, now);
  if (first) {
    const what = words.goesFirst({ pull: ours(`#${first.number}`) });
    // It says again that it is there before the others give it up.
    return { ...waiting([{ who: null, what, until: Math.min(endOf(first), now + lookAgain) }]), turn };
  }
  const verdict = want.kind === 'update-branch' ? ('wait' as const) : ('pass' as const);
  const revisitAt = new Date(now + silence).toISOString();
  const busy = turn && { ...turn, busy: true, at: facts.now };
  return { verdict, because, who: null, wants: [want], revisitAt, turn: busy };
}

/** Whoever is being tested keeps its place as long as only CI and GitHub are waited for. */
function keeping(step: NextStep, open: readonly Hindrance[], given: Case): NextStep {
  const stays = given.line.mine?.busy === true && given.mode === 'enforce' && open.every(({ soon }) => soon);
  return stays ? { ...step, turn: turnFor(given) } : step;
}

/**
 * Whatever the rules have against it by now, GitHub's queue would merge it all the same: what we put in we take out. What is
 * out already may have been taken out by a look that never ended.
 */
function takenOut(given: Case): (Terms & LandingWant)[] {
  const { facts, mode } = given;
  const { head, outs, isOurs } = queueing(facts);
  if (mode !== 'enforce' || !isOurs || !isHeld(given)) return [];
  const want = { kind: 'enqueue', head, on: false, once: takenOutKey(head, outs) } as const;
  return isRefused(want, facts) ? [] : [want];
}

/** What failed runs again where that is all that is missing; what GitHub refused to run is as good as tried too often. */
function blocked(open: readonly Hindrance[], given: Case): NextStep {
  const { facts, options, mode } = given;
  const out = takenOut(given);
  if (out.length > 0) return { ...waiting(open), wants: out };
  const rerun = mode === 'enforce' ? rerunFor(facts, options, open) : null;
  if (!rerun || rerun.wants.some((want) => isRefused(want, facts))) return keeping(waiting(open), open, given);
  return { ...keeping(waiting([rerun.hindrance]), [rerun.hindrance], given), wants: rerun.wants };
}

/** What is to be done about the merge of one pull request, and what it waits for. Pure and total. */
export function nextStep(given: Case): NextStep {
  const { facts, options } = given;
  const { thread, pull, mergeability } = facts;
  if (thread.state === 'merged') return afterMerge(given);
  if (thread.state === 'closed' || !pull) return skip(words.isClosed);
  const open = hindrances(given);
  if (open.length > 0) return blocked(open, given);
  if (mergeability.queued) return inQueue(given);
  const base = code(pull.base);
  const behind = isBehind(facts, options);
  if (behind === null) {
    const until = Date.parse(facts.now) + 60_000;
    const unknown = { who: null, what: words.unknownBase({ base }), until, soon: true } as const;
    return keeping(waiting([unknown]), [unknown], given);
  }
  if (behind) {
    const refused = { who: 'author', what: words.cannotUpdate({ base }) } as const;
    return act({ kind: 'update-branch', head: pull.head }, words.updating({ base }), refused, given);
  }
  const want = landing(given, pull.head);
  const because = want.kind === 'merge' ? words.merging({ method: code(want.method) }) : words.enqueuing;
  return act(want, because, { who: 'maintainer', what: words.refusedMerge }, given);
}
