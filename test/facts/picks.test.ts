import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import picks from '../../app/facts/picks.ts';
import type { Asked } from '../../app/facts/command-facts.ts';
import type { Ask, Learning } from '../../app/facts/fact.ts';
import type { PickTarget, PickWork } from '../../app/facts/pick-facts.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import { Trouble } from '../../app/github/troubles.ts';
import type { World } from '../fake-github/fake-github.ts';
import { startFixture, type Fixture } from '../fake-github/fake-github-fixture.ts';

const us = { login: 'github-bot[bot]', id: 99 };
const world: World = {
  people: { lin: 'admin', chen: 'write', bob: 'read' },
  members: ['lin', 'chen'],
  files: { 'a.txt': 'one\ntwo\nthree\n', 'd/b.txt': '1\n' },
};

async function scene(t: TestContext, more: Partial<World> = {}): Promise<Fixture> {
  const one = await startFixture({ ...world, ...more });
  t.after(() => one.stop());
  await one.github.act('create-branch', { by: 'lin', branch: 'v1' });
  return one;
}

const asked = (branch: string): Asked => ({
  ...{ key: 'IC_1:0', name: 'cherry-pick', module: 'cherry-pick', args: { branches: [branch] }, surface: 'comment' },
  ...{ by: { id: 2003, login: 'chen', bot: false, us: false }, level: 'write', at: '2026-01-05T09:30:00Z', head: '' },
  ...{ tree: '', base: 'main', withdrawn: false },
});

const fill = (route: string, params: Record<string, unknown>) => {
  const left = new Map(Object.entries({ owner: 'acme', repo: 'shop', ...params }));
  const path = route.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(left.get(name));
    left.delete(name);
    return encodeURIComponent(value);
  });
  const query = [...left].filter(([name]) => name !== 'owner' && name !== 'repo');
  return query.length === 0 ? path : `${path}?${new URLSearchParams(query.map(([k, v]) => [k, String(v)])).toString()}`;
};

/** What is learnt of pull request #1 once it was merged and somebody asked for a pick to `v1`. */
async function learnt(one: Fixture, { errors = 4, done = [] as readonly string[] } = {}) {
  const get: Learning['read']['get'] = async (route, params) => {
    const { status, body } = await one.call(fill(route, params));
    if (status === 404) return null;
    if (status >= 400) throw new Trouble('forbidden', 'no', { status });
    return body;
  };
  const commands: Ask['commands'] = { prefix: '/', concerns: () => true, means: () => 'cherry-pick', before: () => '' };
  const untold = { considered: null, head: null, pushedAt: null, openedWith: null };
  const recalled = { ...untold, done, asked: [], pushers: [], errors };
  const ask: Ask = {
    commands,
    recalled,
    who: [],
    marked: { 'pick-label': ['cherrypick/'], callers: ['member'] },
    appId: 1,
  };
  const known = plainFacts({ thread: { state: 'merged', number: 1, title: 'feat: all of it' }, asks: [asked('v1')] });
  const repo = { id: one.github.repo.id, owner: 'acme', name: 'shop' };
  const learning: Learning = {
    answer: { viewer: us, repository: {}, thread: {}, isPull: true },
    subject: { kind: 'thread', repo, installation: 1, number: 1 },
    read: { get, graphql: () => Promise.reject(new Error('nothing else is asked')) },
    ...{ ask, fresh: false, card: '', lasting: new Map(), known },
  };
  return picks.learn(learning);
}

async function targetOf(one: Fixture): Promise<PickTarget> {
  const [target] = (await learnt(one)).targets;
  assert.ok(target);
  return target;
}

function workOf(target: PickTarget): PickWork {
  assert.ok('work' in target, target.state);
  return target.work;
}

const merge = async (one: Fixture, merge_method: string) => {
  const { status, body } = await one.call('PUT /repos/acme/shop/pulls/1/merge', { merge_method });
  assert.equal(status, 200);
  return String(body.sha);
};

/** What the bot would send. */
async function push(one: Fixture, { branch, tree, parent, entries, message, author, committer }: PickWork) {
  const post = async (path: string, body: unknown) => {
    const answer = await one.call(`POST /repos/acme/shop/git/${path}`, body);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };
  const made = await post('trees', { base_tree: tree, tree: entries });
  const commit = await post('commits', { tree: made.sha, message, parents: [parent], author, committer });
  await post('refs', { ref: `refs/heads/${branch}`, sha: commit.sha });
  return String(commit.sha);
}

