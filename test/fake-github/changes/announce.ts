import { freshId, type Hub } from '../hub.ts';
import { fullPullJson, type PullThread } from '../render/pull.ts';
import { payloadIssue } from '../render/thread.ts';
import type { Account, Thread } from '../state.ts';

export const isPull = (thread: Thread): thread is PullThread => thread.pull !== null;

/** Adds to the timeline and marks the thread as updated. */
export function record(
  hub: Hub,
  thread: Thread,
  kind: string,
  actor: Account | null,
  what: Record<string, unknown> = {},
): number {
  const id = freshId(hub);
  thread.timeline.push({ id, kind, at: hub.clock.now(), actor, what });
  thread.updatedAt = hub.clock.now();
  return id;
}

/** Sends `issues` or `pull_request`, whichever the thread is. */
export function announce(
  hub: Hub,
  thread: Thread,
  action: string,
  sender: Account,
  extra: Record<string, unknown> = {},
): void {
  if (isPull(thread)) {
    const payload = { number: thread.number, pull_request: fullPullJson(hub, thread), ...extra };
    hub.emit('pull_request', action, sender, payload);
  } else {
    hub.emit('issues', action, sender, { issue: payloadIssue(hub, thread), ...extra });
  }
}
