import { branchTip, type Hub } from './hub.ts';
import { contains, mergeCommits } from './git-history.ts';
import { rulesFor } from './protection.ts';
import type { RequiredCheck } from './branch-state.ts';
import type { Pull, Review, Thread } from './state.ts';

const clears = new Set(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);

/** The last opinion of each reviewer; comments do not replace an approval. */
export function opinions(pull: Pull): Review[] {
  const last = new Map<number, Review>();
  for (const review of pull.reviews) if (clears.has(review.state)) last.set(review.user.id, review);
  return [...last.values()];
}

export const approvals = (pull: Pull): Review[] => opinions(pull).filter((review) => review.state === 'APPROVED');

const canWrite = (hub: Hub, login: string): boolean =>
  ['write', 'maintain', 'admin'].includes(hub.state.roles.get(login.toLowerCase()) ?? '');

interface Seen {
  readonly state: string;
  /** The App that reported it, by its slug; a person's login where a person did. */
  readonly by: string;
  readonly as: 'status' | 'run';
}

type Reports = ReadonlyMap<string, readonly Seen[]>;

const slugOf = (login: string): string => login.replace(/\[bot\]$/, '');

/** What was reported on a commit under each name, oldest first. */
function reports(hub: Hub, sha: string): Reports {
  const { statuses, runs } = hub.state;
  const list: (Seen & { name: string })[] = [];
  for (const one of statuses)
    if (one.sha === sha)
      list.push({ name: one.context, state: one.state, by: slugOf(one.creator.login), as: 'status' });
  for (const { name, suite, status, conclusion } of runs.values())
    if (suite.headSha === sha)
      list.push({
        name,
        state: status === 'completed' ? (conclusion ?? '') : 'pending',
        by: suite.app.slug,
        as: 'run',
      });
  return Map.groupBy(list, ({ name }) => name);
}

/** State of each context on a commit: the newest status or check run of that name. */
export function contexts(hub: Hub, sha: string): Map<string, string> {
  return new Map([...reports(hub, sha)].map(([name, seen]) => [name, seen.at(-1)?.state ?? '']));
}

const green = new Set(['success', 'neutral', 'skipped']);

/** What counts of a required context: its newest status and its newest run, both where there are both. */
function counted(said: Reports, { name, app }: RequiredCheck): string[] {
  const seen = (said.get(name) ?? []).filter(({ by }) => app === null || by === app);
  const newest = [seen.findLast(({ as }) => as === 'status'), seen.findLast(({ as }) => as === 'run')];
  return newest.flatMap((one) => (one ? [one.state] : []));
}

function missing(hub: Hub, branch: string, said: Reports): RequiredCheck[] {
  return rulesFor(hub, branch).checks.filter((one) => {
    const states = counted(said, one);
    return states.length === 0 || !states.every((state) => green.has(state));
  });
}

/** Required contexts that are not green; one that is pinned to an App counts only from that App. */
export const missingChecks = (hub: Hub, branch: string, sha: string): string[] =>
  missing(hub, branch, reports(hub, sha)).map(({ name }) => name);

const failed = new Set(['failure', 'error', 'cancelled', 'timed_out', 'action_required', 'stale', 'startup_failure']);

/** How the required contexts of a branch stand on a commit that is to become its tip. */
export function contextsOf(hub: Hub, branch: string, sha: string): 'passed' | 'failed' | 'pending' {
  const said = reports(hub, sha);
  const all = missing(hub, branch, said);
  if (all.length === 0) return 'passed';
  return all.some((one) => counted(said, one).some((state) => failed.has(state))) ? 'failed' : 'pending';
}

/** Why a merge is refused: `behind` has a state of its own in answers. */
export interface Block {
  readonly state: 'blocked' | 'behind';
  readonly text: string;
}

const blocked = (text: string): Block => ({ state: 'blocked', text });

/** What is missing of reviews and checks, in GitHub's words, `null` where nothing is. */
export function protectionBlocks(hub: Hub, thread: Thread & { pull: Pull }): Block | null {
  const { pull } = thread;
  const { approvals: wanted, strict } = rulesFor(hub, pull.baseRef);
  const given = approvals(pull).filter((review) => canWrite(hub, review.user.login)).length;
  if (wanted > given) {
    const noun = wanted === 1 ? 'review is' : 'reviews are';
    return blocked(`At least ${wanted} approving ${noun} required by reviewers with write access.`);
  }
  const against = opinions(pull).some((one) => one.state === 'CHANGES_REQUESTED' && canWrite(hub, one.user.login));
  if (wanted > 0 && against) return blocked('Changes were requested by a reviewer with write access.');
  const missing = missingChecks(hub, pull.baseRef, pull.headSha)[0];
  if (missing !== undefined) return blocked(`Required status check "${missing}" is expected.`);
  if (strict && isBehind(hub, pull)) return { state: 'behind', text: 'Head branch is out of date.' };
  return null;
}

const methodNames: Readonly<Record<string, string>> = {
  merge: 'Merge commits are',
  squash: 'Squash merges are',
  rebase: 'Rebase merges are',
};

/** Why `PUT …/merge` may not merge this way here, whatever the pull request; `null` where it may. */
export function methodBlocks(hub: Hub, branch: string, method: string): string | null {
  const { methods, queue } = rulesFor(hub, branch);
  const violated = (text: string) => `Repository rule violations found\n\n${text}\n\n`;
  if (queue) return violated('Changes must be made through the merge queue');
  return methods.includes(method) ? null : `${methodNames[method]} not allowed on this repository.`;
}

export function mergeability(hub: Hub, thread: Thread & { pull: Pull }): { mergeable: boolean | null; state: string } {
  const { pull } = thread;
  const tip = branchTip(hub, pull.baseRef);
  if (pull.mergedAt !== null || thread.state === 'closed' || tip === null) return { mergeable: null, state: 'unknown' };
  if (hub.lens?.mergeableUnknown()) return { mergeable: null, state: 'unknown' };
  if (mergeCommits(hub.state.git, tip, pull.headSha) === null) return { mergeable: false, state: 'dirty' };
  if (pull.draft) return { mergeable: true, state: 'draft' };
  const block = protectionBlocks(hub, thread);
  if (block !== null) return { mergeable: true, state: block.state };
  const all = [...contexts(hub, pull.headSha).values()];
  return { mergeable: true, state: all.every((one) => green.has(one)) ? 'clean' : 'unstable' };
}

export const isBehind = (hub: Hub, pull: Pull): boolean => {
  const tip = branchTip(hub, pull.baseRef);
  return tip !== null && !contains(hub.state.git, pull.headSha, tip);
};
