import assert from 'node:assert/strict';
import { test } from 'node:test';
import examples from '@octokit/webhooks-examples' with { type: 'json' };
import fc from 'fast-check';
import { lanesOf } from '../../app/receive/lanes-of.ts';
import { laneOf } from '../../app/subject.ts';

type Examples = { name: string; examples: Record<string, unknown>[] }[];
const events = examples as unknown as Examples;

test('every example payload fits its own event and names its lanes or the reason for none', () => {
  let seen = 0;
  for (const { name, examples } of events) {
    for (const example of examples) {
      const lanes = lanesOf(name, example);
      assert.ok(lanes.fits, `${name} ${JSON.stringify(example).slice(0, 80)}`);
      assert.equal(lanes.subjects.length > 0, lanes.unhandled === null, name);
      seen++;
    }
  }
  assert.equal(seen, 329);
});

const handled = [
  'issues',
  'issue_comment',
  'pull_request',
  'pull_request_review',
  'check_run',
  'check_suite',
  'status',
  'create',
];

test('a payload sent under the name of another event that is looked at is refused', () => {
  for (const name of handled) {
    for (const other of events.filter((event) => event.name !== name)) {
      for (const example of other.examples) {
        assert.equal(lanesOf(name, example).fits, false, `${other.name} passed for ${name}`);
      }
    }
  }
});

test('threads, commits and their lanes', () => {
  const repository = { id: 7, name: 'shop', owner: { login: 'acme' } };
  const issue = lanesOf('issues', { action: 'opened', issue: { number: 3 }, repository, installation: { id: 5 } });
  assert.ok(issue.fits);
  assert.deepEqual(issue.subjects.map(laneOf), ['7#3']);
  assert.equal(issue.subjects[0]!.installation, 5);
  const sha = 'a'.repeat(40);
  const run = lanesOf('check_run', { action: 'rerequested', check_run: { head_sha: sha }, repository });
  assert.ok(run.fits);
  assert.deepEqual(run.subjects.map(laneOf), [`7@${sha}`]);
});

for (const [what, ref, changed, kinds] of [
  ['changes the rules on the default branch', 'refs/heads/main', ['.github/github-bot.yml'], ['repo', 'branch']],
  ['changes something else', 'refs/heads/main', ['src/a.ts'], ['branch']],
  ['changes the rules on another branch', 'refs/heads/topic', ['.github/github-bot.yml'], ['branch']],
] as const) {
  test(`a push that ${what}`, () => {
    const repository = { id: 7, name: 'shop', owner: { login: 'acme' }, default_branch: 'main' };
    const commits = [{ added: [], modified: changed, removed: [] }];
    const lanes = lanesOf('push', { ref, before: 'a', after: 'b', commits, repository });
    assert.ok(lanes.fits);
    assert.deepEqual(
      lanes.subjects.map(({ kind }) => kind),
      kinds,
    );
    assert.equal(lanes.unhandled === null, kinds.length > 0);
  });
}

test('a new tag has one lane, whichever of its two events tells of it; a deleted one has none', () => {
  const repository = { id: 7, name: 'shop', owner: { login: 'acme' }, default_branch: 'main' };
  const lanes = (event: string, body: object) => {
    const found = lanesOf(event, { ...body, repository });
    assert.ok(found.fits);
    return found.subjects.map(laneOf);
  };
  const made = { ref: 'cart/v1.0.0', master_branch: 'main' };
  const push = { ref: 'refs/tags/cart/v1.0.0', before: 'a', after: 'b', commits: [] };
  assert.deepEqual(lanes('create', { ...made, ref_type: 'tag' }), ['7:refs/tags/cart/v1.0.0']);
  assert.deepEqual(lanes('push', push), ['7:refs/tags/cart/v1.0.0']);
  assert.deepEqual(lanes('push', { ...push, deleted: true }), []);
  assert.deepEqual(lanes('create', { ...made, ref_type: 'branch' }), []);
  assert.deepEqual(lanes('delete', { ref: 'cart/v1.0.0', ref_type: 'tag', pusher_type: 'user' }), []);
});

for (const [what, body] of [
  ['an array', []],
  ['null', null],
  ['a number', 7],
  ['an id beyond what numbers hold', { action: 'x', issue: { number: 2 ** 60 }, repository: { id: 2 ** 60 } }],
  [
    'a wrong type',
    { action: 'opened', issue: { number: 'three' }, repository: { id: 7, name: 'a', owner: { login: 'b' } } },
  ],
] as const) {
  test(`${what} fits no issue event`, () => assert.equal(lanesOf('issues', body).fits, false));
}

test('an event nobody knows is kept and not handled', () => {
  const lanes = lanesOf('sub_issues', { action: 'added' });
  assert.ok(lanes.fits && lanes.unhandled !== null);
});

test('nothing makes it throw', () => {
  const names = fc.constantFrom(...handled, 'push', '__proto__', 'constructor', 'nonsense');
  fc.assert(fc.property(names, fc.anything(), (name, body) => void lanesOf(name, body)));
});
