import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts, Learning } from '../../app/facts/fact.ts';
import { nothing } from '../../app/facts/nothing.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import runs from '../../app/facts/runs.ts';
import { Trouble } from '../../app/github/troubles.ts';

const head = 'b'.repeat(40);
const at = '2026-01-05T09:00:00Z';
const asks = ['test', 'retest', 'retest-required', 'ok-to-test'];

const check = (databaseId: number, name: string, more: object = {}) => ({
  ...{ databaseId, name, status: 'COMPLETED', conclusion: 'FAILURE', startedAt: at, detailsUrl: null, ...more },
});
const suite = (databaseId: number, slug: string, app: number, nodes: readonly object[], more: object = {}) => ({
  ...{ databaseId, status: 'COMPLETED', updatedAt: at, app: { databaseId: app, slug } },
  checkRuns: { totalCount: nodes.length, nodes },
  ...more,
});
const page = 'https://github.com/acme/shop/actions/runs/7/job/70';
const run = (id: number, more: object = {}) => ({
  ...{ id, name: 'CI', path: '.github/workflows/ci.yml', event: 'pull_request', workflow_id: 1, head_sha: head },
  ...{ status: 'completed', conclusion: 'failure', created_at: at, run_started_at: at, ...more },
});

interface World {
  readonly text?: string;
  readonly suites?: readonly object[];
  readonly runs?: readonly object[] | Trouble;
  readonly statuses?: readonly object[];
  readonly appId?: number | null;
  readonly state?: 'open' | 'closed';
}

/** What is learnt, and how often GitHub was asked. */
async function learn(world: World): Promise<{ seen: Facts['runs']; calls: number }> {
  const { text = '/retest', suites = [], runs: all = [], statuses = [], appId = 1, state = 'open' } = world;
  let calls = 0;
  const object = { checkSuites: { totalCount: suites.length, nodes: suites }, status: { contexts: statuses } };
  const get = async () => {
    calls += 1;
    if (all instanceof Trouble) throw all;
    return { total_count: all.length, workflow_runs: all };
  };
  const graphql = async () => {
    calls += 1;
    return { repository: { object } };
  };
  const said = { key: 'IC_1', surface: 'comment', id: 1, nodeId: 'IC_1', at: '2026-01-05T09:50:00Z' } as const;
  const by = { id: 3, login: 'chen', bot: false, us: false };
  const known = plainFacts({ thread: { state }, spoken: [{ ...said, by, text, edited: false, reactions: [] }] });
  const means = (word: string) => (asks.includes(word) || word === 'lgtm' ? word : null);
  const commands = { prefix: '/', concerns: (word: string) => means(word) !== null, means, before: () => '' };
  const learning = {
    ...{ known, read: { get, graphql }, answer: { viewer: { login: 'github-bot[bot]', id: 9 }, isPull: true } },
    ask: { commands, appId, recalled: { done: [] } },
    subject: { kind: 'thread', repo: { id: 7, owner: 'acme', name: 'shop' }, installation: 1, number: 12 },
  } as unknown as Learning;
  return { seen: await runs.learn(learning), calls };
}

test('GitHub is asked when a command of ours waits, twice', async () => {
  assert.equal((await learn({})).calls, 2);
  for (const world of [{ text: 'nice' }, { text: '/lgtm' }, { text: '> /retest' }, { state: 'closed' as const }])
    assert.deepEqual(await learn(world), { seen: nothing.runs, calls: 0 });
});

test('of a workflow the newest run of each event counts, on this head', async () => {
  const all = [
    run(6),
    run(7),
    run(8, { event: 'push' }),
    run(9, { head_sha: 'c'.repeat(40) }),
    run(5, { workflow_id: 2 }),
  ];
  const { seen } = await learn({ runs: all });
  assert.deepEqual(
    seen.workflows?.map(({ id, event }) => [id, event]),
    [
      [7, 'pull_request'],
      [8, 'push'],
      [5, 'pull_request'],
    ],
  );
});

test('jobs belong to their run; what other Apps checked is theirs; our own is left out', async () => {
  const jobs = suite(1, 'github-actions', 15368, [check(70, 'build', { detailsUrl: page })]);
  const { seen } = await learn({
    suites: [
      jobs,
      suite(2, 'ci', 99, [check(20, 'e2e')]),
      suite(3, 'us', 1, [check(30, 'ours')]),
      suite(4, 'idle', 5, []),
    ],
    runs: [run(7)],
  });
  assert.deepEqual(
    seen.workflows?.map(({ jobs: own }) => own.map(({ id, name }) => [id, name])),
    [[[70, 'build']]],
  );
  assert.deepEqual(
    seen.suites.map(({ slug }) => slug),
    ['ci'],
  );
});

test('a suite was asked where it is open and nothing in it runs', async () => {
  const open = { status: 'QUEUED' };
  const running = check(21, 'lint', { status: 'IN_PROGRESS', conclusion: null });
  const { seen } = await learn({
    suites: [
      suite(2, 'a', 2, [check(20, 'e2e')], open),
      suite(3, 'b', 3, [check(20, 'e2e'), running], open),
      suite(4, 'c', 4, [check(20, 'e2e')]),
    ],
  });
  assert.deepEqual(
    seen.suites.map(({ asked }) => asked),
    [true, false, false],
  );
});

test('what has ended is told apart from what waits, whatever GitHub calls it', async () => {
  const rows: readonly [status: string | null, conclusion: string | null, state: string][] = [
    ['completed', 'success', 'success'],
    ['completed', 'skipped', 'skipped'],
    ['completed', 'neutral', 'skipped'],
    ['completed', 'cancelled', 'failure'],
    ['completed', 'timed_out', 'failure'],
    ['completed', 'startup_failure', 'failure'],
    ['completed', 'action_required', 'waiting'],
    ['in_progress', null, 'pending'],
    ['queued', null, 'pending'],
    ['waiting', null, 'pending'],
    [null, null, 'pending'],
  ];
  for (const [status, conclusion, state] of rows) {
    const { seen } = await learn({ runs: [run(7, { status, conclusion })] });
    assert.equal(seen.workflows?.[0]?.state, state, `${status} ${conclusion}`);
  }
});

test('without a right on Actions there are no runs to tell of, and nothing else is lost', async () => {
  const forbidden = new Trouble('forbidden', 'no', { status: 403 });
  const { seen } = await learn({ runs: forbidden, suites: [suite(2, 'ci', 99, [check(20, 'e2e')])] });
  assert.deepEqual([seen.workflows, seen.suites.length], [null, 1]);
  await assert.rejects(learn({ runs: new Trouble('later', 'no answer') }), Trouble);
});

test('statuses of others are told, with a personal token not our own', async () => {
  const status = (context: string, login: string, databaseId: number) => ({
    ...{ context, state: 'ERROR', creator: { __typename: 'User', login, databaseId } },
  });
  const { seen } = await learn({ appId: null, statuses: [status('ci', 'jenkins', 4), status('github-bot', 'me', 9)] });
  assert.deepEqual(seen.statuses, [{ name: 'ci', state: 'failure' }]);
  assert.equal(seen.asApp, false);
});

test('what GitHub lists only a part of is known to be a part', async () => {
  const more = suite(2, 'ci', 99, [check(20, 'e2e')], { checkRuns: { totalCount: 51, nodes: [check(20, 'e2e')] } });
  assert.equal((await learn({ suites: [more] })).seen.complete, false);
  assert.equal((await learn({ suites: [suite(2, 'ci', 99, [check(20, 'e2e')])] })).seen.complete, true);
});
