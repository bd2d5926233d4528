import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { createRun, createStatus, rerequestRun, updateRun } from '../changes/checks.ts';
import { rerequestSuite, suiteFor } from '../changes/suites.ts';
import { numberParam, ok, on, page, param, taking, type Call, type Route } from '../call.ts';
import { fullName, ourApp, type Hub } from '../hub.ts';
import { apiRepo } from '../render/account.ts';
import { annotationJson, runJson, statusJson, suiteJson, suiteRuns } from '../render/check.ts';
import { repositoryJson } from '../render/repository.ts';
import { resolveCommit } from '../resolve-ref.ts';
import type { CheckRun, Status, Suite } from '../state.ts';

const repo = '/repos/{owner}/{repo}';
const annotation = z.strictObject({
  path: z.string(),
  start_line: z.number(),
  end_line: z.number(),
  start_column: z.number().optional(),
  end_column: z.number().optional(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().optional(),
  raw_details: z.string().optional(),
});
const output = z.strictObject({
  title: z.string().optional(),
  summary: z.string(),
  text: z.string().optional(),
  annotations: z.array(annotation).optional(),
  images: z
    .array(z.strictObject({ alt: z.string(), image_url: z.string(), caption: z.string().optional() }))
    .optional(),
});
const action = z.strictObject({
  label: z.string().max(20),
  description: z.string().max(40),
  identifier: z.string().max(20),
});
const fields = {
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  started_at: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed']).optional(),
  conclusion: z
    .enum(['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out'])
    .optional(),
  completed_at: z.string().optional(),
  output: output.optional(),
  actions: z.array(action).optional(),
};
const creation = z.strictObject({ name: z.string(), head_sha: z.string(), ...fields });
const update = z.strictObject({ name: z.string().optional(), ...fields });

function findRun(call: Call): CheckRun {
  const run = call.hub.state.runs.get(numberParam(call, 'check_run_id'));
  if (!run) throw new ApiError(404, 'Not Found');
  return run;
}

function findSuite(call: Call): Suite {
  const suite = call.hub.state.suites.get(numberParam(call, 'check_suite_id'));
  if (!suite) throw new ApiError(404, 'Not Found');
  return suite;
}

function runPage(call: Call, runs: readonly CheckRun[]) {
  const { query } = call;
  const fits = (run: CheckRun) =>
    (query.get('check_name') ?? run.name) === run.name &&
    (query.get('status') ?? run.status) === run.status &&
    Number(query.get('app_id') ?? run.suite.app.id) === run.suite.app.id;
  const found = runs.filter(fits);
  const newest = [...new Map(found.map((run) => [`${run.suite.id} ${run.name}`, run])).values()];
  const shown = (query.get('filter') === 'all' ? found : newest).toReversed();
  return page(
    call,
    shown,
    (run) => runJson(call.hub, run),
    (check_runs, total_count) => ({ total_count, check_runs }),
  );
}

const runRoutes: Route[] = [
  taking(`POST ${repo}/check-runs`, 'checks:write', creation, (call) => {
    const { head_sha: sha, ...rest } = call.body;
    if (!call.hub.state.git.commits.has(sha)) throw new ApiError(422, `No commit found for SHA: ${sha}`);
    return ok(runJson(call.hub, createRun(call.hub, call.actor, ourApp(call.hub), sha, rest)), 201);
  }),
  taking(`PATCH ${repo}/check-runs/{check_run_id}`, 'checks:write', update, (call) => {
    const run = findRun(call);
    if (!run.suite.app.ours)
      throw new ApiError(
        403,
        'Invalid app_id `' + run.suite.app.id + '` - check run can only be modified by the GitHub App that created it.',
      );
    updateRun(call.hub, call.actor, run, call.body);
    return ok(runJson(call.hub, run));
  }),
  on(`GET ${repo}/check-runs/{check_run_id}`, 'checks:read', (call) => ok(runJson(call.hub, findRun(call)))),
  on(`GET ${repo}/check-runs/{check_run_id}/annotations`, 'checks:read', (call) =>
    page(call, findRun(call).annotations, (one) => annotationJson(call.hub, findRun(call), one)),
  ),
  on(`POST ${repo}/check-runs/{check_run_id}/rerequest`, 'checks:write', (call) => {
    const run = findRun(call);
    if (!run.suite.app.ours) throw new ApiError(403, 'This check run does not belong to the authenticated GitHub App.');
    rerequestRun(call.hub, call.actor, run);
    return ok({}, 201);
  }),
  on(`GET ${repo}/commits/{ref}/check-runs`, 'checks:read', (call) => {
    const { sha } = resolveCommit(call.hub, param(call, 'ref'));
    return runPage(
      call,
      [...call.hub.state.runs.values()].filter((run) => run.suite.headSha === sha),
    );
  }),
];

const suiteRoutes: Route[] = [
  taking(`POST ${repo}/check-suites`, 'checks:write', z.strictObject({ head_sha: z.string() }), (call) =>
    ok(suiteJson(call.hub, suiteFor(call.hub, ourApp(call.hub), call.body.head_sha, null)), 201),
  ),
  on(`GET ${repo}/check-suites/{check_suite_id}`, 'checks:read', (call) => ok(suiteJson(call.hub, findSuite(call)))),
  on(`GET ${repo}/check-suites/{check_suite_id}/check-runs`, 'checks:read', (call) =>
    runPage(call, suiteRuns(call.hub, findSuite(call))),
  ),
  on(`POST ${repo}/check-suites/{check_suite_id}/rerequest`, 'checks:write', (call) => {
    rerequestSuite(call.hub, call.actor, findSuite(call));
    return ok({}, 201);
  }),
  on(`GET ${repo}/commits/{ref}/check-suites`, 'checks:read', (call) => {
    const { sha } = resolveCommit(call.hub, param(call, 'ref'));
    const wanted = call.query.get('app_id');
    const suites = [...call.hub.state.suites.values()].filter(
      (one) => one.headSha === sha && Number(wanted ?? one.app.id) === one.app.id,
    );
    return page(
      call,
      suites,
      (one) => suiteJson(call.hub, one),
      (check_suites, total_count) => ({ total_count, check_suites }),
    );
  }),
];

const status = z.strictObject({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  target_url: z.string().nullable().optional(),
  description: z.string().max(140).nullable().optional(),
  context: z.string().optional(),
});

export function latestStatuses(hub: Hub, sha: string): Status[] {
  const newest = new Map<string, Status>();
  for (const one of hub.state.statuses) if (one.sha === sha) newest.set(one.context, one);
  return [...newest.values()];
}

export function combinedState(statuses: readonly Status[]): string {
  if (statuses.some((one) => one.state === 'failure' || one.state === 'error')) return 'failure';
  return statuses.length > 0 && statuses.every((one) => one.state === 'success') ? 'success' : 'pending';
}

const statusRoutes: Route[] = [
  taking(`POST ${repo}/statuses/{sha}`, 'statuses:write', status, (call) => {
    const sha = param(call, 'sha');
    if (!call.hub.state.git.commits.has(sha)) throw new ApiError(422, `No commit found for SHA: ${sha}`);
    const { description = null, target_url = null, context = 'default', state } = call.body;
    return ok(
      statusJson(call.hub, createStatus(call.hub, call.actor, sha, { state, context, description, target_url })),
      201,
    );
  }),
  on(`GET ${repo}/commits/{ref}/statuses`, 'statuses:read', (call) => {
    const { sha } = resolveCommit(call.hub, param(call, 'ref'));
    const all = call.hub.state.statuses.filter((one) => one.sha === sha).toReversed();
    return page(call, all, (one) => statusJson(call.hub, one));
  }),
  on(`GET ${repo}/commits/{ref}/status`, 'statuses:read', (call) => {
    const { sha } = resolveCommit(call.hub, param(call, 'ref'));
    const all = latestStatuses(call.hub, sha);
    return page(
      call,
      all,
      (one) => statusJson(call.hub, one, false),
      (statuses, total_count) => ({
        state: combinedState(all),
        statuses,
        sha,
        total_count,
        repository: repositoryJson(call.hub),
        commit_url: `${apiRepo(call.hub)}/commits/${sha}`,
        url: `${call.hub.url}/repos/${fullName(call.hub)}/commits/${sha}/status`,
      }),
    );
  }),
];

export const checkRoutes: Route[] = [...runRoutes, ...suiteRoutes, ...statusRoutes];
