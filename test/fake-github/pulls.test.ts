import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
const repo = '/repos/acme/shop';
before(async () => {
  one = await startFixture({
    people: { lin: 'admin', chen: 'write', bob: 'read' },
    protection: { main: { checks: ['build'], approvals: 1 } },
    files: { 'src/a.ts': 'one\ntwo\nthree\nfour\nfive\n' },
  });
});
after(() => one.stop());

const settle = async () => {
  await one.quiet();
  return one.heard.splice(0).map(({ event, payload }) => `${event}.${payload.action ?? ''}`);
};

test('a pull request has real commits and files', async () => {
  await one.github.act('open-pull', {
    by: 'bob',
    as: 'pr',
    title: 'feat: change',
    commits: [
      { message: 'feat: one', files: { 'src/a.ts': 'one\nTWO\nthree\nfour\nfive\n' } },
      { message: 'fix: two', files: { 'src/b.ts': 'new\n' }, author: 'Ann <ann@example.com>' },
    ],
  });
  assert.deepEqual(await settle(), ['create.', 'push.', 'check_suite.requested', 'pull_request.opened']);
  const { body } = await one.call(`GET ${repo}/pulls/1`);
  assert.deepEqual([body.commits, body.changed_files, body.additions, body.deletions], [2, 2, 2, 1]);
  assert.deepEqual(
    [body.head.ref, body.base.ref, body.mergeable, body.mergeable_state],
    ['p-pr', 'main', true, 'blocked'],
  );
  const files = await one.call(`GET ${repo}/pulls/1/files`);
  assert.equal(files.body[0].patch, '@@ -1,5 +1,5 @@\n one\n-two\n+TWO\n three\n four\n five');
  const commits = await one.call(`GET ${repo}/pulls/1/commits`);
  assert.deepEqual(
    commits.body.map((entry: any) => entry.author?.login ?? null),
    ['bob', null],
  );
});

test('pushes: one more, the same tree again, forced', async () => {
  const first = one.github.thread('pr').head;
  await one.github.act('push', { of: 'pr', by: 'bob', files: { 'src/c.ts': 'c\n' } });
  const second = one.github.thread('pr').head ?? '';
  one.pass(61_000);
  await one.github.act('push', { of: 'pr', by: 'bob', 'same-tree': true });
  const third = one.github.thread('pr').head ?? '';
  assert.equal(new Set([first, second, third]).size, 3);
  const tree = async (sha: string) => (await one.call(`GET ${repo}/git/commits/${sha}`)).body.tree.sha;
  assert.equal(await tree(second), await tree(third));
  await settle();
  await one.github.act('push', {
    of: 'pr',
    by: 'bob',
    force: true,
    files: { 'src/a.ts': 'one\n2\nthree\nfour\nfive\n' },
  });
  await one.quiet();
  const { payload } = one.heard.find(({ event }) => event === 'push') ?? {};
  assert.equal(payload.forced, true);
  assert.deepEqual(await settle(), ['push.', 'check_suite.requested', 'pull_request.synchronize']);
  assert.equal((await one.call(`GET ${repo}/pulls/1`)).body.commits, 1);
});

test('a base that changes the same line conflicts; another line merges', async () => {
  await one.github.act('push-base', { by: 'lin', files: { 'src/a.ts': 'one\ntwo\nthree\nfour\nFIVE\n' } });
  assert.equal((await one.call(`GET ${repo}/pulls/1`)).body.mergeable, true);
  await one.github.act('open-pull', {
    by: 'bob',
    as: 'clash',
    title: 'fix: five',
    files: { 'src/a.ts': 'one\ntwo\nthree\nfour\n5\n' },
  });
  await one.github.act('push-base', { by: 'lin', files: { 'src/a.ts': 'one\ntwo\nthree\nfour\nfive!\n' } });
  const { body } = await one.call(`GET ${repo}/pulls/2`);
  assert.deepEqual([body.mergeable, body.mergeable_state], [false, 'dirty']);
});

test('a fork hears no check suite and check events name no pull request', async () => {
  await settle();
  await one.github.act('open-pull', { by: 'bob', as: 'forked', title: 'docs: x', fork: true, files: { 'x.md': 'x' } });
  assert.deepEqual(await settle(), ['pull_request.opened']);
  const { body } = await one.call(`GET ${repo}/pulls/3`);
  assert.deepEqual([body.head.repo.full_name, body.head.label], ['bob/shop', 'bob:p-forked']);
  await one.call(`POST ${repo}/check-runs`, {
    name: 'github-bot (main)',
    head_sha: body.head.sha,
    conclusion: 'success',
  });
  await one.quiet();
  assert.deepEqual(one.heard[0]?.payload.check_run.pull_requests, []);
});

