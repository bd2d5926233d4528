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

/** What somebody may do here: the author of the thread, or whoever a fact names. */
export interface Standing {
  readonly level: Level;
  /** Known only where a `who` list asks for it; otherwise false. */
  readonly member: boolean;
  /** Those of the asked-for teams (`@org/team`, lower case) the author is in. */
  readonly teams: readonly string[];
}
