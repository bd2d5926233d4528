import { mayUse, whoText } from '../../commands/who-may.ts';
import type { Seen, Standing as Right } from '../../facts/fact.ts';
import type { PickTarget, PickWork } from '../../facts/pick-facts.ts';
import { pickBranch, pickedKey } from '../../facts/pick-requests.ts';
import type { PickRequest } from '../../facts/pick-requests.ts';
import { code, mention } from '../../quote.ts';
import type { Text } from '../../text.ts';
import { pickId } from '../../wants/pick.ts';
import { wasRefused } from '../../wants/refusal.ts';
import { startOf } from '../in-force.ts';
import type { PickMake, PickWant, PolicyWant } from '../../wants/want.ts';
import * as words from './words.ts';

export type Known = Seen<'asks' | 'comments' | 'happened' | 'picks' | 'pull'>;

/** What becomes of one target. */
export interface Standing {
  /** Null: nothing is said of it. */
  readonly line: words.Line | null;
  /** Nothing more will become of it before somebody asks again. */
  readonly settled: boolean;
  readonly wants: readonly PolicyWant[];
}

/** The title of the pick: one prefix of the branch it was for gives way to one of the branch it is for. */
export function titleFor(title: string, base: string, target: string): string {
  const bare = title.startsWith(`[${base}] `) ? title.slice(base.length + 3) : title;
  return `[${target}] ${bare}`.slice(0, 256);
}

/** What cannot be picked, in words. */
function hindrance(pick: PickTarget, { thread }: Known): Text | null {
  if (pick.state === 'missing') return words.missing;
  if (pick.state === 'contained') return words.contained;
  if (pick.state === 'unclear') return words.unclear;
  if (pick.state === 'too-large') return words.tooLarge;
  return pick.state === 'foreign' ? words.foreign({ branch: code(pickBranch(thread.number, pick.branch)) }) : null;
}

function notFor(by: PickRequest['by'], right: Right | null, who: readonly string[]): Text {
  const person = mention(by.login);
  if (!by.bot && right === null) return words.notKnown({ who: person });
  return words.notAllowed({ who: person, people: whoText(who) });
}

const touchesWorkflows = ({ entries }: PickWork) => entries.some(({ path }) => path.startsWith('.github/workflows'));

function makeFor(branch: string, by: string, pick: PickTarget, { thread, pull, picks }: Known): PickMake {
  const title = titleFor(thread.title, pull?.base ?? '', branch);
  const work = 'work' in pick ? pick.work : null;
  const body = work ? words.bodyOf(thread.number, branch, picks.commit, by, work) : '';
  return { title, body, assignee: by };
}

/** A label of long ago, on what landed long ago, was meant for whoever looked after it then. */
function isHistory({ at, byLabel }: PickRequest, facts: Known): boolean {
  const landed = facts.happened.findLast(({ kind }) => kind === 'merged')?.at ?? at;
  return byLabel && Math.max(Date.parse(at), Date.parse(landed)) < startOf('cherry-pick:label', facts);
}

/** How a target of a pull request that landed stands; null where nobody asked for it. Rights are those of now. */
export function standingOf(
  pick: PickTarget,
  requests: readonly PickRequest[],
  who: readonly string[],
  facts: Known,
): Standing | null {
  const { thread, picks, pull, done } = facts;
  const { branch } = pick;
  const newest = requests.at(-1);
  if (!newest) return null;
  const want: PickWant = { kind: 'pick', target: branch, request: newest.key, make: null };
  const once = { once: pickedKey(newest), evenClosed: true } as const;
  const told = (what: Text): Standing => ({ line: { branch, what }, settled: true, wants: [{ ...want, ...once }] });
  const live = requests.filter((request) => !isHistory(request, facts));
  if (live.length === 0) return { line: null, settled: true, wants: [{ ...want, ...once }] };
  if (branch === pull?.base) return told(words.isBase);
  const rightOf = ({ id }: PickRequest['by']) => picks.standing[String(id)] ?? null;
  const asker = live.find(({ by }) =>
    mayUse(who, { by, standing: rightOf(by), isAuthor: by.id !== null && by.id === thread.author.id, owners: null }),
  );
  if (!asker) return told(notFor(newest.by, rightOf(newest.by), who));
  const reason = hindrance(pick, facts);
  if (reason) return told(reason);
  if ('work' in pick && wasRefused(pickId(want), done))
    return told(touchesWorkflows(pick.work) ? words.refusedWorkflows : words.refused);
  const make = makeFor(branch, asker.by.login, pick, facts);
  const what = pick.state === 'made' ? words.madeAs(pick.pull) : words.afterMerge;
  return { line: { branch, what }, settled: pick.state === 'made', wants: [{ ...want, make, ...once }] };
}
