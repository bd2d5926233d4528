import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { approveRun, dispatch, findWorkflow, jobsOf, moveRun, rerun, workflowsOn } from '../changes/workflow-runs.ts';
import { empty, numberParam, ok, on, page, param, taking, type Call, type Reply, type Route } from '../call.ts';
import { jobJson, jobNumber, runOf, workflowJson } from '../render/workflow.ts';
import type { WorkflowRun } from '../run-state.ts';

const actions = '/repos/{owner}/{repo}/actions';
const one = `${actions}/runs/{run_id}`;

function find(call: Call): WorkflowRun {
  const found = call.hub.state.workflowRuns.find(({ id }) => id === numberParam(call, 'run_id'));
  if (!found) throw new ApiError(404, 'Not Found');
  return found;
}

/** Newest first, as far as the query wants them. */
function listed(call: Call, path: string | null): Reply {
  const wanted = (key: string, value: string | null) => [null, value].includes(call.query.get(key));
  const fits = (run: WorkflowRun) =>
    (path === null || run.path === path) &&
    wanted('branch', run.branch) &&
    wanted('event', run.event) &&
    wanted('head_sha', run.sha) &&
    (wanted('status', run.status) || wanted('status', run.conclusion));
  return page(
    call,
    call.hub.state.workflowRuns.filter(fits).toReversed(),
    (run) => runOf(call.hub, run),
    (workflow_runs, total_count) => ({ total_count, workflow_runs }),
  );
}

function jobs(call: Call): Reply {
  const run = find(call);
  return page(
    call,
    jobsOf(call.hub, run).map((name, index) => jobJson(call.hub, run, name, index)),
    (job) => job,
    (all, total_count) => ({ total_count, jobs: all }),
  );
}

const dispatching = z.strictObject({ ref: z.string(), inputs: z.record(z.string(), z.string()).optional() });
const rerunning = z.strictObject({ enable_debug_logging: z.boolean().optional() }).optional();

function again(call: Call): Reply {
  rerun(call.hub, call.actor, find(call));
  return ok({}, 201);
}

/** By the number of a job of the newest attempt. */
function jobAgain(call: Call): Reply {
  const id = numberParam(call, 'job_id');
  for (const run of call.hub.state.workflowRuns) {
    const name = jobsOf(call.hub, run).find((_, index) => jobNumber(run, index) === id);
    if (name === undefined) continue;
    rerun(call.hub, call.actor, run, name);
    return ok({}, 201);
  }
  throw new ApiError(404, 'Not Found');
}

export const actionRoutes: Route[] = [
  on(`GET ${actions}/workflows`, 'actions:read', (call) =>
    page(
      call,
      workflowsOn(call.hub, 'main'),
      (workflow) => workflowJson(call.hub, workflow),
      (workflows, total_count) => ({ total_count, workflows }),
    ),
  ),
  on(`GET ${actions}/workflows/{workflow_id}`, 'actions:read', (call) =>
    ok(workflowJson(call.hub, findWorkflow(call.hub, param(call, 'workflow_id')))),
  ),
  taking(`POST ${actions}/workflows/{workflow_id}/dispatches`, 'actions:write', dispatching, (call) => {
    dispatch(call.hub, call.actor, param(call, 'workflow_id'), call.body.ref, call.body.inputs ?? {});
    return empty;
  }),
  on(`GET ${actions}/workflows/{workflow_id}/runs`, 'actions:read', (call) =>
    listed(call, findWorkflow(call.hub, param(call, 'workflow_id')).path),
  ),
  on(`GET ${actions}/runs`, 'actions:read', (call) => listed(call, null)),
  on(`GET ${one}`, 'actions:read', (call) => ok(runOf(call.hub, find(call)))),
  on(`GET ${one}/jobs`, 'actions:read', jobs),
  taking(`POST ${one}/rerun`, 'actions:write', rerunning, again),
  taking(`POST ${one}/rerun-failed-jobs`, 'actions:write', rerunning, again),
  taking(`POST ${actions}/jobs/{job_id}/rerun`, 'actions:write', rerunning, jobAgain),
  on(`POST ${one}/approve`, 'actions:write', (call) => {
    approveRun(call.hub, call.actor, find(call));
    return ok({}, 201);
  }),
  on(`POST ${one}/cancel`, 'actions:write', (call) => {
    const run = find(call);
    if (run.status === 'completed') throw new ApiError(409, 'Cannot cancel a workflow run that is completed.');
    moveRun(call.hub, call.actor, run, 'cancelled');
    return ok({}, 202);
  }),
];
