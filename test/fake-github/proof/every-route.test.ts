import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from '../fake-github-fixture.ts';
import { listedRoutes, routeName, verdictOn } from './routes-page.ts';

test('GitHub describes every route of the fake', () => {
  const unknown = listedRoutes()
    .map(routeName)
    .filter((route) => verdictOn(route) === null);
  assert.deepEqual(unknown, []);
});

/** Calls as the bot, in order; `{name}` is what `learn` found. The start of a path without an owner is the repository. */
const calls: readonly (readonly [string, unknown?])[] = [
  ['GET /installation/repositories'],
  ['GET /rate_limit'],
  ['GET '],
  ['GET hooks'],
  ['GET issues?state=all'],
  ['POST issues', { title: 'x', labels: ['bug'], assignees: ['chen'], milestone: 1 }],
  ['GET issues/1'],
  ['GET issues/2'],
  ['PATCH issues/1', { title: 'y', state: 'closed', state_reason: 'not_planned' }],
  ['PUT issues/1/lock', { lock_reason: 'spam' }],
  ['DELETE issues/1/lock'],
  ['GET issues/comments?sort=updated'],
  ['GET issues/1/comments'],
  ['POST issues/1/comments', { body: 'x' }],
  ['GET issues/comments/{said}'],
  ['PATCH issues/comments/{said}', { body: 'y' }],
  ['POST issues/comments/{said}/reactions', { content: 'eyes' }],
  ['GET issues/comments/{said}/reactions'],
  ['DELETE issues/comments/{said}/reactions/{reaction}'],
  ['DELETE issues/comments/{said}'],
  ['POST issues/1/reactions', { content: 'eyes' }],
  ['GET issues/1/reactions'],
  ['DELETE issues/1/reactions/{reaction}'],
  ['POST issues/1/labels', { labels: ['new'] }],
  ['PUT issues/1/labels', { labels: ['bug', 'newer'] }],
  ['GET issues/1/labels'],
  ['DELETE issues/1/labels/bug'],
  ['DELETE issues/1/labels'],
  ['GET labels'],
  ['POST labels', { name: 'z', color: 'ff0000' }],
  ['PATCH labels/z', { new_name: 'zz', description: 'last' }],
  ['GET labels/zz'],
  ['DELETE labels/zz'],
  ['GET milestones'],
  ['POST milestones', { title: 'v9' }],
  ['PATCH milestones/2', { description: 'soon' }],
  ['PATCH milestones/2', { state: 'closed' }],
  ['GET assignees/lin'],
  ['GET issues/1/assignees/lin'],
  ['POST issues/1/assignees', { assignees: ['lin'] }],
  ['DELETE issues/1/assignees', { assignees: ['lin'] }],
  ['GET issues/1/events'],
  ['GET collaborators'],
  ['GET collaborators/bob'],
  ['GET collaborators/bob/permission'],
  ['GET /orgs/acme'],
  ['GET /orgs/acme/members'],
  ['GET /orgs/acme/members/lin'],
  ['GET /orgs/acme/memberships/lin'],
  ['GET /orgs/acme/teams'],
  ['GET /orgs/acme/teams/reviewers'],
  ['GET /orgs/acme/teams/reviewers/members'],
  ['GET /orgs/acme/teams/reviewers/memberships/chen'],
  ['GET /users/bob'],
  ['GET /user/{bob}'],
  ['GET pulls?state=all'],
  ['GET pulls/2'],
  ['GET pulls/3'],
  ['GET pulls/2/files'],
  ['GET pulls/2/commits'],
  ['GET commits/{head}/pulls'],
  ['POST pulls/2/requested_reviewers', { reviewers: ['lin'], team_reviewers: ['reviewers'] }],
  ['GET pulls/2/requested_reviewers'],
  ['DELETE pulls/2/requested_reviewers', { reviewers: ['lin'], team_reviewers: ['reviewers'] }],
  ['POST pulls/2/reviews', { event: 'COMMENT', body: 'x' }],
  ['GET pulls/2/reviews'],
  ['GET pulls/2/reviews/{review}'],
  ['PUT pulls/2/reviews/{review}/dismissals', { message: 'stale' }],
  ['GET pulls/2/comments'],
  ['PATCH pulls/2', { title: 'feat: z', body: 'why' }],
  ['GET issues/2/timeline'],
  ['GET issues/2/events'],
  ['POST check-suites', { head_sha: '{main}' }],
  ['PATCH check-runs/{run}', { status: 'in_progress', output: { title: 'a', summary: 'b' } }],
  ['GET check-runs/{run}'],
  ['GET check-runs/{run}/annotations'],
  ['POST check-runs/{run}/rerequest'],
  ['GET commits/{head}/check-runs'],
  ['GET commits/{head}/check-suites'],
  ['GET check-suites/{suite}'],
  ['GET check-suites/{suite}/check-runs'],
  ['POST check-suites/{suite}/rerequest'],
  ['POST statuses/{head}', { state: 'pending', context: 'ci', description: 'soon' }],
  ['GET commits/{head}/statuses'],
  ['GET commits/{head}/status'],
  ['GET contents'],
  ['GET contents/src'],
  ['GET contents/README.md'],
  ['GET compare/main...x'],
  ['GET commits?sha=x'],
  ['GET commits/{head}'],
  ['GET branches'],
  ['GET branches/main'],
  ['GET branches/release'],
  ['GET branches/stable/protection'],
  ['GET rules/branches/stable'],
  ['GET rulesets'],
  ['GET rulesets/{ruleset}'],
  ['GET activity'],
  ['POST git/blobs', { content: 'x' }],
  ['GET git/blobs/{blob}'],
  ['POST git/trees', { base_tree: '{tree}', tree: [{ path: 'n.txt', mode: '100644', type: 'blob', content: 'n' }] }],
  ['GET git/trees/{tree}?recursive=1'],
  ['POST git/commits', { message: 'm', tree: '{tree}', parents: ['{main}'] }],
  ['GET git/commits/{main}'],
  ['POST git/refs', { ref: 'refs/heads/n', sha: '{main}' }],
  ['GET git/ref/heads/n'],
  ['GET git/matching-refs/heads'],
  ['PATCH git/refs/heads/n', { sha: '{head}', force: true }],
  ['POST merges', { base: 'release', head: 'tags/v0.1.0' }],
  ['DELETE git/refs/heads/n'],
  ['POST git/refs', { ref: 'refs/heads/n2', sha: '{head}' }],
  ['POST pulls', { title: 'feat: n', head: 'n2', base: 'release', draft: true }],
  ['PUT pulls/2/update-branch', {}],
  ['PUT pulls/2/merge', { merge_method: 'squash' }],
  ['GET pulls/2/merge'],
  ['POST releases', { tag_name: 'v0.1.0', name: 'first', body: 'x' }],
  ['GET releases'],
  ['GET releases/latest'],
  ['GET releases/tags/v0.1.0'],
  ['GET releases/{release}'],
  ['PATCH releases/{release}', { name: 'n' }],
  ['DELETE releases/{release}'],
  ['POST releases/generate-notes', { tag_name: 'v2', previous_tag_name: 'v0.1.0' }],
  ['GET tags'],
  ['GET actions/workflows'],
  ['GET actions/workflows/ci.yml'],
  ['POST actions/workflows/ci.yml/dispatches', { ref: 'main', inputs: { dry: 'yes' } }],
  ['GET actions/workflows/ci.yml/runs'],
  ['GET actions/runs?status=completed'],
  ['GET actions/runs/{job}'],
  ['GET actions/runs/{job}/jobs'],
  ['POST actions/runs/{job}/rerun'],
  ['POST actions/runs/{job}/cancel'],
  ['POST actions/runs/{job}/rerun-failed-jobs'],
  ['POST actions/runs/{job}/cancel'],
  // The first job of the third attempt.
  ['POST actions/jobs/{job}0300/rerun'],
  ['POST actions/runs/{waiting}/approve'],
  ['POST deployments', { ref: 'main', required_contexts: [], environment: 'staging', payload: { by: 'lin' } }],
  ['GET deployments'],
  ['GET deployments/{deployment}'],
  ['POST deployments/{deployment}/statuses', { state: 'success', log_url: 'https://ci.test/1' }],
  ['GET deployments/{deployment}/statuses'],
  ['POST /app-manifests/fresh/conversions'],
  ['GET /search/issues?q=is:open'],
  ['POST /graphql', { query: '{ viewer { login } }' }],
  ['GET hooks/909090/deliveries'],
  ['GET hooks/909090/deliveries/{delivery}'],
  ['POST hooks/909090/deliveries/{delivery}/attempts'],
  ['DELETE /installation/token'],
];

