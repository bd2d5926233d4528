import type { TagFacts } from './tag-facts.ts';

/** What differs from the plain facts of a tag; `tag` and `repo` are merged, the rest is replaced. */
export type GivenTag = {
  readonly [K in keyof TagFacts]?: K extends 'tag' | 'repo' ? Partial<TagFacts[K]> : TagFacts[K];
};

const plain: TagFacts = {
  now: '2026-01-05T10:00:00Z',
  done: [],
  repo: { description: 'A small library', url: 'https://github.com/acme/shop' },
  tag: { name: 'v1.1.0', commit: 'b'.repeat(40) },
  others: [{ name: 'v1.0.0', commit: 'a'.repeat(40) }],
  release: null,
  commits: null,
};

/** A whole, believable set of facts: tag v1.1.0 after v1.0.0, without a release, with what is given changed. */
export function plainTag(given: GivenTag = {}): TagFacts {
  return { ...plain, ...given, repo: { ...plain.repo, ...given.repo }, tag: { ...plain.tag, ...given.tag } };
}
