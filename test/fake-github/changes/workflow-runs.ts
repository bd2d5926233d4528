import { parse } from 'yaml';
import { ApiError } from '../api-error.ts';
import { blobText, entryAt } from '../git-objects.ts';
import { app, branchTip, freshId, type Hub } from '../hub.ts';
import { jobPage, runOf, workflowJson } from '../render/workflow.ts';
import type { WorkflowRun } from '../run-state.ts';
import type { Account } from '../state.ts';
import { createRun, updateRun } from './checks.ts';

const folder = '.github/workflows';

export interface Workflow {
  readonly path: string;
  readonly name: string;
  /** Names of the events it listens to. */
  readonly on: readonly string[];
  readonly jobs: readonly string[];
}

const keysOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
};

function readWorkflow(path: string, text: string): Workflow {
  const seen = (parse(text) ?? {}) as { name?: unknown; on?: unknown; jobs?: unknown };
  const name = typeof seen.name === 'string' ? seen.name : path;
  return { path, name, on: keysOf(seen.on), jobs: keysOf(seen.jobs) };
}

/** The workflows on a branch. */
export function workflowsOn({ state }: Hub, branch: string): Workflow[] {
  const tree = state.git.commits.get(state.refs.get(`heads/${branch}`) ?? '')?.tree;
  const entry = tree === undefined ? null : entryAt(state.git, tree, folder);
  const files = entry?.type === 'tree' ? (state.git.trees.get(entry.sha) ?? []) : [];
  return files
    .filter(({ name, type }) => type === 'blob' && /\.ya?ml$/.test(name))
    .map(({ name, sha }) => readWorkflow(`${folder}/${name}`, blobText(state.git, sha) ?? ''));
}

/** By file name or by number, as the routes take it. */
export function findWorkflow(hub: Hub, id: string, branch = 'main'): Workflow {
  const found = workflowsOn(hub, branch).find(
    (one) => one.path === `${folder}/${id}` || String(workflowJson(hub, one)['id']) === id,
  );
  if (!found) throw new ApiError(404, 'Not Found');
  return found;
}

function announce(hub: Hub, actor: Account, run: WorkflowRun, action: string): void {
  const workflow = workflowsOn(hub, 'main').find(({ path }) => path === run.path);
  hub.emit('workflow_run', action, actor, {
    workflow: workflow ? workflowJson(hub, workflow) : null,
    workflow_run: runOf(hub, run),
  });
}

/** The names of the jobs of a run. */
export const jobsOf = (hub: Hub, { path }: WorkflowRun): readonly string[] =>
  workflowsOn(hub, 'main').find((one) => one.path === path)?.jobs ?? [];

/** Each job is a check run of GitHub's own App; a further attempt makes new ones. */
function showJobs(hub: Hub, actor: Account, run: WorkflowRun): void {
  const maker = app(hub, 'github-actions');
  const fields = { status: run.status, ...(run.conclusion !== null && { conclusion: run.conclusion }) };
  for (const [index, name] of jobsOf(hub, run).entries()) {
    const page = jobPage(hub, run, index);
    const known = [...hub.state.runs.values()].find(({ detailsUrl }) => detailsUrl === page);
    if (known) updateRun(hub, actor, known, fields);
    else createRun(hub, actor, maker, run.sha, { name, details_url: page, ...fields });
  }
}

export interface NewRun {
  readonly event: string;
  readonly fork?: boolean;
  /** Somebody has to allow it before it starts. */
  readonly waits?: boolean;
  readonly branch: string;
  readonly sha?: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

const waiting = { status: 'completed', conclusion: 'action_required' } as const;

/** A run of a fork starts once somebody allows it. */
export function approveRun(hub: Hub, actor: Account, run: WorkflowRun): void {
  if (run.conclusion !== waiting.conclusion) throw new ApiError(404, 'Not Found');
  if (!run.fork) throw new ApiError(403, 'This run is not from a fork pull request');
  hub.state.approvedRuns.push(fileOf(run));
  Object.assign(run, { status: 'queued', conclusion: null, updatedAt: hub.clock.now() });
  showJobs(hub, actor, run);
  announce(hub, actor, run, 'requested');
}

const fileOf = ({ path }: WorkflowRun): string => path.slice(folder.length + 1);

export function startRun(hub: Hub, actor: Account, { path, name }: Workflow, wish: NewRun): WorkflowRun {
  const now = hub.clock.now();
  const sha = wish.sha ?? branchTip(hub, wish.branch) ?? '';
  const number = hub.state.workflowRuns.filter((one) => one.path === path).length + 1;
  const run: WorkflowRun = {
    ...{ id: freshId(hub), path, name, number, event: wish.event, branch: wish.branch, sha, actor },
    ...{
      inputs: wish.inputs ?? {},
      fork: wish.fork === true,
      createdAt: now,
      attempt: 1,
      status: 'queued',
      conclusion: null,
    },
    ...{ startedAt: now, updatedAt: now },
  };
  // What has not started has no jobs, and is shown as if it had ended.
  if (wish.waits) Object.assign(run, waiting);
  hub.state.workflowRuns.push(run);
  if (!wish.waits) showJobs(hub, actor, run);
  announce(hub, actor, run, 'requested');
  return run;
}

/** What `POST …/dispatches` does: the workflow must be there, also on the default branch, and listen. */
export function dispatch(hub: Hub, actor: Account, id: string, ref: string, inputs: Record<string, string>): void {
  findWorkflow(hub, id);
  const branch = ref.replace(/^refs\/heads\//, '');
  if (branchTip(hub, branch) === null) throw new ApiError(422, `No ref found for: ${ref}`);
  const workflow = findWorkflow(hub, id, branch);
  if (!workflow.on.includes('workflow_dispatch'))
    throw new ApiError(422, "Workflow does not have 'workflow_dispatch' trigger");
  hub.state.dispatches.push({ workflow: id, inputs });
  startRun(hub, actor, workflow, { event: 'workflow_dispatch', branch, inputs });
}

/** The run begins, or ends when there is a conclusion. */
export function moveRun(hub: Hub, actor: Account, run: WorkflowRun, conclusion: string | null): void {
  run.status = conclusion === null ? 'in_progress' : 'completed';
  run.conclusion = conclusion;
  run.updatedAt = hub.clock.now();
  showJobs(hub, actor, run);
  announce(hub, actor, run, run.status);
}

/** One more attempt of the same run; the fake runs all of its jobs again, also when asked for one. */
export function rerun(hub: Hub, actor: Account, run: WorkflowRun, job?: string): void {
  if (run.status !== 'completed') throw new ApiError(403, 'This workflow is already running');
  hub.state.reruns.push(job === undefined ? fileOf(run) : `${fileOf(run)}/${job}`);
  run.attempt += 1;
  run.status = 'queued';
  run.conclusion = null;
  run.startedAt = hub.clock.now();
  run.updatedAt = run.startedAt;
  showJobs(hub, actor, run);
  announce(hub, actor, run, 'requested');
}
