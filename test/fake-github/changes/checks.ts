import { ApiError, invalid } from '../api-error.ts';
import { freshId, type Hub } from '../hub.ts';
import { commitJson } from '../render/commit.ts';
import { runJson, statusPayload, suiteRuns } from '../render/check.ts';
import { fullName, iso } from '../hub.ts';
import { apiRepo } from '../render/account.ts';
import type { Account, App, CheckRun, Status } from '../state.ts';
import { settleSuite, suiteFor } from './suites.ts';

export interface RunFields {
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  readonly conclusion?: string | undefined;
  readonly external_id?: string | undefined;
  readonly details_url?: string | undefined;
  readonly started_at?: string | undefined;
  readonly completed_at?: string | undefined;
  readonly output?: RunOutput | undefined;
  readonly actions?: unknown[] | undefined;
}

export interface RunOutput {
  readonly title?: string | undefined;
  readonly summary: string;
  readonly text?: string | undefined;
  readonly annotations?: Record<string, unknown>[] | undefined;
}

const longestOutput = 65_535;

function checkFields(fields: RunFields): void {
  const { output, conclusion, status } = fields;
  if (status === 'completed' && conclusion === undefined)
    throw new ApiError(422, 'Invalid request.\n\nMissing required key: conclusion.');
  for (const text of [output?.summary, output?.text])
    if (text !== undefined && Buffer.byteLength(text) > longestOutput)
      throw new ApiError(422, `Invalid request.\n\nOnly ${longestOutput} characters are allowed.`);
  if ((output?.annotations?.length ?? 0) > 50)
    throw new ApiError(422, 'Invalid request.\n\nNo more than 50 items are allowed; you supplied more.');
  if ((fields.actions?.length ?? 0) > 3) throw invalid('CheckRun', 'actions');
}

function fill(hub: Hub, run: CheckRun, fields: RunFields): void {
  run.name = fields.name ?? run.name;
  run.externalId = fields.external_id ?? run.externalId;
  run.detailsUrl = fields.details_url ?? run.detailsUrl;
  run.actions = fields.actions ?? run.actions;
  if (fields.started_at !== undefined) run.startedAt = Date.parse(fields.started_at);
  if (fields.status !== undefined) run.status = fields.status;
  if (fields.conclusion !== undefined) {
    run.status = 'completed';
    run.conclusion = fields.conclusion;
  } else if (fields.status !== undefined) run.conclusion = null;
  run.completedAt = run.status === 'completed' ? Date.parse(fields.completed_at ?? iso(hub.clock.now())) : null;
  if (fields.output === undefined) return;
  const { title, summary, text, annotations } = fields.output;
  run.output = { title: title ?? null, summary, text: text ?? null };
  run.annotations.push(...(annotations ?? []));
}

function announceRun(hub: Hub, actor: Account, action: string, run: CheckRun): void {
  hub.emit('check_run', action, actor, { check_run: runJson(hub, run, true) });
}

export function createRun(
  hub: Hub,
  actor: Account,
  app: App,
  sha: string,
  fields: RunFields & { name: string },
): CheckRun {
  checkFields(fields);
  const branch = [...hub.state.refs].find(([name, tip]) => name.startsWith('heads/') && tip === sha)?.[0];
  const suite = suiteFor(hub, app, sha, branch?.slice('heads/'.length) ?? null);
  for (const old of suiteRuns(hub, suite)) if (old.name === fields.name) old.rerequested = false;
  const run: CheckRun = {
    id: freshId(hub),
    suite,
    name: fields.name,
    status: 'queued',
    conclusion: null,
    externalId: '',
    detailsUrl: null,
    startedAt: hub.clock.now(),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
    rerequested: false,
  };
  fill(hub, run, fields);
  hub.state.runs.set(run.id, run);
  announceRun(hub, actor, 'created', run);
  if (run.status === 'completed') announceRun(hub, actor, 'completed', run);
  settleSuite(hub, actor, suite);
  return run;
}

export function updateRun(hub: Hub, actor: Account, run: CheckRun, fields: RunFields): void {
  checkFields(fields);
  const was = `${run.status} ${run.conclusion}`;
  const asked = run.rerequested;
  fill(hub, run, fields);
  run.rerequested = false;
  if (run.status === 'completed' && (asked || was !== `${run.status} ${run.conclusion}`))
    announceRun(hub, actor, 'completed', run);
  settleSuite(hub, actor, run.suite);
}

/** The suite goes back to queued and loses its conclusion; the run is unchanged, and only its own App is told. */
export function rerequestRun(hub: Hub, actor: Account, run: CheckRun): void {
  run.rerequested = true;
  run.suite.status = 'queued';
  run.suite.conclusion = null;
  run.suite.updatedAt = hub.clock.now();
  if (run.suite.app.ours) announceRun(hub, actor, 'rerequested', run);
}

const mostStatuses = 1000;

export function createStatus(
  hub: Hub,
  actor: Account,
  sha: string,
  fields: { state: string; context: string; description?: string | null; target_url?: string | null },
): Status {
  const same = hub.state.statuses.filter((one) => one.sha === sha && one.context === fields.context);
  if (same.length >= mostStatuses)
    throw new ApiError(422, 'Validation Failed', ['This SHA and context has reached the maximum number of statuses.']);
  const status: Status = {
    id: freshId(hub),
    sha,
    context: fields.context,
    state: fields.state,
    description: fields.description ?? null,
    targetUrl: fields.target_url ?? null,
    creator: actor,
    createdAt: hub.clock.now(),
  };
  hub.state.statuses.push(status);
  const commit = hub.state.git.commits.get(sha);
  hub.emit('status', null, actor, {
    ...statusPayload(hub, status),
    name: fullName(hub),
    commit: commit ? commitJson(hub, commit) : null,
    branches: branchesAt(hub, sha),
  });
  return status;
}

function branchesAt(hub: Hub, sha: string): unknown[] {
  return [...hub.state.refs]
    .filter(([name, tip]) => name.startsWith('heads/') && tip === sha)
    .map(([name]) => ({
      name: name.slice('heads/'.length),
      commit: { sha, url: `${apiRepo(hub)}/commits/${sha}` },
      protected: hub.state.protections.has(name.slice('heads/'.length)),
    }));
}
