import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import { flawsIn } from '../../app/modules/commit-message/flaws.ts';
import type { CommitRule } from '../../app/modules/commit-message/flaws.ts';
import commitMessage from '../../app/modules/commit-message/module.ts';

const rule: CommitRule = {
  subject: { types: ['feat', 'fix'], scopes: [], requireScope: false, maxLength: 100 },
  ...{ signOff: false, closingKeywords: true, fixups: false, mergeCommits: true },
};

const commit = (message: string, parents = 1) => ({ message, headline: message.split('\n', 1)[0] ?? '', parents });
const kinds = (message: string, more: Partial<CommitRule> = {}, parents = 1) =>
  flawsIn(commit(message, parents), { ...rule, ...more }).map(({ kind }) => kind);

suite('closing keywords', () => {
  const closing = (text: string) => kinds(`feat: a\n\n${text}`, { closingKeywords: false }).includes('closing');
  for (const text of [
    'Fixes #1',
    'closes: #12',
    'RESOLVED #3',
    'it fix acme/shop#4',
    'close GH-7',
    'closed https://github.com/acme/shop/issues/8',
    'docs\n- fixed #9',
  ]) {
    test(JSON.stringify(text), () => assert.ok(closing(text)));
  }
  for (const text of [
    'prefix #1',
    'suffix: #3',
    'fix-up #2',
    'fixing #1',
    'fixes 1',
    'fixes#1',
    'See #1',
    'fixes #x',
  ]) {
    test(`not ${JSON.stringify(text)}`, () => assert.ok(!closing(text)));
  }
  test('also in the subject', () => assert.deepEqual(kinds('fix: #12', { closingKeywords: false }), ['closing']));
});

suite('sign-off', () => {
  const missing = (text: string) => kinds(`feat: a\n\n${text}`, { signOff: true }).includes('sign-off');
  for (const text of [
    'Signed-off-by: Bob <bob@example.com>',
    'signed-off-by: 王芳 <wang@example.com>\r\n',
    'Signed-off-by: A <a@b>\nCo-authored-by: B <b@c>',
  ]) {
    test(JSON.stringify(text), () => assert.ok(!missing(text)));
  }
  for (const text of ['', 'Signed-off-by:', 'Signed-off-by: Bob', 'Signed-off-by: <a@b>', '> Signed-off-by: A <a@b>']) {
    test(`not ${JSON.stringify(text)}`, () => assert.ok(missing(text)));
  }
});

suite('messages that GitHub and git write', () => {
  const strict = { signOff: true, closingKeywords: false };
  for (const message of [
    'Revert "Add search"',
    'Revert "feat: add search (fixes #1)" (#12)',
    "Merge branch 'main' into topic",
    "Merge branches 'a' and 'b'",
    "Merge remote-tracking branch 'origin/main' into topic",
    'Merge pull request #3 from acme/topic',
    "Merge tag 'v1.0'",
  ]) {
    test(message, () => assert.deepEqual(kinds(message, strict), []));
  }
  for (const message of ['Revert add search', 'Merge it all', 'Merge branch handling', "merge branch 'a'"]) {
    test(`not ${message}`, () => assert.notDeepEqual(kinds(message, strict), []));
  }
  test('a merge is found all the same where merges are forbidden', () => {
    assert.deepEqual(kinds("Merge branch 'main' into x", { mergeCommits: false }, 2), ['merge']);
    assert.deepEqual(kinds("Merge branch 'main' into x", { mergeCommits: false }, 1), []);
  });
});

suite('fixups', () => {
  for (const prefix of ['fixup! ', 'squash! ', 'amend! ', 'fixup! fixup! ']) {
    test(prefix, () => {
      assert.deepEqual(kinds(`${prefix}feat: a`), ['fixup']);
      assert.deepEqual(kinds(`${prefix}feat: a`, { fixups: true }), []);
      assert.deepEqual(kinds(`${prefix}oops`, { fixups: true }), ['no-type']);
    });
  }
  test('a type with a mark is none', () => assert.deepEqual(kinds('fix!: a'), []));
});

suite('any commits', () => {
  const piece = fc.constantFrom(
    'fix',
    ': ',
    'fixes #1',
    'fixup! ',
    '\n',
    '\r\n',
    ' ',
    '`',
    '|',
    '@a',
    '\ud800',
    '\u200b',
  );
  const message = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  );
  const author = { name: '', email: '', login: null };
  const strict = commitMessage.options.parse({
    'sign-off': true,
    'closing-keywords': 'forbid',
    'merge-commits': 'forbid',
  });

  test('a decision comes, lists ten lines at most and says no word unquoted', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 14 }), (messages) => {
        const list = messages.map((text) => ({ ...commit(text, 2), sha: 'a'.repeat(40), author }));
        const facts = plainFacts({ commits: { list, total: list.length, complete: true } });
        const { because, fix, verdict } = commitMessage.decide(facts, strict);
        assert.equal(verdict, list.length > 0 ? 'fail' : 'pass');
        assert.doesNotMatch(because.en, /\n/);
        const lines = (fix?.en ?? '').split('\n').filter((line) => line.startsWith('- `'));
        assert.equal(lines.length, Math.min(10, list.length));
        const bare = (fix?.en ?? '').replaceAll(/(`+)[^]*?[^`]\1(?!`)/g, '');
        assert.doesNotMatch(bare, /@a|#1/);
      }),
      { numRuns: 500 },
    );
  });
  test('long ones take no time', () => {
    for (const part of [
      'fixes ',
      'fixes a/',
      'Signed-off-by: a <',
      '<a@',
      'fixup! ',
      'Merge ',
      'a/',
      '#',
      ' ',
      '(#1',
      ')',
    ]) {
      const long = part.repeat(Math.floor(16_384 / part.length));
      const start = performance.now();
      for (const text of [long, `feat: ${long}`, `feat: a\n\n${long}`, `Revert "${long}`]) {
        const one = { ...commit(text), sha: 'a'.repeat(40), author };
        commitMessage.decide(plainFacts({ commits: { list: [one], total: 1, complete: true } }), strict);
      }
      assert.ok(performance.now() - start < 300, JSON.stringify(part));
    }
  });
});
