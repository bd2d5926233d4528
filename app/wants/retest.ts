import type { Facts } from '../facts/fact.ts';
import type { Suite, WorkflowRun } from '../facts/run-facts.ts';
import type { Change, Kind, RetestWant } from './want.ts';

const before = (a: string, b: string) => Date.parse(a) < Date.parse(b);

/** Whether a workflow run was begun once more since then, whoever asked for it. */
export const beganSince = ({ startedAt }: WorkflowRun, at: string): boolean => !before(startedAt, at);

/** Whether another App was asked, or began, to check once more since then. */
export const askedSince = ({ asked, updatedAt, checks }: Suite, at: string): boolean =>
  (asked && !before(updatedAt, at)) || checks.some(({ startedAt }) => !before(startedAt, at));

const routes = {
  run: ['POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun', 'run_id'],
  failed: ['POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs', 'run_id'],
  job: ['POST /repos/{owner}/{repo}/actions/jobs/{job_id}/rerun', 'job_id'],
  suite: ['POST /repos/{owner}/{repo}/check-suites/{check_suite_id}/rerequest', 'check_suite_id'],
} as const satisfies Readonly<Record<RetestWant['what'], readonly [string, string]>>;

const isOf = ({ id, jobs }: WorkflowRun, want: RetestWant): boolean =>
  want.what === 'job' ? jobs.some((job) => job.id === want.id) : id === want.id;

/** Whether it stands as it stood when it was asked for: GitHub runs nothing again that goes on. */
function isDue(want: RetestWant, { workflows, suites }: Facts['runs']): boolean {
  if (want.what === 'suite') return suites.some((one) => one.id === want.id && !askedSince(one, want.at));
  return (workflows ?? []).some((run) => isOf(run, want) && run.state !== 'pending' && !beganSince(run, want.at));
}

/** What a merge waits for while it runs again. */
function whileRunning(want: RetestWant, { runs, contexts }: Facts): Facts['contexts'] {
  const run = (runs.workflows ?? []).find((one) => isOf(one, want));
  const ended = runs.suites.find(({ id }) => want.what === 'suite' && id === want.id)?.checks ?? [];
  const list = contexts.list.map((one) => {
    const isOwn = run ? one.job?.run === run.id : one.kind === 'check' && ended.some(({ name }) => name === one.name);
    return isOwn && one.state === 'failure' ? { ...one, state: 'pending' as const } : one;
  });
  return { ...contexts, list };
}

export default {
  // Before the reply, which says what GitHub refused, and the reaction, which says that it is done.
  rank: 2,
  needs: ['thread', 'pull', 'runs', 'contexts'],
  permissions: (on) => (on === 'pull' ? { actions: 'write', checks: 'write' } : {}),
  // By the command: two comments are two re-runs, whatever else asks for one.
  id: ({ head, what, id, asked }) => `retest@${head}:${what}:${id}:${asked}`,
  diff(want, { thread, pull, runs }) {
    if (thread.state !== 'open' || pull?.head !== want.head || !isDue(want, runs)) return [];
    const [route, name] = routes[want.what];
    const call: Change['call'] = { via: 'rest', route, params: { [name]: want.id } };
    const says = `run ${want.what} ${want.id} again`;
    return [{ kind: 'retest', id: this.id(want), says, call, visibleTwice: true, answered: true }];
  },
  project(want, facts) {
    if (facts.pull?.head !== want.head) return facts;
    const { runs, now } = facts;
    const workflows = (runs.workflows ?? []).map((run) =>
      want.what !== 'suite' && isOf(run, want) ? { ...run, state: 'pending' as const, startedAt: now } : run,
    );
    const suites = runs.suites.map((one) =>
      want.what === 'suite' && one.id === want.id ? { ...one, asked: true, updatedAt: now } : one,
    );
    const contexts = whileRunning(want, facts);
    return { ...facts, contexts, runs: { ...runs, suites, workflows: runs.workflows && workflows } };
  },
} satisfies Kind<RetestWant>;
