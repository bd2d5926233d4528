import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
const actions = '/repos/acme/shop/actions';
before(async () => {
  one = await startFixture({
    people: { lin: 'admin' },
    files: {
      '.github/workflows/ci.yml': 'name: CI\non: [push, workflow_dispatch]\njobs: {build: {}, lint: {}}\n',
      '.github/workflows/nightly.yml': 'on: {schedule: []}\njobs: {all: {}}\n',
    },
  });
});
after(() => one.stop());

const told = () => one.heard.filter(({ event }) => event === 'workflow_run').map(({ payload }) => payload.action);

test('a dispatch starts a run, but only of a workflow that listens, on a branch that is there', async () => {
  const dispatch = (file: string, ref: string) => one.call(`POST ${actions}/workflows/${file}/dispatches`, { ref });
  assert.equal((await dispatch('ci.yml', 'main')).status, 204);
  assert.equal((await dispatch('nightly.yml', 'main')).status, 422);
  assert.equal((await dispatch('ci.yml', 'gone')).status, 422);
  assert.equal((await dispatch('none.yml', 'main')).status, 404);
  const { body } = await one.call(`GET ${actions}/workflows/ci.yml/runs?event=workflow_dispatch`);
  assert.equal(body.total_count, 1);
  assert.deepEqual([body.workflow_runs[0].status, body.workflow_runs[0].run_attempt], ['queued', 1]);
  assert.equal(one.github.repository().dispatches.length, 1);
});

test('a run goes on, ends, and runs again as a further attempt', async () => {
  await one.github.act('workflow-run', { workflow: 'ci.yml' });
  const { body } = await one.call(`GET ${actions}/runs?status=in_progress`);
  const id = body.workflow_runs[0].id as number;
  assert.equal((await one.call(`POST ${actions}/runs/${id}/rerun`)).status, 403);
  await one.github.act('workflow-run', { workflow: 'ci.yml', conclusion: 'failure' });
  const jobs = (await one.call(`GET ${actions}/runs/${id}/jobs`)).body;
  assert.deepEqual(
    jobs.jobs.map((job: { name: string; conclusion: string }) => [job.name, job.conclusion]),
    [
      ['build', 'failure'],
      ['lint', 'failure'],
    ],
  );
  assert.equal((await one.call(`POST ${actions}/runs/${id}/rerun-failed-jobs`)).status, 201);
  assert.equal((await one.call(`GET ${actions}/runs/${id}`)).body.run_attempt, 2);
  assert.equal((await one.call(`POST ${actions}/runs/${id}/cancel`)).status, 202);
  assert.equal((await one.call(`POST ${actions}/runs/${id}/cancel`)).status, 409);
  await one.quiet();
  assert.deepEqual(told(), ['requested', 'in_progress', 'completed', 'requested', 'completed']);
});
