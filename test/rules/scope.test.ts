import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from '../../app/facts/fact.ts';
import type { Scope, Section } from '../../app/rules/rules.ts';
import type { ScopeFacts } from '../../app/rules/scope.ts';
import { factsForScopes, inScope, whoIn } from '../../app/rules/scope.ts';
import { catalogue, read } from './stand-in.ts';

const thread: Facts['thread'] = {
  kind: 'pull',
  number: 1,
  title: 't',
  body: '',
  state: 'open',
  reason: null,
  author: { id: 7, login: 'lin', bot: false, us: false },
  labels: ['kind/Bug', 'urgent'],
  locked: false,
  createdAt: '2026-01-01T00:00:00Z',
  assignees: [],
  url: 'https://github.com/acme/shop/pull/1',
};
const reviewers = { people: [], teams: [], reviewed: [] };
const pull: Facts['pull'] = { head: 'a', headBranch: 'fix', base: 'main', draft: true, fork: false, reviewers };
const standing: Facts['standing'] = { level: 'triage', member: false, teams: [] };
const files: Facts['files'] = { paths: ['docs/a.md', 'src/a.ts'], complete: true };

const onPull: ScopeFacts = { thread, pull, standing, files };
const onIssue: ScopeFacts = { ...onPull, thread: { ...thread, kind: 'issue' }, pull: null };
const cut: ScopeFacts = { ...onPull, files: { paths: ['docs/a.md'], complete: false } };
const noFiles: ScopeFacts = { ...onPull, files: { paths: [], complete: true } };
const unlearnt: ScopeFacts = { thread, pull };

/** What `only` and `except` with this scope leave: in scope or not. */
const table: readonly [about: string, facts: ScopeFacts, scope: Scope, only: boolean, except: boolean][] = [
  ['author by login', onPull, { authors: ['lin'] }, true, false],
  ['author by level', onPull, { authors: ['write', 'read'] }, true, false],
  ['other author', onPull, { authors: ['write'] }, false, true],
  ['unknown standing', unlearnt, { authors: ['write'] }, true, true],
  ['bots', onPull, { bots: true }, false, true],
  ['people', onPull, { bots: false }, true, false],
  ['branch', onPull, { branches: ['dev', 'ma*'] }, true, false],
  ['other branch', onPull, { branches: ['Main'] }, false, true],
  ['label in any case', onPull, { labels: ['KIND/*'] }, true, false],
  ['no such label', onPull, { labels: ['kind'] }, false, true],
  ['draft', onPull, { drafts: true }, true, false],
  ['no draft', onPull, { drafts: false }, false, true],
  ['some path', onPull, { paths: ['docs/**'] }, true, true],
  ['every path', onPull, { paths: ['docs/**', '**/*.ts'] }, true, false],
  ['no path', onPull, { paths: ['test/**'] }, false, true],
  ['cut list, match', cut, { paths: ['docs/**'] }, true, true],
  ['cut list, no match', cut, { paths: ['test/**'] }, true, true],
  ['cut list, everything', cut, { paths: ['**'] }, true, true],
  ['files not learnt', unlearnt, { paths: ['docs/**'] }, true, true],
  ['no files', noFiles, { paths: ['**'] }, false, true],
  ['branch on an issue', onIssue, { branches: ['*'] }, false, true],
  ['path on an issue', onIssue, { paths: ['**'] }, false, true],
  ['draft on an issue', onIssue, { drafts: true }, false, true],
  ['no draft on an issue', onIssue, { drafts: false }, false, true],
  ['label on an issue', onIssue, { labels: ['urgent'] }, true, false],
  ['all keys match', onPull, { bots: false, labels: ['urgent'], drafts: true }, true, false],
  ['one key does not', onPull, { bots: false, labels: ['urgent'], drafts: false }, false, true],
  ['one key unknown', cut, { bots: false, paths: ['docs/**'] }, true, true],
  ['one unknown, one not', cut, { bots: true, paths: ['test/**'] }, false, true],
  ['nothing named', onPull, {}, true, true],
  ['empty lists', onPull, { authors: [], paths: [], labels: [], branches: [] }, true, true],
];
for (const [about, facts, scope, only, except] of table) {
  test(`scope: ${about}`, () => {
    assert.equal(inScope({ only: scope, except: null }, facts), only, 'only');
    assert.equal(inScope({ only: null, except: scope }, facts), except, 'except');
    assert.equal(inScope({ only: scope, except: scope }, facts), only && except, 'both');
  });
}

test('without only and except everything is in scope', () => {
  assert.ok(inScope({ only: null, except: null }, onIssue));
});

const wants: readonly [only: Scope | null, except: Scope | null, names: string[]][] = [
  [null, null, []],
  [{ bots: true }, null, []],
  [{ bots: true, labels: ['a'] }, null, ['happened']],
  [{ authors: ['lin'] }, null, ['happened', 'standing']],
  [null, { paths: ['a'] }, ['files', 'happened', 'pull']],
  [{ branches: ['a'] }, { drafts: false, authors: ['a'] }, ['happened', 'pull', 'standing']],
  [{ authors: [], paths: [] }, {}, []],
];
for (const [only, except, names] of wants) {
  test(`facts for ${JSON.stringify([only, except])}`, () => {
    assert.deepEqual(factsForScopes([{ only, except }]), names);
  });
}

test('finds every who of the rules: scopes, options, options within maps', () => {
  const { sections } = read(
    'pr-title: {only: {authors: [a, write]}, except: {authors: ["@o/t"]}}\n' +
      'issue-template: {exempt: [member, a]}\nlabels: {owners: {"x*": [b]}, map: {y: z}}',
  );
  assert.deepEqual(whoIn(sections, catalogue), ['@o/t', 'a', 'b', 'member', 'write']);
  const [unknown] = [{ module: 'gone', mode: 'warn', only: null, except: null, options: {} } satisfies Section];
  assert.deepEqual(whoIn([unknown], catalogue), []);
});
