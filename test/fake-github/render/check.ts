import { appId, iso, isoOrNull, organisation, ownPullsAt, repoName, repositoryId, type Hub } from '../hub.ts';
import type { App, CheckRun, Status, Suite } from '../state.ts';
import { granted, subscribed } from '../permissions.ts';
import { apiRepo, nodeId, userJson, webRepo } from './account.ts';
import { headCommit } from './commit.ts';
import { repositoryJson } from './repository.ts';

const appBirthday = Date.UTC(2025, 0, 1);

export function appJson(hub: Hub, app: App): Record<string, unknown> {
  return {
    id: app.id,
    client_id: `Iv23li${app.id}`,
    slug: app.slug,
    node_id: nodeId('A', app.id),
    owner: userJson(hub, organisation),
    name: app.slug,
    description: '',
    external_url: 'https://example.com',
    html_url: `${hub.web}/apps/${app.slug}`,
    created_at: iso(appBirthday),
    updated_at: iso(appBirthday),
    permissions: app.id === appId ? granted : { checks: 'write', metadata: 'read' },
    events: subscribed,
  };
}

/** Empty for heads of forks: GitHub looks for pull requests by branches of the repository itself. */
function pullsAt(hub: Hub, sha: string): Record<string, unknown>[] {
  const repo = { id: repositoryId(hub), url: apiRepo(hub), name: repoName(hub) };
  return ownPullsAt(hub, sha).map(({ number, pull }) => ({
    url: `${apiRepo(hub)}/pulls/${number}`,
    id: pull?.id,
    number,
    head: { ref: pull?.headRef, sha: pull?.headSha, repo },
    base: { ref: pull?.baseRef, sha: pull?.baseSha, repo },
  }));
}

export const suiteRuns = (hub: Hub, suite: Suite): CheckRun[] =>
  [...hub.state.runs.values()].filter((run) => run.suite === suite);

/** A suite as `check_run` webhooks give it. */
function suitePart(hub: Hub, suite: Suite): Record<string, unknown> {
  const url = `${apiRepo(hub)}/check-suites/${suite.id}`;
  const commit = hub.state.git.commits.get(suite.headSha);
  return {
    id: suite.id,
    node_id: nodeId('CS', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: suite.status,
    conclusion: suite.conclusion,
    url,
    before: commit?.parents[0] ?? null,
    after: suite.headSha,
    pull_requests: pullsAt(hub, suite.headSha),
    app: appJson(hub, suite.app),
    created_at: iso(suite.createdAt),
    updated_at: iso(suite.updatedAt),
  };
}

/** A suite as `GET` and `check_suite` webhooks give it. */
export function suiteJson(hub: Hub, suite: Suite, inPayload = false): Record<string, unknown> {
  const commit = hub.state.git.commits.get(suite.headSha);
  return {
    ...suitePart(hub, suite),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: suiteRuns(hub, suite).length,
    check_runs_url: `${apiRepo(hub)}/check-suites/${suite.id}/check-runs`,
    head_commit: commit ? headCommit(commit) : null,
    ...(inPayload ? {} : { repository: repositoryJson(hub) }),
  };
}

export function runJson(hub: Hub, run: CheckRun, inPayload = false): Record<string, unknown> {
  const url = `${apiRepo(hub)}/check-runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CR', run.id),
    head_sha: run.suite.headSha,
    external_id: run.externalId,
    url,
    html_url: `${webRepo(hub)}/runs/${run.id}`,
    details_url: run.detailsUrl ?? 'https://example.com',
    status: run.status,
    conclusion: run.conclusion,
    started_at: iso(run.startedAt),
    completed_at: isoOrNull(run.completedAt),
    output: { ...run.output, annotations_count: run.annotations.length, annotations_url: `${url}/annotations` },
    check_suite: inPayload ? suitePart(hub, run.suite) : { id: run.suite.id },
    app: appJson(hub, run.suite.app),
    pull_requests: pullsAt(hub, run.suite.headSha),
  };
}

/** What a check run's author left out reads as null. */
export function annotationJson(hub: Hub, run: CheckRun, given: Record<string, unknown>): Record<string, unknown> {
  const left = { start_column: null, end_column: null, title: null, raw_details: null };
  return { ...left, ...given, blob_href: `${webRepo(hub)}/blob/${run.suite.headSha}/${String(given['path'])}` };
}

/** What the API and webhooks both say of a status. */
function statusPart(hub: Hub, status: Status): Record<string, unknown> {
  return {
    avatar_url: `${hub.web}/avatars/${status.creator.id}`,
    id: status.id,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: iso(status.createdAt),
    updated_at: iso(status.createdAt),
  };
}

export function statusJson(hub: Hub, status: Status, withCreator = true): Record<string, unknown> {
  return {
    ...statusPart(hub, status),
    url: `${apiRepo(hub)}/statuses/${status.sha}`,
    node_id: nodeId('SC', status.id),
    ...(withCreator ? { creator: userJson(hub, status.creator) } : { required: false }),
  };
}

export const statusPayload = (hub: Hub, status: Status): Record<string, unknown> => ({
  ...statusPart(hub, status),
  sha: status.sha,
});
