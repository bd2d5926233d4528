import type { Text } from '../text.ts';
import type { Actor, Level, Standing } from './people.ts';

/** A text of a person that may hold commands: a comment, a submitted review, or the body the thread was opened with. */
export interface Spoken {
  /** GitHub's node id of the comment or review; `body` for the thread's own text. */
  readonly key: string;
  readonly surface: 'comment' | 'review' | 'body';
  /** GitHub's number for REST; 0 for the body. */
  readonly id: number;
  readonly nodeId: string;
  readonly by: Actor;
  /** When it was made, by GitHub's clock. */
  readonly at: string;
  /** Of a review: the commit that was looked at; '' where GitHub does not tell. */
  readonly commit?: string;
  /** '' where no line of it can be a command; otherwise its first 64 KB. */
  readonly text: string;
  /** It was changed after it was made. */
  readonly edited: boolean;
  /** Names of the reactions we gave, as REST calls them: `rocket`, `-1`, `confused`, `eyes`. */
  readonly reactions: readonly string[];
}

/** A command that was accepted, and what it is bound to. */
export interface Asked {
  /** Key of the text and line: `IC_kwDO…:0`. */
  readonly key: string;
  /** Name of the command as it was given: `lgtm`. */
  readonly name: string;
  /** The module it belongs to. */
  readonly module: string;
  readonly args: Readonly<Record<string, string | readonly string[]>>;
  readonly surface: Spoken['surface'];
  readonly by: Actor;
  /** The level that was found when it was accepted. */
  readonly level: Level;
  /** When it was said, by GitHub's clock. */
  readonly at: string;
  /** The head, its tree and the base it is bound to; '' on issues. */
  readonly head: string;
  readonly tree: string;
  readonly base: string;
  /** The commit the base was at; only where a rule looks at that, and '' where it is not known any more. */
  readonly tip?: string;
  /** Blob ids of the files it covers, by path, '' of what is gone; only where the module looks at files. */
  readonly blobs?: Readonly<Record<string, string>>;
  /** The comment is gone. */
  readonly withdrawn: boolean;
}

/** The head of a pull request in time. */
export interface HeadFact {
  readonly sha: string;
  /** Id of its tree. */
  readonly tree: string;
  /** When it became the head, as far as we know: our own delivery or GitHub's activity says so. Null: unknown. */
  readonly since: string | null;
  /** The pull request never had another head. */
  readonly first: boolean;
  /** People who pushed a part of it, or whose fork it is, as GitHub's own record has them. */
  readonly pushers?: readonly { readonly id: number; readonly login: string }[];
}

/** A submitted review, oldest first; commands in its body are `Spoken`. */
export interface Opinion {
  readonly id: number;
  readonly nodeId: string;
  readonly by: Actor;
  readonly state: 'approved' | 'changes' | 'dismissed';
  readonly at: string;
  /** The commit that was looked at. */
  readonly commit: string;
  readonly tree: string;
  /** Blob ids of the files it covers, by path: of an approval of an older commit, where a rule asks for it. */
  readonly blobs?: Readonly<Record<string, string>>;
}

/** All submitted reviews, oldest first, and what those who approved may do now, by account number. */
export interface Opinions {
  readonly list: readonly Opinion[];
  readonly standing: Readonly<Record<string, Standing | null>>;
  /** When the base was changed last; what was said before is void. */
  readonly since: string | null;
  /** Whoever wrote, helped to write or committed a part of it, the author among them; null: there are too many to tell. */
  readonly writers: readonly Pick<Actor, 'id' | 'login'>[] | null;
  /** The head, and the heads before it that differ from it only by updates of ours, with their trees. */
  readonly heads: readonly { readonly sha: string; readonly tree: string }[];
  readonly complete: boolean;
}

/** A changed file of a pull request, as REST lists it. */
export interface FileChange {
  readonly path: string;
  /** Its name before, when it was renamed. */
  readonly previous: string | null;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  /** Id of its content on the head; '' when it is gone. */
  readonly blob: string;
  readonly additions: number;
  readonly deletions: number;
}

export interface Changes {
  readonly list: readonly FileChange[];
  readonly complete: boolean;
}

/** Who owns one touched path, from the base commit's owners files. Logins in lower case, teams as `@org/team`. */
export interface OwnedFile {
  readonly path: string;
  /** The changed file it belongs to: itself, or the new name of a file that was renamed away from here. */
  readonly change: string;
  readonly approvers: readonly string[];
  readonly reviewers: readonly string[];
  readonly required: readonly string[];
  readonly labels: readonly string[];
  /** The owners file that counts for it first, with its line where that is one rule; '' where nobody owns it. */
  readonly by: string;
  /** Its owners ask for nobody's approval. */
  readonly free: boolean;
  /** It is an owners file that is broken and is mended here, and nobody above it can be told: admins approve that. */
  readonly least?: 'admin';
}

/** Something wrong in an owners file. */
export interface OwnersFault {
  readonly file: string;
  readonly line: number;
  readonly message: Text;
  /** The touched paths it holds: until it is mended nobody can approve them. */
  readonly paths: readonly string[];
}

export interface Owners {
  readonly source: 'OWNERS' | 'CODEOWNERS' | 'none';
  readonly broken: readonly OwnersFault[];
  /** Every touched path; a renamed file has two. */
  readonly files: readonly OwnedFile[];
  /** Members of the teams that are named, in lower case; null where GitHub does not let us know. */
  readonly teams: Readonly<Record<string, readonly string[] | null>>;
  /** All changed files are among `files`. */
  readonly complete: boolean;
}

/** What a pull request would make of one owners file. */
export interface OwnersEdit {
  readonly path: string;
  readonly faults: readonly { readonly line: number; readonly message: Text }[];
  /** Logins and teams (`@org/team`) in lower case that it names and the base does not, aliases opened. */
  readonly added: readonly string[];
  /** Labels that it has put on. */
  readonly labels: readonly string[];
  /** It names nobody who could approve anything. */
  readonly empty: boolean;
}

export interface Ownership {
  /** Of every owners file that the pull request adds or changes. */
  readonly edits: readonly OwnersEdit[];
  /** Whoever is added: whether they have access here or belong to the organisation; null: GitHub does not let us know. */
  readonly trusted: Readonly<Record<string, boolean | null>>;
  /** All files and all people were looked at. */
  readonly complete: boolean;
}
