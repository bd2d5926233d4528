import type { Hub } from '../hub.ts';
import { commitsBetween, contains } from '../git-history.ts';
import type { PullThread } from '../render/pull.ts';
import type { Account, Thread } from '../state.ts';
import { announce, isPull, record } from './announce.ts';
import { closeThread } from './threads.ts';

export interface Landing {
  readonly method: string;
  readonly commit: string;
  readonly shaIsHead: boolean;
}

export function land(hub: Hub, actor: Account, thread: PullThread, landing: Landing): void {
  const now = hub.clock.now();
  Object.assign(thread.pull, {
    mergedAt: now,
    mergedBy: actor,
    mergeMethod: landing.method,
    mergeCommit: landing.commit,
    mergedShaIsHead: landing.shaIsHead,
  });
  thread.state = 'closed';
  thread.closedAt = now;
  thread.closedBy = actor;
  record(hub, thread, 'merged', actor, { sha: landing.commit });
  record(hub, thread, 'closed', actor, {});
  announce(hub, thread, 'closed', actor);
  if (thread.pull.baseRef === 'main') closeLinked(hub, actor, thread);
}

const keyword = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)/gi;

function closeLinked(hub: Hub, actor: Account, thread: Thread): void {
  for (const [, number] of (thread.body ?? '').matchAll(keyword)) {
    const linked = hub.state.threads.get(Number(number));
    if (linked && !linked.pull) closeThread(hub, actor, linked, 'completed');
  }
}

/** GitHub marks a pull request merged as soon as its base contains its head, whoever moved the base. */
export function markMerged(
  hub: Hub,
  actor: Account,
  branch: string,
  before: string | null,
  after: string,
  except: Thread | undefined,
): void {
  const git = hub.state.git;
  const fresh = before === null ? [] : commitsBetween(git, before, after);
  for (const thread of hub.state.threads.values()) {
    if (!isPull(thread) || thread === except || thread.state !== 'open' || thread.pull.baseRef !== branch) continue;
    const head = thread.pull.headSha;
    if (!contains(git, after, head) || !fresh.some((commit) => commit.sha === head)) continue;
    const merge = fresh.find((commit) => commit.parents.includes(head));
    const isTip = after === head || merge !== undefined;
    const method = merge ? 'merge' : 'rebase';
    land(hub, actor, thread, { method, commit: merge?.sha ?? head, shaIsHead: isTip });
  }
}
