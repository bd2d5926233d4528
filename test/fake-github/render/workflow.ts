import { createHash } from 'node:crypto';
import type { Workflow } from '../changes/workflow-runs.ts';
import { birthday, iso, type Hub } from '../hub.ts';
import type { WorkflowRun } from '../run-state.ts';
import { apiRepo, nodeId, userJson, webRepo } from './account.ts';
import { headCommit } from './commit.ts';
import { shortRepository } from './repository.ts';

/** A workflow keeps its number as long as its file keeps its name. */
const numberOf = (hub: Hub, path: string): number =>
  createHash('sha256').update(`${hub.state.repository.id} ${path}`).digest().readUInt32BE() % 100_000_000;

export function workflowJson(hub: Hub, { path, name }: Workflow): Record<string, unknown> {
  const id = numberOf(hub, path);
  return {
    id,
    node_id: nodeId('W', id),
    name,
    path,
    state: 'active',
    created_at: iso(birthday),
    updated_at: iso(birthday),
    url: `${apiRepo(hub)}/actions/workflows/${id}`,
    html_url: `${webRepo(hub)}/blob/main/${path}`,
    badge_url: `${webRepo(hub)}/workflows/${encodeURIComponent(name)}/badge.svg`,
  };
}

function pullsOf(hub: Hub, { sha }: WorkflowRun): Record<string, unknown>[] {
  const repo = { id: hub.state.repository.id, url: apiRepo(hub), name: hub.state.repository.name };
  return [...hub.state.threads.values()].flatMap(({ number, state, pull }) => {
    if (!pull || pull.fork || state !== 'open' || pull.headSha !== sha) return [];
    const [head, base] = [
      { ref: pull.headRef, sha: pull.headSha, repo },
      { ref: pull.baseRef, sha: pull.baseSha, repo },
    ];
    return [{ id: pull.id, number, url: `${apiRepo(hub)}/pulls/${number}`, head, base }];
  });
}

/** A run as its route and its webhook give it. */
export function runOf(hub: Hub, run: WorkflowRun): Record<string, unknown> {
  const workflow = numberOf(hub, run.path);
  const url = `${apiRepo(hub)}/actions/runs/${run.id}`;
  const commit = hub.state.git.commits.get(run.sha);
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('WFR', run.id),
    head_branch: run.branch,
    head_sha: run.sha,
    path: run.path,
    display_title: commit?.message.split('\n')[0] ?? '',
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflow,
    check_suite_id: run.id,
    check_suite_node_id: nodeId('CS', run.id),
    url,
    html_url: `${webRepo(hub)}/actions/runs/${run.id}`,
    pull_requests: pullsOf(hub, run),
    created_at: iso(run.createdAt),
    updated_at: iso(run.updatedAt),
    run_started_at: iso(run.startedAt),
    actor: userJson(hub, run.actor),
    triggering_actor: userJson(hub, run.actor),
    referenced_workflows: [],
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${apiRepo(hub)}/actions/workflows/${workflow}`,
    ...Object.fromEntries(
      ['jobs', 'logs', 'artifacts', 'cancel', 'rerun'].map((name) => [`${name}_url`, `${url}/${name}`]),
    ),
    check_suite_url: `${apiRepo(hub)}/check-suites/${run.id}`,
    head_commit: commit ? headCommit(commit) : null,
    repository: shortRepository(hub),
    head_repository: shortRepository(hub),
  };
}

export const jobNumber = ({ id, attempt }: WorkflowRun, index: number): number => id * 10_000 + attempt * 100 + index;

/** Where people see a job; each attempt has its own. */
export const jobPage = (hub: Hub, run: WorkflowRun, index: number): string =>
  `${webRepo(hub)}/actions/runs/${run.id}/job/${jobNumber(run, index)}`;

/** Every job of a run ends as the run does: the fake runs nothing. */
export function jobJson(hub: Hub, run: WorkflowRun, name: string, index: number): Record<string, unknown> {
  const id = jobNumber(run, index);
  return {
    id,
    run_id: run.id,
    run_url: `${apiRepo(hub)}/actions/runs/${run.id}`,
    run_attempt: run.attempt,
    node_id: nodeId('CR', id),
    head_sha: run.sha,
    head_branch: run.branch,
    url: `${apiRepo(hub)}/actions/jobs/${id}`,
    html_url: jobPage(hub, run, index),
    status: run.status,
    conclusion: run.conclusion,
    created_at: iso(run.createdAt),
    started_at: iso(run.startedAt),
    completed_at: run.status === 'completed' ? iso(run.updatedAt) : null,
    name,
    steps: [],
    check_run_url: `${apiRepo(hub)}/check-runs/${id}`,
    labels: ['ubuntu-latest'],
    runner_id: null,
    runner_name: null,
    runner_group_id: null,
    runner_group_name: null,
    workflow_name: run.path,
  };
}
