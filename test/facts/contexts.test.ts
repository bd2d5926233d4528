import assert from 'node:assert/strict';
import { test } from 'node:test';
import contexts from '../../app/facts/contexts.ts';
import type { Learning } from '../../app/facts/fact.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import { Trouble } from '../../app/github/troubles.ts';

const head = 'b'.repeat(40);
const actions = { app: { databaseId: 15368, slug: 'github-actions' } };

/** A job called `build` of a workflow run. */
const build = (databaseId: number, run: number, conclusion: string) => ({
  ...{ __typename: 'CheckRun', databaseId, name: 'build', status: 'COMPLETED', conclusion, checkSuite: actions },
  detailsUrl: `https://github.com/acme/shop/actions/runs/${run}/job/${databaseId}`,
});
const run = (id: number, workflow_id: number, event = 'pull_request') => ({ id, workflow_id, event });

/** The states of `build` where these jobs ran in these runs, and how often GitHub was asked for more. */
async function learn(nodes: readonly object[], runs: readonly object[] | Trouble) {
  let calls = 0;
  const get = async () => {
    calls += 1;
    if (runs instanceof Trouble) throw runs;
    return { total_count: runs.length, workflow_runs: runs };
  };
  const rollup = {
    contexts: { totalCount: nodes.length, nodes, pageInfo: { hasNextPage: false, endCursor: null } },
  };
  const commit = { oid: head, checkSuites: { nodes: [] }, statusCheckRollup: rollup };
  const learning = {
    ...{ known: plainFacts({ pull: { head } }), ask: { appId: 1 }, read: { get } },
    ...{ answer: { viewer: { login: 'us', id: 9 }, thread: { tip: { nodes: [{ commit }] } }, isPull: true } },
    subject: { kind: 'thread', repo: { id: 7, owner: 'acme', name: 'shop' }, installation: 1, number: 12 },
  } as unknown as Learning;
  const { list, complete } = await contexts.learn(learning);
  assert.equal(complete, true);
  return { states: list.map(({ state }) => state).toSorted(), calls };
}

test('that a job of one workflow passed says nothing of the job of that name in another', async () => {
  const both = [build(50, 5, 'FAILURE'), build(60, 6, 'SUCCESS')];
  assert.deepEqual(await learn(both, [run(5, 1), run(6, 2)]), { states: ['failure', 'success'], calls: 1 });
  const events = [run(5, 1, 'push'), run(6, 1, 'pull_request')];
  assert.deepEqual((await learn(both, events)).states, ['failure', 'success']);
});

test('of a workflow that ran again for the same head the newest run counts', async () => {
  const both = [build(50, 5, 'FAILURE'), build(60, 6, 'SUCCESS')];
  assert.deepEqual(await learn(both, [run(5, 1), run(6, 1)]), { states: ['success'], calls: 1 });
});

test('where GitHub does not tell which workflow a run is of, what failed counts as failed', async () => {
  const both = [build(50, 5, 'FAILURE'), build(60, 6, 'SUCCESS')];
  assert.deepEqual((await learn(both, new Trouble('forbidden', 'not accessible'))).states, ['failure', 'success']);
  assert.deepEqual((await learn(both, [run(6, 2)])).states, ['failure', 'success']);
});

test('nobody is asked where nothing is unclear', async () => {
  const again = [build(50, 5, 'FAILURE'), build(60, 5, 'SUCCESS')];
  assert.deepEqual(await learn(again, []), { states: ['success'], calls: 0 });
  const fine = [build(50, 5, 'SUCCESS'), build(60, 6, 'SUCCESS')];
  assert.deepEqual(await learn(fine, []), { states: ['success'], calls: 0 });
  const failing = [build(50, 5, 'SUCCESS'), build(60, 6, 'FAILURE')];
  assert.deepEqual(await learn(failing, []), { states: ['failure'], calls: 0 });
});
