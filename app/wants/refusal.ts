/** Under this key a change that GitHub refused for good is remembered, for a day. */
export const refusalKey = (change: string, now: string): string => `refused:${change}:${now.slice(0, 10)}`;

/** Whether something else is thought once GitHub refused a change: of what becomes of commits, and of what runs on them. */
export const isWeighed = (change: string): boolean =>
  /^(?:merge|update-branch|enqueue|rerun|retest|approve-run)@|^delete-branch:/.test(change);