const asApp: readonly string[] = [
  'GET /app',
  'GET /app/installations',
  'GET /app/installations/808080',
  'GET /repos/acme/shop/installation',
  'GET /orgs/acme/installation',
  'GET /app/hook/config',
  'GET /app/hook/deliveries',
  'GET /app/hook/deliveries/{delivery}',
  'POST /app/hook/deliveries/{delivery}/attempts',
];

/** Routes that nobody of this test may call with success, with the reason. */
const closed: Readonly<Record<string, string>> = {
  'GET /user': 'for personal tokens only; see tokens.test.ts',
};

let one: Fixture;
before(async () => {
  one = await startFixture({
    people: { lin: 'admin', chen: 'write', bob: 'read' },
    members: ['lin', 'chen'],
    teams: { reviewers: ['chen'] },
    labels: ['bug'],
    milestones: ['v1.0'],
    files: {
      'README.md': 'Shop\n',
      'src/a.ts': 'export {}\n',
      '.github/workflows/ci.yml': 'name: CI\non: [push, workflow_dispatch]\njobs: {build: {}}\n',
    },
    permissions: { administration: 'read' },
    protection: { stable: { checks: [{ name: 'build', app: 'ci' }, 'lint'], strict: true, approvals: 1 } },
    rulesets: [{ branches: ['stable'], checks: ['docs'], methods: ['squash'], linear: true, queue: true }],
  });
});
after(() => one.stop());

