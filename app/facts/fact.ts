import type { Permissions, Reader } from '../github/github.ts';
import type { ThreadSubject } from '../subject.ts';
import type { Answer, Ask, Selection } from './asking.ts';
import type { Asked, Changes, HeadFact, Opinions, Owners, Ownership, Spoken } from './command-facts.ts';
import type { Blocker, Contexts, Mergeability, MergeMethod, Required, Reviews } from './merge-facts.ts';
import type { Actor, Standing } from './people.ts';
import type { Picks } from './pick-facts.ts';
import type { RulesFile } from './rules-entry.ts';
import type { Runs } from './run-facts.ts';

export type { Answer, Ask, Grammar, Recalled, Selection } from './asking.ts';
export { levels } from './people.ts';
export type { Actor, Level, Standing } from './people.ts';
export type { MergeMethod } from './merge-facts.ts';
export type { Opinions } from './command-facts.ts';

export interface Thread {
  readonly kind: 'issue' | 'pull';
  readonly number: number;
  readonly title: string;
  /** '' where GitHub has none. */
  readonly body: string;
  readonly state: 'open' | 'closed' | 'merged';
  /** `completed`, `not_planned`, `duplicate`, `reopened` or null; issues only. */
  readonly reason: string | null;
  readonly author: Actor;
  readonly labels: readonly string[];
  /** Logins. */
  readonly assignees: readonly string[];
  readonly locked: boolean;
  /** ISO 8601, as GitHub made it. */
  readonly createdAt: string;
  /** Its page. */
  readonly url: string;
}

/** Who is asked to review a pull request; a team is `@org/team`. */
export interface Reviewers {
  readonly people: readonly string[];
  readonly teams: readonly string[];
  /** Whoever has reviewed it already. */
  readonly reviewed: readonly string[];
}

export interface Pull {
  /** SHA of the head commit. */
  readonly head: string;
  readonly headBranch: string;
  /** Name of the base branch. */
  readonly base: string;
  readonly draft: boolean;
  /** The head is in another repository. */
  readonly fork: boolean;
  readonly reviewers: Reviewers;
}

export interface RepoFacts {
  /** `owner/name`. */
  readonly name: string;
  readonly description: string;
  /** The owner is an organisation, not a person. */
  readonly organization: boolean;
  readonly private: boolean;
  /** The bot's own login here. */
  readonly us: string;
  readonly defaultBranch: string;
  /** The ways of merging that the repository's settings allow. */
  readonly methods: readonly MergeMethod[];
  /** Names of the repository's labels; when `complete` is false only the first hundred and those that options ask for. */
  readonly labels: { readonly names: readonly string[]; readonly complete: boolean };
}

/** A commit of a pull request. */
export interface Commit {
  readonly sha: string;
  /** Shortened in the middle where it has more than 16 KB. */
  readonly message: string;
  /** The message's first line. */
  readonly headline: string;
  /** How many parents it has; more than one: a merge. */
  readonly parents: number;
  /** As the commit itself says; `login` is null where the address belongs to no account. */
  readonly author: { readonly name: string; readonly email: string; readonly login: string | null };
}

export interface Commits {
  /** Oldest first, at most 250. */
  readonly list: readonly Commit[];
  /** As GitHub counts them. */
  readonly total: number;
  /** The list has all of them. */
  readonly complete: boolean;
}

/** A comment the bot wrote and can find again by the key in its first line. */
export interface OwnComment {
  readonly nodeId: string;
  readonly id: number;
  readonly key: string;
  readonly body: string;
  readonly minimized: boolean;
  readonly createdAt: string;
}

export interface OwnCheck {
  readonly id: number;
  readonly name: string;
  readonly head: string;
  readonly completed: boolean;
  readonly conclusion: string | null;
  /** What we wrote last, as a hash: its external id. */
  readonly fingerprint: string;
  /** Somebody asked for it to be run again. */
  readonly rerequested: boolean;
}

export interface OwnStatus {
  readonly name: string;
  readonly head: string;
  readonly state: string;
  readonly description: string;
}

export interface Checks {
  readonly ours: readonly OwnCheck[];
  readonly statuses: readonly OwnStatus[];
}

/** What people say on a thread: a comment, or a review of a pull request. */
type Remark = 'commented' | 'reviewed';

/** Something that happened on the thread, with GitHub's own key for it. */
export interface Happening {
  readonly key: string;
  readonly kind: 'opened' | 'labeled' | 'unlabeled' | 'closed' | 'reopened' | 'merged' | 'renamed' | Remark;
  readonly actor: Actor;
  readonly at: string;
  /** The label, the title, or what a person commented; '' for the rest. */
  readonly object: string;
  /** GitHub's number of a comment. */
  readonly comment?: number;
}

/** One issue form of the repository's default branch. */
export interface IssueForm {
  readonly file: string;
  readonly text: string;
}

