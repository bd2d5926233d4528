import type { TagCommit } from '../../facts/tag-facts.ts';
import type { TagExample } from '../module.ts';

let count = 0;

function commit(subject: string, login: string | null = 'bob', more: Partial<TagCommit> = {}): TagCommit {
  const name = login ?? 'Ann Lee';
  const sha = (++count).toString(16).padStart(40, 'c');
  return { sha, subject, breaking: false, author: { login, name, bot: false }, parents: ['a'.repeat(40)], ...more };
}

const since = (list: readonly TagCommit[], tag: string | null = 'v1.0.0') => ({ since: tag, list, total: list.length });
const bot = { login: 'dependabot[bot]', name: 'dependabot[bot]', bot: true };

export const examples: readonly TagExample[] = [
  {
    title: 'commits grouped by type, with pull requests and authors',
    given: {
      commits: since([commit('feat(cart): sum up (#12)'), commit('fix: total', 'chen'), commit('chore: tidy up')]),
    },
    says: 'notes of 3 commits since `v1.0.0`',
    notes: [
      '## Features\n- **cart**: sum up (#12) – @bob',
      '## Fixes\n- total – @chen',
      '## Other changes\n- tidy up – @bob',
      '## Contributors\n@bob, @chen',
      'https://github.com/acme/shop/compare/v1.0.0...v1.1.0',
    ],
    expect: { verdict: 'pass' },
  },
  {
    title: 'breaking changes come first',
    given: {
      commits: since([
        commit('feat: search'),
        commit('feat(api)!: new paths'),
        commit('fix: x', 'bob', { breaking: true }),
      ]),
    },
    notes: ['## ⚠️ Breaking changes\n- **api**: new paths – @bob\n- x – @bob\n\n## Features\n- search'],
    expect: { verdict: 'pass' },
  },
  {
    title: 'the first tag lists everything',
    given: { tag: { name: 'v1.0.0' }, others: [], commits: since([commit('Initial commit')], null) },
    says: 'notes of everything so far, 1 commit',
    notes: ['The first release', '- Initial commit – @bob'],
    expect: { verdict: 'pass' },
  },
  {
    title: 'a tag on the commit of the version before says that nothing changed',
    given: { commits: since([]) },
    notes: ['No changes since `v1.0.0`.'],
    expect: { verdict: 'pass' },
  },
  {
    title: 'an author without an account is named, a bot is no contributor',
    given: { commits: since([commit('docs: install', null), commit('build: bump', null, { author: bot })]) },
    notes: ['- install – Ann Lee', '- bump – `dependabot[bot]`', '## Contributors\nAnn Lee\n'],
    expect: { verdict: 'pass' },
  },
  {
    title: 'nobody is mentioned by what a commit says',
    given: { commits: since([commit('fix: ask @everyone about <b>#4</b>')]) },
    notes: ['- ask @\u200beveryone about \\<b\\>#\u200b4\\</b\\> – @bob'],
    expect: { verdict: 'pass' },
  },
  {
    title: 'what a merge brought in leads to its pull request',
    given: {
      commits: since([
        commit('feat: search', 'bob', { sha: 'd'.repeat(40) }),
        commit('Merge pull request #7 from bob/search', 'lin', { parents: ['a'.repeat(40), 'd'.repeat(40)] }),
      ]),
    },
    notes: ['## Features\n- search (#7) – @bob\n\n## Contributors\n@bob\n'],
    expect: { verdict: 'pass' },
  },
  {
    title: 'a tag in another form is left alone',
    given: { tag: { name: 'nightly' } },
    says: 'the tag does not match `v*`',
    expect: { verdict: 'skip' },
  },
  {
    title: 'a tag without a version is left alone',
    given: { tag: { name: 'very-new' } },
    says: 'ends in no version',
    expect: { verdict: 'skip' },
  },
  {
    title: 'a release that is there stays as it is',
    given: { release: 'published' },
    says: 'has a release already',
    expect: { verdict: 'skip' },
  },
  {
    title: 'a prerelease is left alone',
    given: { tag: { name: 'v1.1.0-rc.1' } },
    says: 'is a prerelease',
    expect: { verdict: 'skip' },
  },
  {
    title: 'a prerelease that is asked for',
    given: { tag: { name: 'v1.1.0-rc.1' }, commits: since([commit('feat: search')]) },
    options: { prereleases: true },
    expect: { verdict: 'pass' },
  },
  {
    title: 'groups of one’s own',
    given: { commits: since([commit('perf: faster'), commit('feat: search')]) },
    options: { sections: { perf: 'Speed', feat: 'New' }, contributors: false },
    notes: ['## Speed\n- faster – @bob\n\n## New\n- search – @bob\n\n[All changes in code]'],
    expect: { verdict: 'pass' },
  },
  {
    title: 'a package of a monorepo',
    given: { tag: { name: 'cart/v2.0.0' }, commits: since([commit('feat: search')], 'cart/v1.9.0') },
    options: { tags: '*/v*' },
    says: 'since `cart/v1.9.0`',
    expect: { verdict: 'pass' },
  },
];
