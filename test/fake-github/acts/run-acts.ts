import { findWorkflow, moveRun, startRun } from '../changes/workflow-runs.ts';
import { account } from '../hub.ts';
import type { ActKeys } from './act-keys.ts';
import type { Acts } from './acts.ts';

/** The newest run of a workflow that has not ended goes on; where none is, one starts on the head, or on a branch. */
function workflowRun(keys: ActKeys): void {
  const { hub } = keys;
  const workflow = findWorkflow(hub, keys.text('workflow'));
  const pull = keys.has('of') ? keys.pull().pull : null;
  const branch = pull?.headRef ?? keys.text('branch', 'main');
  const actor = account(hub, 'github-actions[bot]');
  const open = hub.state.workflowRuns.findLast(
    (run) => run.path === workflow.path && run.branch === branch && run.status !== 'completed',
  );
  const conclusion = keys.optional('conclusion') ?? null;
  const event = pull ? 'pull_request' : 'push';
  const wish = { event, branch, fork: pull?.fork != null, waits: conclusion === 'action_required' };
  const run = open ?? startRun(hub, actor, workflow, { ...wish, ...(pull ? { sha: pull.headSha } : {}) });
  if (!wish.waits) moveRun(hub, actor, run, conclusion);
}

export const runActs: Acts = {
  'app-manifest': {
    keys: ['code', 'manifest'],
    run: (keys) => {
      const kept = { manifest: keys.raw('manifest'), at: keys.hub.clock.now() };
      keys.hub.state.site.manifests.set(keys.text('code'), kept);
    },
  },
  'workflow-run': { keys: ['workflow', 'of', 'branch', 'conclusion'], run: workflowRun },
};
