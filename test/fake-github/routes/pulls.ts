import { z } from 'zod';
import { ApiError, invalid } from '../api-error.ts';
import { isPull } from '../changes/announce.ts';
import { requestReviews, unrequestReviews } from '../changes/people.ts';
import { addReview, dismissReview, mergePull, openPull, updateBranch } from '../changes/pulls.ts';
import { closeThread, editThread, reopenThread } from '../changes/threads.ts';
import { empty, numberParam, ok, on, page, taking, type Call, type Route } from '../call.ts';
import { ownerOf, pullOf } from '../hub.ts';
import { teamJson, userJson, apiRepo } from '../render/account.ts';
import { commitJson, fileJson } from '../render/commit.ts';
import { fullPullJson, pullCommits, pullFiles, pullJson, reviewJson, type PullThread } from '../render/pull.ts';
import { filtered } from './issues.ts';

const one = '/repos/{owner}/{repo}/pulls/{pull_number}';
const read = 'pull_requests:read';
const write = 'pull_requests:write';
const find = (call: Call): PullThread => pullOf(call.hub, numberParam(call, 'pull_number'));

function list(call: Call) {
  const pulls = [...call.hub.state.threads.values()].filter(isPull);
  const base = call.query.get('base');
  const head = call.query.get('head');
  const label = ({ pull }: PullThread) => `${(pull.fork?.owner ?? ownerOf(call.hub)).login}:${pull.headRef}`;
  const fits = (thread: PullThread) =>
    (base === null || thread.pull.baseRef === base) && (head === null || label(thread) === head);
  return page(call, filtered(call, pulls.filter(fits)) as PullThread[], (thread) => pullJson(call.hub, thread));
}

const creation = z.strictObject({
  title: z.string(),
  head: z.string(),
  base: z.string(),
  body: z.string().optional(),
  draft: z.boolean().optional(),
  maintainer_can_modify: z.boolean().optional(),
  head_repo: z.string().optional(),
  issue: z.number().optional(),
});

function create(call: Call<z.infer<typeof creation>>): PullThread {
  const { title, head, base, body, draft } = call.body;
  const [owner, branch] = head.includes(':') ? head.split(':') : [ownerOf(call.hub).login, head];
  const fork = owner === ownerOf(call.hub).login ? null : call.hub.state.forks.get(owner?.toLowerCase() ?? '');
  if (fork === undefined) throw invalid('PullRequest', 'head');
  return openPull(call.hub, call.actor, { title, body, base, head: branch ?? '', fork, draft: draft ?? false });
}

const patch = z.strictObject({
  title: z.string().optional(),
  body: z.string().optional(),
  state: z.enum(['open', 'closed']).optional(),
  base: z.string().optional(),
  maintainer_can_modify: z.boolean().optional(),
});

function update(call: Call<z.infer<typeof patch>>): PullThread {
  const thread = find(call);
  const { state, title, body, base } = call.body;
  editThread(call.hub, call.actor, thread, { title, body, base });
  if (state === 'closed') closeThread(call.hub, call.actor, thread, null);
  if (state === 'open') reopenThread(call.hub, call.actor, thread);
  return thread;
}

const merge = z
  .strictObject({
    commit_title: z.string().optional(),
    commit_message: z.string().optional(),
    sha: z.string().optional(),
    merge_method: z.enum(['merge', 'squash', 'rebase']).optional(),
  })
  .optional();

function workflowsTouched(call: Call, thread: PullThread): void {
  const touches = pullFiles(call.hub, thread.pull).some((file) => file.filename.startsWith('.github/workflows/'));
  if (touches && call.grant.permissions['workflows'] !== 'write')
    throw new ApiError(
      403,
      'refusing to allow a GitHub App to create or update workflow without `workflows` permission',
    );
}

const mergeRoutes: Route[] = [
  on(`GET ${one}/merge`, read, (call) => {
    if (find(call).pull.mergedAt === null) throw new ApiError(404, 'Not Found');
    return empty;
  }),
  taking(`PUT ${one}/merge`, 'contents:write', merge, (call) => {
    const thread = find(call);
    workflowsTouched(call, thread);
    const { commit_title: title, commit_message: message, sha, merge_method: method = 'merge' } = call.body ?? {};
    const commit = mergePull(call.hub, call.actor, thread, { method, title, message, sha });
    return ok({ sha: commit, merged: true, message: 'Pull Request successfully merged' });
  }),
  taking(
    `PUT ${one}/update-branch`,
    write,
    z.strictObject({ expected_head_sha: z.string().optional() }).optional(),
    (call) => {
      const thread = find(call);
      const expected = call.body?.expected_head_sha;
      if (expected !== undefined && expected !== thread.pull.headSha)
        throw new ApiError(422, `expected head sha didn’t match current head ref.`);
      updateBranch(call.hub, call.actor, thread);
      return ok({ message: 'Updating pull request branch.', url: `${apiRepo(call.hub)}/pulls/${thread.number}` }, 202);
    },
  ),
];

