import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { loadKinds } from '../../app/engine/load.ts';
import { planFor, project } from '../../app/engine/reconcile.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';
import type { Suite, WorkflowRun } from '../../app/facts/run-facts.ts';
import { nobody } from '../../app/merge-pool/line.ts';
import { nextStep } from '../../app/merge-pool/next-step.ts';
import { mergeOptions } from '../../app/merge-pool/options.ts';
import type { RetestWant, Want } from '../../app/wants/want.ts';

const kinds = await loadKinds();
const head = 'b'.repeat(40);
const [startedAt, at] = ['2026-01-05T09:10:00Z', '2026-01-05T09:50:00Z'];
const check = { name: 'build', id: 70, app: 15368, state: 'failure', startedAt } as const;
const run: WorkflowRun = {
  ...{ id: 7, name: 'CI', file: 'ci.yml', event: 'pull_request', state: 'failure', startedAt, jobs: [check] },
};
const other: Suite = { id: 9, slug: 'ci', asked: false, updatedAt: startedAt, checks: [{ ...check, name: 'e2e' }] };
const context = { kind: 'check', app: 15368, state: 'failure', ours: false } as const;
const given: Given = {
  runs: { workflows: [run], suites: [other] },
  contexts: {
    list: [
      { ...context, name: 'build', job: { run: 7, check: 70, broke: true } },
      { ...context, name: 'e2e', app: 99 },
    ],
  },
};
const again = (what: RetestWant['what'], id: number, asked = 'IC_1:0'): RetestWant => ({
  ...{ kind: 'retest', head, what, id, asked, at },
});
const routesOf = (want: Want, facts = plainFacts(given)) =>
  planFor([want], facts, kinds).map(({ call }) => (call.via === 'rest' ? [call.route, call.params] : []));

const at7 = '/repos/{owner}/{repo}/actions/runs/{run_id}';
const rows: readonly [want: RetestWant, route: string, params: object][] = [
  [again('failed', 7), `POST ${at7}/rerun-failed-jobs`, { run_id: 7 }],
  [again('run', 7), `POST ${at7}/rerun`, { run_id: 7 }],
  [again('job', 70), 'POST /repos/{owner}/{repo}/actions/jobs/{job_id}/rerun', { job_id: 70 }],
  [again('suite', 9), 'POST /repos/{owner}/{repo}/check-suites/{check_suite_id}/rerequest', { check_suite_id: 9 }],
];

for (const [want, route, params] of rows)
  suite(`${want.what} again`, () => {
    const facts = plainFacts(given);
    test('is one call', () => assert.deepEqual(routesOf(want), [[route, params]]));
    test('is none once it was made', () => assert.deepEqual(routesOf(want, project([want], facts, kinds)), []));
    test('is none on another head, or a closed one', () => {
      assert.deepEqual(routesOf({ ...want, head: 'c'.repeat(40) }), []);
      assert.deepEqual(routesOf(want, plainFacts({ ...given, thread: { state: 'closed' } })), []);
    });
    test('is none where it began since the command was said', () => {
      const workflows = [{ ...run, startedAt: at }];
      const suites = [{ ...other, checks: [{ ...check, startedAt: at }] }];
      assert.deepEqual(routesOf(want, plainFacts({ ...given, runs: { workflows, suites } })), []);
    });
    test('of two commands are two things', () => {
      const kind = kinds.get('retest');
      assert.notEqual(kind?.id(want), kind?.id({ ...want, asked: 'IC_2:0' }));
    });
    test('makes the pool wait and not try it by itself', () => {
      const after = project([want], facts, kinds);
      const options = mergeOptions.parse({});
      const step = nextStep({ facts: after, rows: [], options, mode: 'enforce', held: [], line: nobody });
      assert.deepEqual([step.verdict, step.wants], ['wait', []]);
      const name = want.what === 'suite' ? 'e2e' : 'build';
      assert.equal(after.contexts.list.find((one) => one.name === name)?.state, 'pending');
    });
  });

test('a run that goes on is not begun again', () => {
  const workflows = [{ ...run, state: 'pending' as const }];
  for (const what of ['run', 'failed', 'job'] as const)
    assert.deepEqual(routesOf(again(what, what === 'job' ? 70 : 7), plainFacts({ runs: { workflows } })), []);
});

suite('a run that waits is let start', () => {
  const want = { kind: 'approve-run', head, run: 7 } as const;
  const facts = plainFacts({ runs: { workflows: [{ ...run, state: 'waiting', jobs: [] }] } });
  const plan = planFor([want], facts, kinds);
  test('by one call, which may come too late', () => {
    assert.deepEqual(
      plan.map(({ call }) => call),
      [{ via: 'rest', route: `POST ${at7}/approve`, params: { run_id: 7 }, fine: [404] }],
    );
  });
  test('by none once it was made, on another head, or where it does not wait', () => {
    assert.deepEqual(routesOf(want, project([want], facts, kinds)), []);
    assert.deepEqual(routesOf({ ...want, head: 'c'.repeat(40) }, facts), []);
    assert.deepEqual(routesOf(want), []);
  });
});
