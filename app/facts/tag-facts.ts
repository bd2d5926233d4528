import type { RepoFacts } from './fact.ts';

export interface Tag {
  readonly name: string;
  /** The commit it leads to; null when it is of something else. */
  readonly commit: string | null;
}

/** A commit as the notes of a release speak of it. */
export interface TagCommit {
  readonly sha: string;
  /** The first line of its message. */
  readonly subject: string;
  /** Its message has a footer `BREAKING CHANGE:`. */
  readonly breaking: boolean;
  /** `login` is null where the address belongs to no account. */
  readonly author: { readonly login: string | null; readonly name: string; readonly bot: boolean };
  readonly parents: readonly string[];
}

/** The commits that came with a tag, oldest first. */
export interface TagCommits {
  /** The tag they count from; null: everything the tag leads to. */
  readonly since: string | null;
  /** At most 1,000. */
  readonly list: readonly TagCommit[];
  /** As GitHub counts them. */
  readonly total: number;
}

/** Everything the bot can know of a tag: plain JSON, so that a recording is a test case. */
export interface TagFacts {
  /** When the facts were read, ISO 8601. */
  readonly now: string;
  /** Once-keys already done on this tag. */
  readonly done: readonly string[];
  /** `url` is the repository's address on the web. */
  readonly repo: Pick<RepoFacts, 'description'> & { readonly url: string };
  readonly tag: Tag;
  /** The other tags of the repository, at most 2,000. */
  readonly others: readonly Tag[];
  /** The release that is there for this tag. */
  readonly release: 'published' | 'draft' | null;
  /** Null until a module says which of them it has to see. */
  readonly commits: TagCommits | null;
}
