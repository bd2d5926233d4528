import type { Kind, ReleaseWant } from './want.ts';

export default {
  rank: 5,
  needs: [],
  permissions: () => ({ contents: 'write' }),
  id: (want) => `release:${want.tag}`,
  diff(want, { release }) {
    if (release !== null) return [];
    const { tag: tag_name, name, body, draft, prerelease } = want;
    const route = 'POST /repos/{owner}/{repo}/releases';
    const says = `${draft ? 'draft' : 'publish'} release ${tag_name}`;
    const call = { via: 'rest', route, params: { tag_name, name, body, draft, prerelease } } as const;
    return [{ kind: 'release', id: this.id(want), says, call, visibleTwice: true }];
  },
  project(want, facts) {
    return { ...facts, release: facts.release ?? (want.draft ? 'draft' : 'published') };
  },
} satisfies Kind<ReleaseWant>;
