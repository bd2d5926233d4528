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

test('one job runs again by its number', async () => {
  const id = (await one.call(`GET ${actions}/runs?status=cancelled`)).body.workflow_runs[0].id as number;
  const lint = (await one.call(`GET ${actions}/runs/${id}/jobs`)).body.jobs[1].id as number;
  assert.equal((await one.call(`POST ${actions}/jobs/${lint}/rerun`)).status, 201);
  assert.equal((await one.call(`GET ${actions}/runs/${id}`)).body.run_attempt, 3);
  assert.equal((await one.call(`POST ${actions}/jobs/${lint}/rerun`)).status, 404);
  assert.deepEqual(one.github.repository().reruns, ['ci.yml', 'ci.yml/lint']);
});

test('a run of a fork that waits has no jobs until it is allowed, once', async () => {
  const act = (step: string, keys: Record<string, unknown>) => one.github.act(step, keys);
  await act('open-pull', { by: 'bob', as: 'forked', title: 'feat: x', files: { 'x.txt': 'x' }, fork: true });
  await act('workflow-run', { workflow: 'ci.yml', of: 'forked', conclusion: 'action_required' });
  const head = one.github.thread('forked').head;
  const runs = async () => (await one.call(`GET ${actions}/runs?head_sha=${head}`)).body.workflow_runs;
  const checks = async () => (await one.call(`GET /repos/acme/shop/commits/${head}/check-runs`)).body.total_count;
  const [run] = await runs();
  assert.deepEqual(
    [run.status, run.conclusion, run.name, run.pull_requests],
    ['completed', 'action_required', 'CI', []],
  );
  assert.equal(await checks(), 0);
  assert.equal((await one.call(`POST ${actions}/runs/${run.id}/approve`)).status, 201);
  assert.deepEqual([(await runs())[0].status, await checks()], ['queued', 2]);
  assert.equal((await one.call(`POST ${actions}/runs/${run.id}/approve`)).status, 404);
  assert.deepEqual(one.github.repository().approvedRuns, ['ci.yml']);
});

test('what waits on a branch of the repository itself cannot be allowed', async () => {
  await one.github.act('open-pull', { by: 'lin', as: 'own', title: 'feat: y', files: { 'y.txt': 'y' } });
  await one.github.act('workflow-run', { workflow: 'ci.yml', of: 'own', conclusion: 'action_required' });
  const [run] = (await one.call(`GET ${actions}/runs?head_sha=${one.github.thread('own').head}`)).body.workflow_runs;
  assert.equal((await one.call(`POST ${actions}/runs/${run.id}/approve`)).status, 403);
});

test('another App is asked to check again by its suite, never by one check', async () => {
  await one.github.act('check', { of: 'own', name: 'lint', conclusion: 'failure' });
  const { body } = await one.call(`GET /repos/acme/shop/commits/${one.github.thread('own').head}/check-runs`);
  const run = body.check_runs.find(({ name }: { name: string }) => name === 'lint');
  assert.equal((await one.call(`POST /repos/acme/shop/check-runs/${run.id}/rerequest`)).status, 403);
  assert.equal((await one.call(`POST /repos/acme/shop/check-suites/${run.check_suite.id}/rerequest`)).status, 201);
  const suite = (await one.call(`GET /repos/acme/shop/check-suites/${run.check_suite.id}`)).body;
  assert.deepEqual([suite.status, suite.conclusion], ['queued', null]);
  assert.equal((await one.call(`GET /repos/acme/shop/check-runs/${run.id}`)).body.conclusion, 'failure');
  await one.quiet();
  const told = one.heard.filter(({ event, payload }) => event === 'check_suite' && payload.action === 'rerequested');
  assert.deepEqual(told, []);
});
