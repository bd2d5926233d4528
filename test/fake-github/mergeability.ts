import { branchTip, type Hub } from './hub.ts';
import { contains, mergeCommits } from './git-history.ts';
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

/** State of each context on a commit: the newest status or check run of that name. */
export function contexts(hub: Hub, sha: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const status of hub.state.statuses) if (status.sha === sha) found.set(status.context, status.state);
  for (const run of hub.state.runs.values())
    if (run.suite.headSha === sha) found.set(run.name, run.status === 'completed' ? (run.conclusion ?? '') : 'pending');
  return found;
}

const green = new Set(['success', 'neutral', 'skipped']);

export function missingChecks(hub: Hub, branch: string, sha: string): string[] {
  const state = contexts(hub, sha);
  return (hub.state.protections.get(branch)?.checks ?? []).filter((name) => !green.has(state.get(name) ?? ''));
}

/** Why protection refuses a merge, in GitHub's words, `null` where it does not. */
export function protectionBlocks(hub: Hub, thread: Thread & { pull: Pull }): string | null {
  const { pull } = thread;
  const wanted = hub.state.protections.get(pull.baseRef)?.approvals ?? 0;
  const given = approvals(pull).filter((review) => canWrite(hub, review.user.login)).length;
  if (wanted > given) {
    const noun = wanted === 1 ? 'review is' : 'reviews are';
    return `At least ${wanted} approving ${noun} required by reviewers with write access.`;
  }
  const against = opinions(pull).some((one) => one.state === 'CHANGES_REQUESTED' && canWrite(hub, one.user.login));
  if (wanted > 0 && against) return 'Changes were requested by a reviewer with write access.';
  const missing = missingChecks(hub, pull.baseRef, pull.headSha)[0];
  return missing === undefined ? null : `Required status check "${missing}" is expected.`;
}

export function mergeability(hub: Hub, thread: Thread & { pull: Pull }): { mergeable: boolean | null; state: string } {
  const { pull } = thread;
  const tip = branchTip(hub, pull.baseRef);
  if (pull.mergedAt !== null || thread.state === 'closed' || tip === null) return { mergeable: null, state: 'unknown' };
  if (hub.lens?.mergeableUnknown()) return { mergeable: null, state: 'unknown' };
  if (mergeCommits(hub.state.git, tip, pull.headSha) === null) return { mergeable: false, state: 'dirty' };
  if (pull.draft) return { mergeable: true, state: 'draft' };
  if (protectionBlocks(hub, thread) !== null) return { mergeable: true, state: 'blocked' };
  const all = [...contexts(hub, pull.headSha).values()];
  return { mergeable: true, state: all.every((one) => green.has(one)) ? 'clean' : 'unstable' };
}

export const isBehind = (hub: Hub, pull: Pull): boolean => {
  const tip = branchTip(hub, pull.baseRef);
  return tip !== null && !contains(hub.state.git, pull.headSha, tip);
};
