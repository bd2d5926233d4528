/** A repository as GitHub numbers it; owner and name are for addresses and display and may change. */
export interface Repo {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

interface Within {
  readonly repo: Repo;
  /** The installation that told us of it; null with a personal token or where a payload names none. */
  readonly installation: number | null;
}

export type ThreadSubject = Within & { readonly kind: 'thread'; readonly number: number };

/** A commit that GitHub's own merge queue built, with the last pull request in it. */
export type GroupSubject = Within & {
  readonly kind: 'group';
  readonly sha: string;
  readonly base: string;
  readonly number: number;
};

/** A tag that was pushed, by its name without `refs/tags/`. */
export type TagSubject = Within & { readonly kind: 'tag'; readonly tag: string };

/** All that an installation reaches. Its `repo` is none: the number 0, the owner whose repositories they are, no name. */
export type InstallationSubject = { readonly kind: 'installation'; readonly repo: Repo; readonly installation: number };

/** What one piece of work is about. */
export type Subject =
  | ThreadSubject
  | GroupSubject
  | TagSubject
  | InstallationSubject
  | (Within & { readonly kind: 'commit'; readonly sha: string })
  | (Within & { readonly kind: 'branch'; readonly branch: string })
  | (Within & { readonly kind: 'repo' });

function placeOf(subject: Subject): string {
  switch (subject.kind) {
    case 'thread':
      return `#${subject.number}`;
    case 'commit':
      return `@${subject.sha}`;
    case 'group':
      return `^${subject.sha}`;
    case 'tag':
      return `:refs/tags/${subject.tag}`;
    case 'branch':
      return `:${subject.branch}`;
    case 'installation':
      return `!${subject.installation}`;
    case 'repo':
      return '';
  }
}

/** The same thing in the repository as another subject of it knows it: what is stored may be of before it moved. */
export function placedAs<S extends Subject>(one: S, { repo, installation }: Pick<Within, 'repo' | 'installation'>): S {
  return one.kind !== 'installation' && one.repo.id === repo.id ? { ...one, repo, installation } : one;
}

/** The key of a subject's lane. It holds the repository's number, so that a rename keeps its lane. */
export function laneOf(subject: Subject): string {
  return `${subject.repo.id}${placeOf(subject)}`;
}

/** `acme/shop#12`, for people. */
export function nameOf(subject: Subject): string {
  if (subject.kind === 'installation') return `${subject.repo.owner} (installation ${subject.installation})`;
  return `${subject.repo.owner}/${subject.repo.name}${placeOf(subject)}`;
}
