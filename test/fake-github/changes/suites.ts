import { freshId, ourApp, type Hub } from '../hub.ts';
import { suiteJson, suiteRuns } from '../render/check.ts';
import type { Account, App, Suite } from '../state.ts';

export function findSuite(hub: Hub, app: App, sha: string): Suite | undefined {
  return [...hub.state.suites.values()].find((suite) => suite.app.id === app.id && suite.headSha === sha);
}

/** One suite per App and commit. */
export function suiteFor(hub: Hub, app: App, sha: string, branch: string | null): Suite {
  const known = findSuite(hub, app, sha);
  if (known) return known;
  const now = hub.clock.now();
  const suite: Suite = {
    id: freshId(hub),
    app,
    headSha: sha,
    headBranch: branch,
    status: 'queued',
    conclusion: null,
    createdAt: now,
    updatedAt: now,
  };
  hub.state.suites.set(suite.id, suite);
  return suite;
}

/** GitHub makes a suite for each App with checks rights on a push and asks the App to fill it. */
export function ourSuite(hub: Hub, actor: Account, sha: string, branch: string): void {
  if (hub.identity !== 'app' || findSuite(hub, ourApp(hub), sha)) return;
  const suite = suiteFor(hub, ourApp(hub), sha, branch);
  hub.emit('check_suite', 'requested', actor, { check_suite: suiteJson(hub, suite, true) });
}

/** The suite goes back to queued, and its own App alone is told; whoever may write checks can ask any App. */
export function rerequestSuite(hub: Hub, actor: Account, suite: Suite): void {
  hub.state.reruns.push(suite.app.slug);
  Object.assign(suite, { status: 'queued', conclusion: null, updatedAt: hub.clock.now() });
  for (const run of suiteRuns(hub, suite)) run.rerequested = true;
  if (suite.app.ours) hub.emit('check_suite', 'rerequested', actor, { check_suite: suiteJson(hub, suite, true) });
}

const worstFirst = [
  'action_required',
  'failure',
  'timed_out',
  'cancelled',
  'startup_failure',
  'stale',
  'success',
  'neutral',
  'skipped',
];

/** The suite follows its runs: completed when all of them are, with the worst conclusion. */
export function settleSuite(hub: Hub, actor: Account, suite: Suite): void {
  const runs = suiteRuns(hub, suite);
  const newest = [...new Map(runs.map((run) => [run.name, run])).values()];
  suite.updatedAt = hub.clock.now();
  if (newest.some((run) => run.status !== 'completed' || run.rerequested)) {
    suite.status = newest.some((run) => run.status === 'in_progress' || run.status === 'completed')
      ? 'in_progress'
      : 'queued';
    suite.conclusion = null;
    return;
  }
  const found = new Set(newest.map((run) => run.conclusion));
  suite.status = 'completed';
  suite.conclusion = worstFirst.find((one) => found.has(one)) ?? 'neutral';
  hub.emit('check_suite', 'completed', actor, { check_suite: suiteJson(hub, suite, true) });
}
