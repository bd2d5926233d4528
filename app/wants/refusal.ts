/** Under this key a change that GitHub refused for good is remembered, for a day. */
export const refusalKey = (change: string, now: string): string => `refused:${change}:${now.slice(0, 10)}`;

/** Whether something else is thought once GitHub refused a change: of what becomes of commits, and of what runs on them. */
export const isWeighed = (change: string): boolean =>
  /^(?:merge|update-branch|enqueue|dequeue|rerun|retest|approve-run)@|^(?:delete-branch|pick):/.test(change);

/** Whether GitHub refused it on any day. */
export const wasRefused = (change: string, done: readonly string[]): boolean =>
  done.some((key) => key.startsWith(refusalKey(change, '')));
