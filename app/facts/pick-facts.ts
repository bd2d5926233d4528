import type { Conflict, Entry } from '../three-way/tree-merge.ts';
import type { Standing } from './people.ts';

/** Who wrote something and when, ISO 8601. */
export interface Signed {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** What is to be put on a branch of its own; the same again makes the same commit. */
export interface PickWork {
  readonly branch: string;
  /** The tip of the target that it stands on, and its tree. */
  readonly parent: string;
  readonly tree: string;
  readonly entries: readonly Entry[];
  readonly conflicts: readonly Conflict[];
  readonly message: string;
  readonly author: Signed;
  readonly committer: Signed;
}

/**
 * How a target stands. `there`: it exists, and nobody asked for it before; `contained`: it has the change already; `foreign`:
 * the branch we would make is there and holds something else; `unclear`: nobody can tell which commits were merged; `ready`:
 * nothing is done; `pushed`: our branch is there, its pull request is not.
 */
export type PickTarget = { readonly branch: string } & (
  | { readonly state: 'missing' | 'there' | 'contained' | 'foreign' | 'too-large' | 'unclear' }
  | { readonly state: 'ready' | 'pushed'; readonly work: PickWork }
  | { readonly state: 'made'; readonly pull: PickPull }
);

/** The pull request of a pick. */
export interface PickPull {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  readonly draft: boolean;
  /** We opened it. */
  readonly ours: boolean;
  readonly assigned: boolean;
}

export interface Picks {
  /** The commit that the pull request landed as; '' where nothing is to be picked now. */
  readonly commit: string;
  /** Of a pull request that landed: every target, as long as one was not dealt with. Besides, those that are being asked for. */
  readonly targets: readonly PickTarget[];
  /** Live, by account number: whoever asked. Null where GitHub does not let us know. */
  readonly standing: Readonly<Record<string, Standing | null>>;
}

export const noPicks: Picks = { commit: '', targets: [], standing: {} };
