import type { Asked } from '../../facts/command-facts.ts';
import type { Commit, Happening } from '../../facts/fact.ts';
import type { Example } from '../module.ts';

const on = {
  kind: 'label',
  name: 'invalid-commit-message',
  on: true,
  color: 'e99695',
  description: 'A commit message is not in the format of this repository',
} as const;
const off = { kind: 'label', name: 'invalid-commit-message', on: false } as const;

const bob = { name: 'Bob', email: 'bob@example.com', login: 'bob' };

function commit(message: string, more: Partial<Commit> = {}): Commit {
  const headline = message.split('\n', 1)[0] ?? '';
  return { sha: 'c0ffee1'.padEnd(40, '0'), message, headline, parents: 1, author: bob, ...more };
}

function commits(...list: readonly (string | Commit)[]) {
  const all = list.map((one) => (typeof one === 'string' ? commit(one) : one));
  return { commits: { list: all, total: all.length, complete: true } };
}

type More = Pick<Example, 'options' | 'elsewhere'>;

const pass = (title: string, given: Example['given'], more: More & { says?: string } = {}): Example => ({
  ...{ title, given, ...more },
  expect: { verdict: 'pass', wants: [off] },
});

const fail = (title: string, given: Example['given'], says: string, more: More = {}): Example => ({
  ...{ title, given, says, ...more },
  expect: { verdict: 'fail', wants: [on] },
});

const byChen: Happening = {
  ...{ key: 'LE_1', kind: 'labeled', at: '2026-01-05T09:30:00Z', object: 'invalid-commit-message' },
  actor: { id: 3001, login: 'chen', bot: false, us: false },
};

const format: readonly Example[] = [
  pass('messages in the format', commits('feat: dark mode', 'fix(ui)!: 白屏\n\nA long story.')),
  fail(
    'each bad commit is named',
    commits('feat: a', 'Add search'),
    '`c0ffee1` `Add search`: needs a type; try `feat: add search`',
  ),
  fail('how many of how many', commits('feat: a', 'b', 'c'), '2 of 3 commits need a change'),
  fail('at most ten are listed', commits(...Array.from({ length: 12 }, (_, at) => `part ${at}`)), '- and 2 more'),
  fail('a subject that is too long', commits('fix: far too long'), 'the subject has 17 characters, 10 at most', {
    options: { 'max-subject': 10 },
  }),
  fail('an unknown type shows the list', commits('oops: a'), 'Types: `feat`, `fix`', {}),
  fail('types of its own', commits('feat: a'), 'Types: `add`, `mend`', { options: { types: ['add', 'mend'] } }),
  fail('else those of pr-title', commits('feat: a'), 'Types: `add`', { elsewhere: { 'pr-title': { types: ['add'] } } }),
  fail('an empty message', commits(''), '(no message): the message is empty'),
  fail(
    'an author without an account',
    commits(commit('a', { author: { name: 'Ann', email: 'ann@example.com', login: null } })),
    'needs a type',
  ),
];

const written: readonly Example[] = [
  pass('a revert GitHub wrote', commits('Revert "Add dark mode"\n\nThis reverts commit c0ffee1.')),
  pass('the merge of an updated branch', commits(commit("Merge branch 'main' into dark-mode", { parents: 2 })), {
    options: { 'sign-off': true },
  }),
  fail('a merge commit with words of its own', commits(commit('Merge it all', { parents: 2 })), 'needs a type'),
  fail(
    'no merge commits',
    commits(commit("Merge branch 'main' into x", { parents: 2 })),
    'merge commits are not used',
    {
      options: { 'merge-commits': 'forbid' },
    },
  ),
  fail('a fixup that is left', commits('feat: a', 'fixup! feat: a'), 'Change them with `git rebase -i --autosquash`'),
  pass('fixups may stay', commits('feat: a', 'fixup! feat: a'), { options: { fixups: 'allow' } }),
];

const lines: readonly Example[] = [
  fail('a missing sign-off', commits('feat: a'), 'needs a line `Signed-off-by: Name <mail>`', {
    options: { 'sign-off': true },
  }),
  pass('a sign-off', commits('feat: a\n\nSigned-off-by: Bob <bob@example.com>'), { options: { 'sign-off': true } }),
  pass('closing keywords may stand', commits('feat: a\n\nFixes #12')),
  fail(
    'closing keywords may not stand',
    commits('feat: a\n\nFixes acme/shop#12'),
    '`Fixes acme/shop#12` closes an issue',
    {
      options: { 'closing-keywords': 'forbid' },
    },
  ),
  pass('a word that only ends like a keyword', commits('feat: prefix #12'), {
    options: { 'closing-keywords': 'forbid' },
  }),
];

const merge = (how: string): Asked => ({
  ...{ key: 'IC_1:0', name: 'merge', module: 'merge', args: { how }, surface: 'comment', withdrawn: false },
  ...{ by: byChen.actor, level: 'write', at: '2026-01-05T09:40:00Z', head: '', tree: '', base: 'main' },
});

const squashed: readonly Example[] = [
  pass('squashed: only the title counts', commits('Add search'), { options: { squash: true }, says: 'squashed' }),
  fail(
    'squashed: a bad title',
    { thread: { title: 'Add search' }, ...commits('feat: a') },
    'The title becomes the commit here: needs a type. Try `feat: add search`',
    { options: { squash: true } },
  ),
  pass('the merge section says squash', commits('Add search'), { elsewhere: { merge: { method: 'squash' } } }),
  fail('a label asks for another method', { thread: { labels: ['merge-method/rebase'] }, ...commits('a') }, 'a type', {
    elsewhere: { merge: { method: 'squash' } },
  }),
  fail('a command asks for another method', { asks: [merge('squash'), merge('rebase')], ...commits('a') }, 'a type', {
    elsewhere: { merge: { method: 'squash' } },
  }),
  pass(
    'a command that was stopped asks for nothing',
    { asks: [merge('rebase'), merge('cancel')], ...commits('a') },
    {
      elsewhere: { merge: { method: 'squash' } },
    },
  ),
  pass('a command asks for squash', {
    thread: { labels: ['merge-method/rebase'] },
    asks: [merge('squash')],
    ...commits('a'),
  }),
  pass('the repository allows nothing but squash', { repo: { methods: ['squash'] }, ...commits('Add search') }),
  fail('never squashed', { repo: { methods: ['squash'] }, ...commits('Add search') }, 'needs a type', {
    options: { squash: false },
  }),
];

export const examples: readonly Example[] = [
  ...format,
  ...written,
  ...lines,
  ...squashed,
  {
    title: 'more commits than GitHub lists',
    given: { commits: { list: Array.from({ length: 250 }, () => commit('feat: a')), total: 251, complete: false } },
    says: 'cannot verify the commits: GitHub lists 250 of 251',
    expect: { verdict: 'wait', wants: [] },
  },
  {
    title: 'GitHub has not listed the last push yet',
    given: { commits: { list: [commit('feat: a')], total: 2, complete: false } },
    says: 'GitHub lists 1 of 2',
    expect: { verdict: 'wait', wants: [{ kind: 'revisit', at: '2026-01-05T10:01:00.000Z' }] },
  },
  {
    title: 'a label a person put on is left alone',
    given: { thread: { labels: ['invalid-commit-message'] }, happened: [byChen], ...commits('feat: a') },
    expect: { verdict: 'pass', wants: [] },
  },
];
