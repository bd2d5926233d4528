/** Somebody who did something; `id` is null where GitHub says nobody (a deleted account). */
export interface Actor {
  readonly id: number | null;
  readonly login: string;
  readonly bot: boolean;
  /** This bot itself. */
  readonly us: boolean;
}

/** The levels of a repository, lowest first. `none` is also what a stranger has on a public repository. */
export const levels = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Level = (typeof levels)[number];
