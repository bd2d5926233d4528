import type { FactName, Facts, MergeMethod, Thread } from '../facts/fact.ts';
import type { TagFacts } from '../facts/tag-facts.ts';
import type { Call, Permissions } from '../github/github.ts';
import type { Text } from '../text.ts';

export type Conclusion = 'success' | 'failure' | 'neutral' | 'action_required';

export interface LabelWant {
  readonly kind: 'label';
  readonly name: string;
  readonly on: boolean;
  /** For a label that has to be created: six hex digits, and what it means. */
  readonly color?: string;
  readonly description?: string;
}

export interface StateWant {
  readonly kind: 'state';
  readonly open: boolean;
  /** Why it is closed; issues only. */
  readonly reason?: 'completed' | 'not_planned' | 'duplicate';
}

/** The one comment with this key; `body` null: minimised as resolved. */
export interface CommentWant {
  readonly kind: 'comment';
  readonly key: string;
  /** As it is written, or words of ours that are said in the thread's language. */
  readonly body: Text | string | null;
}

/** A note on one line of a file of the head. */
export interface Annotation {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

export interface CheckWant {
  readonly kind: 'check';
  readonly name: string;
  readonly head: string;
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  /** '' when there is no page to link to. */
  readonly details: string;
  /** What stands on lines of the diff; at most 50 are shown. */
  readonly annotations?: readonly Annotation[];
}

/** What a personal token can say instead of a check. */
export interface StatusWant {
  readonly kind: 'status';
  readonly name: string;
  readonly head: string;
  readonly state: 'success' | 'failure' | 'pending';
  readonly description: string;
  readonly details: string;
}

/** A context of ours under the name of somebody else's: what people overrode, and what is left once that fell. */
export interface StandInWant {
  readonly kind: 'stand-in';
  readonly name: string;
  readonly head: string;
  readonly as: 'check' | 'status';
  readonly state: 'success' | 'failure';
  /** One line, as `SayWant` has it. */
  readonly text: Text | string;
}

/** The one release of a tag; one that is there, a draft too, is somebody's and stays as it is. */
export interface ReleaseWant {
  readonly kind: 'release';
  readonly tag: string;
  readonly name: string;
  readonly body: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
}

/** A new comment about something that happened, written once and then left alone; its key finds it again. */
export interface SayWant {
  readonly kind: 'say';
  /** Unique on the thread: lower-case letters, digits and hyphens. */
  readonly key: string;
  /** Words of ours, said in the thread's language, or a maintainer's own words as they are. */
  readonly text: Text | string;
}

export interface AssignWant {
  readonly kind: 'assign';
  readonly login: string;
  readonly on: boolean;
}

export interface RequestReviewWant {
  readonly kind: 'request-review';
  /** A login, or `@org/team`. */
  readonly reviewer: string;
  readonly on: boolean;
}

/** Our reaction on what somebody said; it is how a command is acknowledged. */
export interface ReactWant {
  readonly kind: 'react';
  readonly surface: 'comment' | 'review' | 'body';
  readonly nodeId: string;
  /** GitHub's number of the comment; 0 for the rest. */
  readonly comment: number;
  readonly content: 'rocket' | '-1' | 'confused' | 'eyes';
}

export interface TitleWant {
  readonly kind: 'title';
  readonly title: string;
}

/** The open milestone with exactly this title, or none. */
export interface MilestoneWant {
  readonly kind: 'milestone';
  readonly title: string | null;
}

/** The pull request lands with exactly this head. */
export interface MergeWant {
  readonly kind: 'merge';
  readonly head: string;
  readonly method: MergeMethod;
  /** Null: the commits keep their own messages. */
  readonly message: { readonly title: string; readonly body: string } | null;
}

/** The head gets the tip of the base merged into it. */
export interface UpdateBranchWant {
  readonly kind: 'update-branch';
  readonly head: string;
}

/** The pull request is in GitHub's own merge queue, or is not. */
export interface EnqueueWant {
  readonly kind: 'enqueue';
  readonly head: string;
  readonly on: boolean;
}

/** The failed jobs of a workflow run of GitHub Actions run once more. */
export interface RerunWant {
  readonly kind: 'rerun';
  readonly head: string;
  readonly run: number;
}

/** What ran on the head runs once more, because somebody asked for it. */
export interface RetestWant {
  readonly kind: 'retest';
  readonly head: string;
  /** A workflow run of GitHub Actions, its failed jobs or one of its jobs; or all that another App checks. */
  readonly what: 'run' | 'failed' | 'job' | 'suite';
  /** GitHub's number of it; of `failed` that of the run. */
  readonly id: number;
  /** Key of the command. */
  readonly asked: string;
  /** When it was said, ISO 8601: whatever has begun again since is not begun once more. */
  readonly at: string;
}

/** A workflow run that waits for somebody to allow it starts. */
export interface ApproveRunWant {
  readonly kind: 'approve-run';
  readonly head: string;
  readonly run: number;
}

/** The branch of a pull request that landed is gone. */
export interface DeleteBranchWant {
  readonly kind: 'delete-branch';
  readonly branch: string;
}

/** What a pick is made of, besides the commits. */
export interface PickMake {
  readonly title: string;
  readonly body: Text | string;
  /** Whoever asked for it. */
  readonly assignee: string;
}

/** A pull request that landed is picked to a branch, on a branch and with a pull request of its own. */
export interface PickWant {
  readonly kind: 'pick';
  readonly target: string;
  /** The key of what was asked. */
  readonly request: string;
  /** Null: nothing is to be made; this only notes that the request was dealt with. */
  readonly make: PickMake | null;
}

/** Look at this thread again then, ISO 8601. */
export interface RevisitWant {
  readonly kind: 'revisit';
  readonly at: string;
}

/** What becomes of the commits of a pull request. */
export type LandingWant = MergeWant | UpdateBranchWant | EnqueueWant | RerunWant | DeleteBranchWant;

/** What stands on the thread itself. */
export type ThreadWant =
  | (LabelWant | StateWant | TitleWant | MilestoneWant | AssignWant | RequestReviewWant)
  | (CommentWant | SayWant | ReactWant);

export interface Terms {
  /** Done at most once on a thread, under this key. */
  readonly once?: string;
  /** Also on a closed or merged thread. */
  readonly evenClosed?: true;
  /** It puts back what a person did: only where the rules are enforced. */
  readonly reverts?: true;
}

export type Want = Terms &
  (
    | (ThreadWant | CheckWant | StatusWant | StandInWant | ReleaseWant)
    | (LandingWant | RetestWant | ApproveRunWant | PickWant | RevisitWant)
  );

/** What a module may ask for; the card, checks and merges are the engine's. */
export type PolicyWant = Extract<
  Want,
  {
    kind:
      | ('label' | 'state' | 'title' | 'milestone' | 'say' | 'assign' | 'request-review' | 'revisit')
      | ('stand-in' | 'retest' | 'approve-run' | 'comment' | 'pick');
  }
>;

/** What is looked at for a want: a release is about a tag, all others are about a thread. */
export type FactsOf<W extends Want> = W extends { kind: 'release' } ? TagFacts : Facts;

/** One call to GitHub that makes a want true, as data. */
export interface Change {
  readonly kind: Want['kind'];
  /** Same id, same thing: what an attempt is noted under. */
  readonly id: string;
  /** For people and logs: `add label invalid-title`. */
  readonly says: string;
  readonly call: Call;
  /** Sent twice, people would see it twice. */
  readonly visibleTwice: boolean;
  /** Replies and reactions speak of it: where GitHub refuses it for good, they are thought of anew before they are written. */
  readonly answered?: true;
  /** What it makes is read and told at once. */
  readonly reveals?: true;
  /** Not to be made on facts older than this, in milliseconds: they are read again first. */
  readonly freshFor?: number;
}

/** One kind of want, all of it pure. */
export interface Kind<W extends Want> {
  /** Changes are made in this order: what people read first, what cannot be taken back last. */
  readonly rank: number;
  /** What `diff` looks at. */
  readonly needs: readonly FactName[];
  /** The right to make it true. */
  permissions(on: Thread['kind']): Permissions;
  /** Same id = same thing; two wants with one id that differ are a conflict unless `join` says which of them holds. */
  id(want: W): string;
  join?(a: W, b: W): W;
  /** The calls still needed; none when it is already so. */
  diff(want: W, facts: FactsOf<W>): readonly Change[];
  /** The facts once it is true. */
  project(want: W, facts: FactsOf<W>): FactsOf<W>;
}