test('merging: blocked, wrong sha, then for real', async () => {
  const head = one.github.thread('pr').head;
  const merge = (sha: string | null) => one.call(`PUT ${repo}/pulls/1/merge`, { sha, merge_method: 'squash' });
  const blocked = await merge(head);
  assert.deepEqual(
    [blocked.status, blocked.body.message],
    [405, 'At least 1 approving review is required by reviewers with write access.'],
  );
  await one.github.act('review', { of: 'pr', by: 'chen', as: 'yes', state: 'approve' });
  assert.equal((await merge(head)).body.message, 'Required status check "build" is expected.');
  await one.github.act('check', { of: 'pr', name: 'build', conclusion: 'success' });
  assert.equal((await merge('0'.repeat(40))).status, 409);
  await settle();
  assert.equal((await merge(head)).status, 200);
  const view = one.github.thread('pr');
  assert.deepEqual(
    [view.state, view.mergedBy, view.mergeMethod, view.mergedShaIsHead],
    ['merged', 'github-bot[bot]', 'squash', true],
  );
  assert.deepEqual(await settle(), ['push.', 'check_suite.requested', 'pull_request.closed']);
  assert.match(one.github.repository().file('main', 'src/a.ts') ?? '', /^one\n2\n/);
});

test('moving the base over a head marks the pull request merged', async () => {
  await one.github.act('create-branch', { by: 'lin', branch: 'next' });
  await one.github.act('open-pull', {
    by: 'bob',
    as: 'pooled',
    title: 'feat: pooled',
    base: 'next',
    files: { 'p.txt': 'p' },
  });
  const head = one.github.thread('pooled').head ?? '';
  const base = (await one.call(`GET ${repo}/git/ref/heads/next`)).body.object.sha;
  await one.call(`POST ${repo}/git/refs`, { ref: 'refs/heads/gh-bot/merge/next/1', sha: base });
  const merged = await one.call(`POST ${repo}/merges`, { base: 'gh-bot/merge/next/1', head });
  assert.equal(merged.status, 201);
  await one.github.act('check', { of: 'pooled', on: 'pool', name: 'build', conclusion: 'success' });
  assert.deepEqual(
    (await one.call(`GET ${repo}/commits/${merged.body.sha}/check-runs`)).body.check_runs[0].conclusion,
    'success',
  );
  assert.equal((await one.call(`PATCH ${repo}/git/refs/heads/next`, { sha: merged.body.sha })).status, 200);
  const view = one.github.thread('pooled');
  assert.deepEqual([view.state, view.mergeMethod, view.mergedShaIsHead], ['merged', 'merge', true]);
});

test('reviews may not be asked of the author, nor of strangers', async () => {
  const ask = (reviewers: string[]) => one.call(`POST ${repo}/pulls/2/requested_reviewers`, { reviewers });
  assert.deepEqual([(await ask(['chen', 'bob'])).status, one.github.thread('clash').reviewers], [422, []]);
  assert.equal((await ask(['stranger'])).status, 422);
  assert.equal((await ask(['chen'])).status, 201);
  assert.deepEqual(one.github.thread('clash').reviewers, ['chen']);
});

test('an asked re-run reads pending until our App writes the run again', async () => {
  const name = 'github-bot (main)';
  await one.github.act('rerequest', { of: 'forked' });
  assert.equal(one.github.commit('forked').checks[name], 'pending');
  const sha = one.github.thread('forked').head;
  const { body } = await one.call(`GET ${repo}/commits/${sha}/check-suites`);
  assert.deepEqual([body.check_suites[0].status, body.check_suites[0].conclusion], ['queued', null]);
  const run = (await one.call(`GET ${repo}/commits/${sha}/check-runs`)).body.check_runs[0];
  assert.deepEqual([run.status, run.conclusion], ['completed', 'success']);
  await one.call(`PATCH ${repo}/check-runs/${run.id}`, { conclusion: 'success' });
  assert.equal(one.github.commit('forked').checks[name], 'success');
});

test('update-branch brings the base in', async () => {
  await one.github.act('push-base', { by: 'lin', files: { 'z.txt': 'z' } });
  const head = one.github.thread('forked').head;
  const wrong = await one.call(`PUT ${repo}/pulls/3/update-branch`, { expected_head_sha: '0'.repeat(40) });
  assert.equal(wrong.status, 422);
  assert.equal((await one.call(`PUT ${repo}/pulls/3/update-branch`, { expected_head_sha: head })).status, 202);
  const { body } = await one.call(`GET ${repo}/compare/main...${one.github.thread('forked').head}`);
  assert.deepEqual([body.status, body.behind_by, body.files.length], ['ahead', 0, 1]);
});