const two = [
  {
    message: 'feat: first\n\nwith words',
    files: { 'a.txt': 'one\nTWO\nthree\n' },
    author: 'Ann Lee <ann@example.com>',
  },
  { message: 'feat: second', files: { 'd/c.txt': 'new\n' }, author: 'Bo Li <bo@example.com>' },
];
const open = (one: Fixture, commits: unknown = two) =>
  one.github.act('open-pull', { by: 'bob', as: 'pr', title: 'feat: all of it', commits });

suite('what is picked is what landed', () => {
  test('the commit of a squash, with its author and message', async (t) => {
    const one = await scene(t);
    await open(one);
    const sha = await merge(one, 'squash');
    const { message, author, committer, conflicts, entries } = workOf(await targetOf(one));
    assert.equal(message, `feat: all of it (#1)\n\n(cherry picked from commit ${sha})`);
    assert.deepEqual([author.name, conflicts], ['bob', []]);
    assert.deepEqual([committer.name, committer.email], [us.login, '99+github-bot[bot]@users.noreply.github.com']);
    assert.deepEqual(entries.map(({ path }) => path).sort(), ['a.txt', 'd']);
  });

  test('the whole range of a rebase, as one commit of its first author', async (t) => {
    const one = await scene(t);
    await open(one);
    await one.github.act('push-base', { by: 'lin', files: { 'beside.txt': 'x' } });
    const sha = await merge(one, 'rebase');
    const { message, author, entries } = workOf(await targetOf(one));
    assert.match(
      message,
      /^feat: all of it \(#1\)\n\n\* feat: first\n\* feat: second\n\nCo-authored-by: Bo Li <bo@example\.com>\n/,
    );
    assert.match(
      message,
      new RegExp(`\\(cherry picked from commit [0-9a-f]{40}\\)\\n\\(cherry picked from commit ${sha}\\)$`),
    );
    assert.deepEqual([author.name, author.email], ['Ann Lee', 'ann@example.com']);
    assert.deepEqual(entries.map(({ path }) => path).sort(), ['a.txt', 'd']);
  });

  test('of a merge commit the difference to its first parent', async (t) => {
    const one = await scene(t);
    await open(one);
    await one.github.act('push-base', { by: 'lin', files: { 'beside.txt': 'x' } });
    const sha = await merge(one, 'merge');
    const { message, author, entries } = workOf(await targetOf(one));
    assert.ok(message.endsWith(`\n(cherry picked from commit ${sha})`));
    assert.equal(author.name, 'Ann Lee');
    assert.deepEqual(entries.map(({ path }) => path).sort(), ['a.txt', 'd']);
  });

  test('a single commit keeps a block of trailers', async (t) => {
    const one = await scene(t);
    await open(one, [{ message: 'fix: x\n\nWhy.\n\nSigned-off-by: Ann <ann@example.com>', files: { 'x.txt': '1' } }]);
    const sha = await merge(one, 'rebase');
    const { message } = workOf(await targetOf(one));
    assert.ok(
      message.endsWith(`\n\nSigned-off-by: Ann <ann@example.com>\n(cherry picked from commit ${sha})`),
      message,
    );
  });

  test('where the base was moved onto a branch that ends in a merge nobody can tell', async (t) => {
    const one = await scene(t);
    await open(one);
    await one.github.act('push-base', { by: 'lin', files: { 'beside.txt': 'x' } });
    assert.equal((await one.call('PUT /repos/acme/shop/pulls/1/update-branch', {})).status, 202);
    const head = one.github.thread('pr').head;
    assert.equal((await one.call('PATCH /repos/acme/shop/git/refs/heads/main', { sha: head })).status, 200);
    assert.equal((await targetOf(one)).state, 'unclear');
  });

  test('a merge commit that GitHub does not show yet is waited for', async (t) => {
    const one = await scene(t);
    await open(one);
    await assert.rejects(learnt(one, { errors: 0 }), (error: Trouble) => error.kind === 'later');
    assert.equal((await targetOf(one)).state, 'unclear');
  });
});

suite('our own branch', () => {
  test('is known by what it holds, also when its target moved on, and the same work is the same commit', async (t) => {
    const one = await scene(t);
    await open(one);
    await merge(one, 'squash');
    const work = workOf(await targetOf(one));
    const sha = await push(one, work);
    assert.deepEqual(await targetOf(one), { branch: 'v1', state: 'pushed', work });
    await one.github.act('push-base', { by: 'lin', branch: 'v1', files: { 'later.txt': '1' } });
    assert.deepEqual(await targetOf(one), { branch: 'v1', state: 'pushed', work });
    await one.call(`DELETE /repos/acme/shop/git/refs/heads/${work.branch}`);
    one.pass(60_000);
    assert.equal(await push(one, work), sha);
  });

  const others: readonly (readonly [string, (work: PickWork) => PickWork])[] = [
    [
      'has a file more',
      (work) => ({ ...work, entries: [...work.entries, { path: 'e', mode: '100644', type: 'blob', content: 'e' }] }),
    ],
    ['has a file less', (work) => ({ ...work, entries: work.entries.slice(1) })],
    [
      'has another text',
      ({ entries: [first, ...rest], ...work }) => ({
        ...work,
        entries: [{ ...first!, content: 'x', sha: undefined }, ...rest] as PickWork['entries'],
      }),
    ],
    [
      'has another mode',
      ({ entries, ...work }) => ({
        ...work,
        entries: entries.map((one) => (one.type === 'blob' ? { ...one, mode: '100755' } : one)),
      }),
    ],
  ];
  for (const [title, spoil] of others) {
    test(`is not one that ${title}`, async (t) => {
      const one = await scene(t);
      await open(one);
      await merge(one, 'squash');
      await push(one, spoil(workOf(await targetOf(one))));
      assert.deepEqual(await targetOf(one), { branch: 'v1', state: 'foreign' });
    });
  }

  test('is not one with a commit more, nor the tip of the target itself', async (t) => {
    const one = await scene(t);
    await open(one);
    await merge(one, 'squash');
    const work = workOf(await targetOf(one));
    await push(one, work);
    await one.github.act('push-base', { by: 'chen', branch: work.branch, files: { 'more.txt': '1' } });
    assert.equal((await targetOf(one)).state, 'foreign');
    await one.call(`DELETE /repos/acme/shop/git/refs/heads/${work.branch}`);
    await one.github.act('create-branch', { by: 'chen', branch: work.branch, from: 'v1' });
    assert.equal((await targetOf(one)).state, 'foreign');
  });
});

suite('targets', () => {
  test('a conflict is named, with both sides between markers that name commits only', async (t) => {
    const one = await scene(t);
    await open(one);
    await one.github.act('push-base', { by: 'lin', branch: 'v1', files: { 'a.txt': 'one\nother\nthree\n' } });
    const sha = await merge(one, 'squash');
    const { conflicts, entries, parent } = workOf(await targetOf(one));
    assert.deepEqual(conflicts, [{ path: 'a.txt', kind: 'text' }]);
    const [text] = entries.flatMap((entry) => ('content' in entry ? [entry.content] : []));
    const [ours, theirs] = [parent.slice(0, 12), `${sha.slice(0, 12)} (#1)`];
    assert.equal(text, `one\n<<<<<<< ${ours}\nother\n=======\nTWO\n>>>>>>> ${theirs}\nthree\n`);
  });

  test('one that is gone is missing; one made from the base contains it', async (t) => {
    const one = await scene(t);
    await open(one);
    await merge(one, 'squash');
    await one.call('DELETE /repos/acme/shop/git/refs/heads/v1');
    assert.equal((await targetOf(one)).state, 'missing');
    await one.github.act('create-branch', { by: 'lin', branch: 'v1', from: 'main' });
    await one.github.act('push-base', { by: 'lin', branch: 'v1', files: { 'a.txt': 'all new\n' } });
    assert.equal((await targetOf(one)).state, 'contained');
  });

  test('a pull request from our branch is found whatever its base is by now, an open one first', async (t) => {
    const one = await scene(t);
    await open(one);
    await merge(one, 'squash');
    await push(one, workOf(await targetOf(one)));
    const made = await one.call('POST /repos/acme/shop/pulls', {
      title: 'x',
      head: 'cherry-pick-1-to-v1',
      base: 'v1',
      draft: true,
    });
    const pull = { number: made.body.number, state: 'open', draft: true, ours: false, assigned: false };
    assert.deepEqual(await targetOf(one), { branch: 'v1', state: 'made', pull });
    await one.call(`PATCH /repos/acme/shop/pulls/${pull.number}`, { base: 'main', state: 'closed' });
    assert.deepEqual(await targetOf(one), { branch: 'v1', state: 'made', pull: { ...pull, state: 'closed' } });
  });

  test('what was dealt with is not looked at again', async (t) => {
    const one = await scene(t);
    await open(one);
    await merge(one, 'squash');
    const before = one.github.journal.length;
    const { targets } = await learnt(one, { done: ['cherry-pick:v1:IC_1:0'] });
    assert.deepEqual([targets, one.github.journal.length], [[], before]);
  });
});