async function build(): Promise<void> {
  const act = (step: string, keys: Record<string, unknown>) => one.github.act(step, keys);
  await act('open-issue', { by: 'bob', as: 'issue', title: 'It breaks', labels: ['bug'] });
  await act('open-pull', { by: 'chen', as: 'pull', title: 'feat: x', branch: 'x', files: { 'x.txt': 'x' } });
  await act('open-pull', { by: 'bob', as: 'forked', title: 'feat: y', files: { 'y.txt': 'y' }, fork: true });
  await act('comment', { of: 'issue', by: 'bob', as: 'said', body: 'x' });
  await act('review', { of: 'pull', by: 'lin', as: 'review', state: 'approve', body: 'good' });
  await act('milestone', { of: 'issue', by: 'lin', title: 'v1.0' });
  await act('label', { of: 'pull', by: 'lin', labels: ['bug'] });
  await act('status', { of: 'pull', name: 'ci', state: 'success' });
  await act('create-branch', { by: 'lin', branch: 'release', from: 'main' });
  await act('create-branch', { by: 'lin', branch: 'stable', from: 'main' });
  await act('push-base', { by: 'lin' });
  await act('workflow-run', { workflow: 'ci.yml', conclusion: 'failure' });
  await act('workflow-run', { workflow: 'ci.yml', of: 'forked', conclusion: 'action_required' });
  await act('app-manifest', { code: 'fresh', manifest: { name: 'Bot', url: 'https://bot.test' } });
  await act('tag', { by: 'lin', name: 'v0.1.0' });
  await one.quiet();
}

/** Numbers and hashes that calls need, from what GitHub shows. */
async function learn(): Promise<Record<string, string>> {
  const get = async (path: string, body?: unknown) =>
    (await one.call(`${path.replace(' ', ' /repos/acme/shop/')}`, body)).body;
  const head = one.github.thread('pull').head ?? '';
  const annotations = [{ path: 'x.txt', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'x' }];
  const output = { title: 'a', summary: 'b', annotations };
  const run = await get('POST check-runs', { name: 'a', head_sha: head, conclusion: 'neutral', output });
  const main = await get('GET commits/main');
  const { id: reaction } = await get('POST issues/1/reactions', { content: 'heart' });
  const [review] = await get('GET pulls/2/reviews');
  const { sha: blob } = await get('GET contents/README.md');
  const { body: bob } = await one.call('GET /users/bob');
  const [ruleset] = await get('GET rulesets');
  const [job] = (await get('GET actions/runs?status=failure')).workflow_runs;
  const [waiting] = (await get('GET actions/runs?status=action_required')).workflow_runs;
  const { body: deliveries } = await one.asApp('GET /app/hook/deliveries');
  const said = one.github.thread('issue').comments[0]?.id;
  const ids = { run: run.id, suite: run.check_suite.id, reaction, review: review.id, bob: bob.id, said };
  const others = { ruleset: ruleset.id, job: job.id, waiting: waiting.id };
  const texts = { head, blob, main: main.sha, tree: main.commit.tree.sha, delivery: deliveries[0].id };
  return Object.fromEntries(
    Object.entries({ ...ids, ...others, ...texts }).map(([name, value]) => [name, String(value)]),
  );
}

test('every route answers as GitHub describes', async () => {
  await build();
  const known = await learn();
  const filled = (text: string) => text.replace(/\{([a-z]+)\}/g, (_, name: string) => known[name] ?? name);
  for (const [call, body] of calls) {
    const [method = '', path = ''] = filled(call).split(' ');
    const route = `${method} ${path.startsWith('/') ? path : `/repos/acme/shop/${path}`.replace(/\/$/, '')}`;
    const sent = body === undefined ? undefined : (JSON.parse(filled(JSON.stringify(body))) as unknown);
    const answer = await one.call(route, sent);
    assert.ok(answer.status < 300, `${call}: ${answer.status} ${JSON.stringify(answer.body)}`);
    const made = /^POST .*\b(reaction|release|deployment)s$/.exec(call)?.[1];
    if (made !== undefined) known[made] = String(answer.body.id);
  }
  for (const route of asApp) assert.ok((await one.asApp(filled(route))).status < 300, route);
  await one.quiet();
  assert.deepEqual(one.github.takeViolations(), []);
  const called = new Set(one.github.journal.filter(({ status }) => status < 300).map(({ route }) => route));
  const silent = listedRoutes()
    .map(routeName)
    .filter((route) => !called.has(route) && closed[route] === undefined);
  assert.deepEqual(silent, [], 'add a call to each new route');
});
