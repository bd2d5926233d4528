import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from './fake-github-fixture.ts';
import { allRoutes } from './routes/all-routes.ts';

const repo = '/repos/{owner}/{repo}';

interface Operation {
  readonly parameters?: readonly { readonly $ref?: string; readonly name?: string }[];
}
const { paths } = createRequire(import.meta.url)('@octokit/openapi/generated/api.github.com.json') as {
  paths: Record<string, { get?: Operation }>;
};
const plain = (path: string) => path.replace(/\{[^}]*\}/g, '{}');
const described = new Map(Object.entries(paths).map(([path, item]) => [plain(path), item.get]));

/** Whether GitHub says that this route takes `page`. */
const isPaged = (template: string) =>
  described.get(plain(template))?.parameters?.some(({ $ref, name }) => ($ref?.split('/').at(-1) ?? name) === 'page');

const templates = allRoutes({} as never, {} as never, {} as never)
  .filter(({ method, template }) => method === 'GET' && isPaged(template))
  .map(({ template }) => template);

/** What stands in a world where there is nothing, or only one. */
const short = [
  ...['/app/installations', '/installation/repositories', `${repo}/hooks`, `${repo}/rulesets`],
  ...[`${repo}/rules/branches/{branch}`, `${repo}/pulls/{pull_number}/comments`, `${repo}/actions/runs/{run_id}/jobs`],
];

let one: Fixture;
const values: Record<string, string> = {};
before(async () => {
  const people = { lin: 'admin', wu: 'write' } as const;
  const flow = (name: string) => `name: ${name}\non: {workflow_dispatch: {}, push: {}, pull_request: {}}\n`;
  const files = { '.github/workflows/ci.yml': flow('ci'), '.github/workflows/cd.yml': flow('cd') };
  const teams = { one: ['lin', 'wu'], two: ['wu'] };
  one = await startFixture({
    people,
    members: ['lin', 'wu'],
    teams,
    labels: ['a', 'b'],
    milestones: ['m', 'n'],
    files,
  });
  const act = (step: string, keys: Record<string, unknown>) => one.github.act(step, keys);
  await act('create-branch', { branch: 'v1' });
  await act('push-base', {});
  await act('open-issue', { by: 'lin', as: 'issue', title: 'x', labels: ['a', 'b'] });
  for (const as of ['c', 'd']) await act('comment', { of: 'issue', by: 'lin', as, body: as });
  const commits = [
    { message: 'one', files: { a: '1' } },
    { message: 'two', files: { b: '2' } },
  ];
  await act('open-pull', { by: 'lin', as: 'pr', title: 'x', branch: 'p', commits });
  await act('open-pull', { by: 'lin', as: 'twin', title: 'x', branch: 'p', base: 'v1' });
  for (const by of ['wu', 'bob']) await act('review', { of: 'pr', by, state: 'comment', body: 'x' });
  for (const name of ['s', 't']) await act('status', { of: 'pr', name, state: 'success' });
  for (const name of ['k', 'l']) await act('check', { of: 'pr', name, conclusion: 'success' });
  for (const name of ['r1', 'r2']) await act('tag', { name });
  for (const conclusion of ['success', 'failure']) await act('workflow-run', { workflow: 'ci.yml', conclusion });
  await furnish();
});
after(() => one.stop());

async function furnish(): Promise<void> {
  const post = async (path: string, body: unknown) => (await one.call(`POST /repos/acme/shop${path}`, body)).body;
  for (const tag_name of ['r1', 'r2']) await post('/releases', { tag_name });
  for (const content of ['+1', 'heart']) await post('/issues/1/reactions', { content });
  const [{ id: comment }] = (await one.call('GET /repos/acme/shop/issues/1/comments')).body;
  for (const content of ['+1', 'heart']) await post(`/issues/comments/${comment}/reactions`, { content });
  const sha = one.github.thread('pr').head ?? '';
  const spot = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice' };
  const annotations = ['x', 'y'].map((message) => ({ ...spot, message }));
  const run = await post('/check-runs', {
    ...{ name: 'ours', head_sha: sha, status: 'completed', conclusion: 'success' },
    output: { title: 'x', summary: 'x', annotations },
  });
  await post('/check-runs', { name: 'other', head_sha: sha, status: 'queued' });
  const deploy = { ref: 'main', required_contexts: [] };
  const deployments = [await post('/deployments', deploy), await post('/deployments', deploy)];
  for (const state of ['queued', 'success']) await post(`/deployments/${deployments[0].id}/statuses`, { state });
  const runs = (await one.call('GET /repos/acme/shop/actions/runs')).body.workflow_runs;
  Object.assign(values, {
    workflow_id: 'ci.yml',
    run_id: String(runs[0].id),
    deployment_id: String(deployments[0].id),
  });
  Object.assign(values, { owner: 'acme', repo: 'shop', org: 'acme', team_slug: 'one', branch: 'main' });
  Object.assign(values, { ref: sha, commit_sha: sha, basehead: `main...${sha}`, comment_id: String(comment) });
  Object.assign(values, { check_run_id: String(run.id), check_suite_id: String(run.check_suite.id) });
}