const asked = z.strictObject({
  reviewers: z.array(z.string()).optional(),
  team_reviewers: z.array(z.string()).optional(),
});

const requestRoutes: Route[] = [
  on(`GET ${one}/requested_reviewers`, read, (call) => {
    const { pull } = find(call);
    const users = pull.reviewers.map((who) => userJson(call.hub, who));
    return ok({ users, teams: pull.teams.map((team) => teamJson(call.hub, team)) });
  }),
  taking(`POST ${one}/requested_reviewers`, write, asked, (call) => {
    const { reviewers = [], team_reviewers: teams = [] } = call.body;
    requestReviews(call.hub, call.actor, find(call), reviewers, teams);
    return ok(pullJson(call.hub, find(call)), 201);
  }),
  taking(`DELETE ${one}/requested_reviewers`, write, asked, (call) => {
    const { reviewers = [], team_reviewers: teams = [] } = call.body;
    unrequestReviews(call.hub, call.actor, find(call), reviewers, teams);
    return ok(pullJson(call.hub, find(call)));
  }),
];

const review = z.strictObject({
  body: z.string().optional(),
  event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']).optional(),
  commit_id: z.string().optional(),
  comments: z.array(z.unknown()).optional(),
});
const states = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

function createReview(call: Call<z.infer<typeof review>>) {
  const thread = find(call);
  const { event, body = '', commit_id: commit } = call.body;
  if (event && event !== 'COMMENT' && thread.author === call.actor)
    throw new ApiError(422, 'Unprocessable Entity', [
      `Can not ${event === 'APPROVE' ? 'approve' : 'request changes on'} your own pull request`,
    ]);
  const state = event ? states[event] : 'PENDING';
  return reviewJson(call.hub, thread, addReview(call.hub, call.actor, thread, state, body, commit));
}

function findReview(call: Call) {
  const found = find(call).pull.reviews.find((entry) => entry.id === numberParam(call, 'review_id'));
  if (!found) throw new ApiError(404, 'Not Found');
  return found;
}

const reviewRoutes: Route[] = [
  on(`GET ${one}/reviews`, read, (call) =>
    page(call, find(call).pull.reviews, (entry) => reviewJson(call.hub, find(call), entry)),
  ),
  taking(`POST ${one}/reviews`, write, review, (call) => ok(createReview(call))),
  on(`GET ${one}/reviews/{review_id}`, read, (call) => ok(reviewJson(call.hub, find(call), findReview(call)))),
  taking(
    `PUT ${one}/reviews/{review_id}/dismissals`,
    write,
    z.strictObject({ message: z.string(), event: z.string().optional() }),
    (call) => {
      dismissReview(call.hub, call.actor, find(call), findReview(call));
      return ok(reviewJson(call.hub, find(call), findReview(call)));
    },
  ),
  on(`GET ${one}/comments`, read, (call) => page(call, [], (none) => none)),
];

const mostCommits = 250;
const mostFiles = 3000;

export const pullRoutes: Route[] = [
  on('GET /repos/{owner}/{repo}/pulls', read, list),
  taking('POST /repos/{owner}/{repo}/pulls', write, creation, (call) => ok(fullPullJson(call.hub, create(call)), 201)),
  on(`GET ${one}`, read, (call) => ok(fullPullJson(call.hub, find(call)))),
  taking(`PATCH ${one}`, write, patch, (call) => ok(fullPullJson(call.hub, update(call)))),
  on(`GET ${one}/files`, read, (call) => {
    const { pull } = find(call);
    return page(call, pullFiles(call.hub, pull).slice(0, mostFiles), (file) => fileJson(call.hub, file, pull.headSha));
  }),
  on(`GET ${one}/commits`, read, (call) =>
    page(call, pullCommits(call.hub, find(call).pull).slice(0, mostCommits), (commit) => commitJson(call.hub, commit)),
  ),
  on('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', read, (call) => {
    const sha = call.params['commit_sha'] ?? '';
    const pulls = [...call.hub.state.threads.values()].filter(isPull);
    const found = pulls.filter(
      ({ pull }) => pull.mergeCommit === sha || pullCommits(call.hub, pull).some((commit) => commit.sha === sha),
    );
    return page(call, found, (thread) => pullJson(call.hub, thread));
  }),
  ...mergeRoutes,
  ...requestRoutes,
  ...reviewRoutes,
];