/** Everything the bot can know of a thread: plain JSON, so that a recording is a test case. */
export interface Facts {
  /** When the facts were read, ISO 8601. */
  readonly now: string;
  /** Once-keys already done on this subject. */
  readonly done: readonly string[];
  /** Since when each piece of the rules that answers events is in force, ISO 8601: `<module>:<piece>`. */
  readonly since: Readonly<Record<string, string>>;
  /** When the thread was considered before, ISO 8601; null when it never was. */
  readonly considered: string | null;
  readonly thread: Thread;
  /** Null on an issue. */
  readonly pull: Pull | null;
  readonly repo: RepoFacts;
  readonly comments: readonly OwnComment[];
  readonly checks: Checks;
  /** Oldest first. */
  readonly happened: readonly Happening[];
  /** Every comment as a happening, oldest first; apart, so that comments matter only to those who look at them. */
  readonly remarks: readonly Happening[];
  readonly standing: Standing;
  /** What people said that may hold commands, oldest first. */
  readonly spoken: readonly Spoken[];
  /** By account number: whoever wrote a command that nobody dealt with yet. Null where GitHub does not let us know. */
  readonly callers: Readonly<Record<string, Standing | null>>;
  /** Every command that was accepted here and kept, oldest first. */
  readonly asks: readonly Asked[];
  /** By number: the threads of this repository that commands name as `#12`; null: there is none. */
  readonly awaited: Readonly<Record<string, 'open' | 'closed' | null>>;
  /** Every label of the repository by name, where a command waits to be heard; else as `repo` has them. */
  readonly catalogue: readonly string[];
  /** By login in lower case, of those a command that waits to be heard names: what GitHub lets them be here. */
  readonly eligible: Readonly<Record<string, { readonly assignee: boolean; readonly reviewer: boolean }>>;
  /** The open milestones, and the title of this thread's. */
  readonly milestones: {
    readonly list: readonly { readonly number: number; readonly title: string }[];
    readonly current: string | null;
  };
  /** Null on an issue. */
  readonly head: HeadFact | null;
  readonly runs: Runs;
  /** What the author may do, where rules say whom to trust; null: that is not known. */
  readonly trust: Standing | null;
  readonly opinions: Opinions;
  readonly changes: Changes;
  /** Of the changed files those that are generated, as .gitattributes and .generated_files of the default branch say. */
  readonly generated: readonly string[];
  /** Null on an issue, and where no rule looks at owners. */
  readonly owners: Owners | null;
  /** What an open pull request does to owners files. */
  readonly ownership: Ownership;
  /** By login in lower case: whoever touched a protected label lately. Null where GitHub does not let us know. */
  readonly roles: Readonly<Record<string, Standing | null>>;
  /** The author never opened anything here before; false where no rule asks for it. */
  readonly newcomer: boolean;
  readonly files: { readonly paths: readonly string[]; readonly complete: boolean };
  readonly forms: readonly IssueForm[];
  /** The repository's rules file as this pull request would have it; null where it leaves it as it is. */
  readonly proposal: RulesFile | null;
  readonly commits: Commits;
  readonly contexts: Contexts;
  /** Null where it could not be read, and on what cannot be merged. */
  readonly required: Required | null;
  readonly reviews: Reviews;
  readonly mergeability: Mergeability;
  /** The head does not contain the tip of the base; null where that is not known. */
  readonly behind: boolean | null;
  /** The commit the base is at now; null on an issue, and where the base is gone. */
  readonly tip: string | null;
  readonly blockers: { readonly list: readonly Blocker[]; readonly complete: boolean };
  /** The branch of a pull request that we merged, where nothing else needs it; null otherwise. */
  readonly leftover: string | null;
  /** Where people asked for this pull request to be picked to, and how that stands. */
  readonly picks: Picks;
}

export type FactName = Exclude<keyof Facts, 'now' | 'done' | 'since' | 'considered'>;

/** Exactly the facts a module declared, and what everybody may see. */
export type Seen<N extends FactName> = Readonly<Pick<Facts, N | 'now' | 'thread' | 'done' | 'since'>>;

export interface Learning {
  readonly answer: Answer;
  readonly subject: ThreadSubject;
  readonly read: Reader;
  readonly ask: Ask;
  /** Something that cannot be undone is about to be done: nothing may be answered from memory. */
  readonly fresh: boolean;
  /** The node id of our card, '' where none is remembered. */
  readonly card: string;
  /** What sources learnt that can never change, such as what a commit holds; lasts as long as the bot. */
  readonly lasting: Map<string, unknown>;
  /** Facts learnt before this one; `thread`, `pull` and `repo` always come first. */
  readonly known: Partial<Facts>;
}

/** Where one fact comes from. An answer of another shape than expected throws a `broken` trouble. */
export interface FactSource<K extends FactName> {
  permissions(kind: Thread['kind']): Permissions;
  /** Webhooks after which it can be different: `issues.labeled`, or `push` for every action. */
  readonly changedBy: readonly string[];
  select?(ask: Ask): Selection;
  learn(learning: Learning): Promise<Facts[K]> | Facts[K];
}