const filled = (template: string) =>
  template.replace(/\{([^}]*)\}/g, (_, name: string) => {
    if (name === 'issue_number') return '1';
    return name === 'pull_number' ? '2' : (values[name] ?? '');
  });

const more = (template: string) => (template === '/search/issues' ? '&q=is:open' : '');

/** The list in an answer: the answer itself, or its one list; commits come with files that are no pages. */
function listIn(body: any): unknown[] {
  if (Array.isArray(body)) return body;
  return body.commits ?? (Object.values(body).find((value) => Array.isArray(value)) as unknown[]);
}

for (const template of templates) {
  if (template === `${repo}/commits/{ref}`) continue;
  test(`GET ${template} comes in pages`, async () => {
    const ask = async (query: string) => {
      const { status, body, headers } = await one.call(`GET ${filled(template)}?${query}${more(template)}`);
      assert.equal(status, 200, JSON.stringify(body));
      return { list: listIn(body), link: headers.get('link') ?? '' };
    };
    const asApp = template.startsWith('/app/');
    const page = asApp ? async () => ({ list: listIn((await one.asApp(`GET ${template}`)).body), link: '' }) : ask;
    const [first, second, whole] = [await page('per_page=1'), await page('per_page=1&page=2'), await page('')];
    assert.equal(first.list.length, whole.list.length === 0 ? 0 : 1);
    if (short.includes(template)) return;
    assert.ok(whole.list.length >= 2, `${whole.list.length} entries are too few to see pages`);
    assert.deepEqual([first.list[0], second.list[0]], whole.list.slice(0, 2));
    assert.equal(second.list.length, 1);
    assert.match(first.link, /[?&]page=2\b[^>]*>; rel="next"/);
    assert.match(second.link, /[?&]page=1\b[^>]*>; rel="prev"/);
    assert.equal(whole.link, '');
  });
}

test('the lists are many', () => assert.ok(templates.length > 35, `${templates.length}`));

test('the log of deliveries goes on at a cursor and forgets after three days', async () => {
  await one.quiet();
  const first = await one.asApp('GET /app/hook/deliveries?per_page=2');
  const next = /<([^>]*)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const second = await one.asApp(`GET ${next.slice(one.github.url.length)}`);
  const whole = await one.asApp('GET /app/hook/deliveries?per_page=100');
  assert.deepEqual([...first.body, ...second.body], whole.body.slice(0, 4));
  const [{ id, guid }] = first.body;
  assert.equal((await one.asApp(`GET /app/hook/deliveries/${id}`)).body.guid, guid);
  assert.equal((await one.asApp('GET /app/hook/deliveries?cursor=v1_7')).status, 422);
  assert.equal((await one.asApp(`POST /app/hook/deliveries/${id}/attempts`)).status, 202);
  await one.quiet();
  const [again] = (await one.asApp('GET /app/hook/deliveries?per_page=1')).body;
  assert.deepEqual([again.guid, again.redelivery, again.id === id], [guid, true, false]);
  one.pass(3 * 86_400_000 + 1);
  assert.deepEqual((await one.asApp('GET /app/hook/deliveries')).body, []);
  assert.equal((await one.asApp(`GET /app/hook/deliveries/${id}`)).status, 404);
  assert.equal((await one.asApp(`POST /app/hook/deliveries/${id}/attempts`)).status, 404);
});
