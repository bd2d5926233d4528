import assert from 'node:assert/strict';
import { test } from 'node:test';
import examples from '@octokit/webhooks-examples' with { type: 'json' };
import { lanesOf } from '../../app/receive/lanes-of.ts';
import { nameOf } from '../../app/subject.ts';

type Examples = { name: string; examples: Record<string, unknown>[] }[];
const all = examples as unknown as Examples;

const repository = { id: 7, name: 'shop', owner: { login: 'acme' } };
const installation = { id: 5 };
const listed = [
  { id: 7, name: 'shop', full_name: 'acme/shop' },
  { id: 8, name: '.github', full_name: 'acme/.github' },
];

function subjectsOf(event: string, payload: object): string[] | null {
  const lanes = lanesOf(event, payload);
  if (!lanes.fits) return null;
  assert.ok(lanes.subjects.every(({ kind }) => kind === 'repo' || kind === 'installation'));
  return lanes.subjects.map((subject) => `${nameOf(subject)} ${subject.repo.id} ${subject.installation}`);
}

for (const action of ['created', 'unsuspend', 'new_permissions_accepted']) {
  test(`installation.${action} decides every repository anew`, () => {
    const seen = subjectsOf('installation', { action, installation, repositories: listed, sender: {} });
    assert.deepEqual(seen, ['acme/shop 7 5', 'acme/.github 8 5']);
  });
}

for (const action of ['created', 'unsuspend', 'new_permissions_accepted']) {
  test(`installation.${action} without a list of repositories is for the worker to ask about`, () => {
    const whole = { id: 5, account: { login: 'acme' } };
    assert.deepEqual(subjectsOf('installation', { action, installation: whole, sender: {} }), [
      'acme (installation 5) 0 5',
    ]);
    const nobody = { id: 5, account: null };
    assert.deepEqual(subjectsOf('installation', { action, installation: nobody, sender: {} }), [
      ' (installation 5) 0 5',
    ]);
  });
}

test('more repositories than may be looked at at once are for the worker to ask about', () => {
  const whole = { id: 5, account: { login: 'acme' } };
  const many = Array.from({ length: 21 }, (_, id) => ({ id, name: `r${id}`, full_name: `acme/r${id}` }));
  const created = { action: 'created', installation: whole, repositories: many, sender: {} };
  assert.deepEqual(subjectsOf('installation', created), ['acme (installation 5) 0 5']);
  const added = { action: 'added', installation: whole, repositories_added: many, sender: {} };
  assert.deepEqual(subjectsOf('installation_repositories', added), ['acme (installation 5) 0 5']);
  const few = { ...added, repositories_added: many.slice(1) };
  assert.equal(subjectsOf('installation_repositories', few)?.length, 20);
});

for (const action of ['suspend', 'deleted']) {
  test(`installation.${action} starts no work`, () => {
    assert.deepEqual(subjectsOf('installation', { action, installation, repositories: listed, sender: {} }), []);
  });
}

test('repositories that were added are decided anew, removed ones are left alone', () => {
  const payload = { installation, repositories_added: listed, repositories_removed: [], sender: {} };
  assert.equal(subjectsOf('installation_repositories', { ...payload, action: 'added' })?.length, 2);
  const removed = { ...payload, action: 'removed', repositories_added: [], repositories_removed: listed };
  assert.deepEqual(subjectsOf('installation_repositories', removed), []);
});

for (const [action, woken] of [
  ['renamed', true],
  ['transferred', true],
  ['unarchived', true],
  ['publicized', true],
  ['privatized', true],
  ['archived', false],
  ['created', false],
  ['deleted', false],
] as const) {
  test(`repository.${action}`, () => {
    const seen = subjectsOf('repository', { action, repository, installation, sender: {} });
    assert.deepEqual(seen, woken ? ['acme/shop 7 5'] : []);
  });
}

test('another default branch has other rules, another description has not', () => {
  const edited = { action: 'edited', repository, installation, sender: {} };
  const branch = { ...edited, changes: { default_branch: { from: 'master' } } };
  assert.deepEqual(subjectsOf('repository', branch), ['acme/shop 7 5']);
  assert.deepEqual(subjectsOf('repository', { ...edited, changes: { description: { from: '' } } }), []);
});

test('protection of a branch and rule sets decide the repository anew', () => {
  const rule = { action: 'edited', rule: {}, repository, installation, sender: {} };
  assert.deepEqual(subjectsOf('branch_protection_rule', rule), ['acme/shop 7 5']);
  const ruleset = { action: 'edited', repository_ruleset: {}, repository, installation, sender: {} };
  assert.deepEqual(subjectsOf('repository_ruleset', ruleset), ['acme/shop 7 5']);
});

test('a rule set of a whole organisation names no repository', () => {
  const lanes = lanesOf('repository_ruleset', {
    action: 'edited',
    repository_ruleset: {},
    organization: {},
    sender: {},
  });
  assert.ok(lanes.fits);
  assert.match(lanes.unhandled ?? '', /no repository/);
});

test('no other event passes for one of a repository or an installation', () => {
  // These three differ from one another in nothing but their action.
  const alike = ['repository', 'installation', 'public'];
  for (const { name, examples } of all.filter((event) => !alike.includes(event.name))) {
    for (const example of examples) {
      if (!Object.hasOwn(example, 'action')) continue;
      const extra = Object.keys(example).filter((key) => !['changes', 'member', 'membership'].includes(key)).length;
      const passes = subjectsOf('repository', example);
      assert.ok(passes === null || passes.length === 0 || extra <= 6, `${name} passed for repository`);
    }
  }
});

test('an installation whose repositories are no repositories is refused', () => {
  assert.equal(subjectsOf('installation', { action: 'created', installation, repositories: [{ id: 'x' }] }), null);
});
