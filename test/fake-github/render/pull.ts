import { iso, isoOrNull, fullName, ownerOf, repoName, type Hub } from '../hub.ts';
import { changedFiles, commitsBetween, mergeBase } from '../git-history.ts';
import { mergeability } from '../mergeability.ts';
import type { Fork, Pull, Review, Thread } from '../state.ts';
import { apiRepo, association, nodeId, teamJson, userJson, userOrNull } from './account.ts';
import { mergeSettings, repositoryJson } from './repository.ts';
import { commentsOf, threadFields, threadNode, webThread } from './thread.ts';

export type PullThread = Thread & { readonly pull: Pull };

export function forkJson(hub: Hub, fork: Fork): Record<string, unknown> {
  const name = `${fork.owner.login}/${repoName(hub)}`;
  const swapped = JSON.stringify(repositoryJson(hub)).replaceAll(fullName(hub), name);
  return {
    ...(JSON.parse(swapped) as Record<string, unknown>),
    id: fork.id,
    node_id: nodeId('R', fork.id),
    full_name: name,
    owner: userJson(hub, fork.owner),
    fork: true,
  };
}

function headJson(hub: Hub, pull: Pull): Record<string, unknown> {
  const who = pull.fork?.owner ?? ownerOf(hub);
  return {
    label: `${who.login}:${pull.headRef}`,
    ref: pull.headRef,
    sha: pull.headSha,
    user: userJson(hub, who),
    repo: { ...(pull.fork ? forkJson(hub, pull.fork) : repositoryJson(hub)), ...mergeSettings },
  };
}

function pullUrls(hub: Hub, thread: Thread): Record<string, unknown> {
  const [url, issue, web] = [
    `${apiRepo(hub)}/pulls/${thread.number}`,
    `${apiRepo(hub)}/issues/${thread.number}`,
    webThread(hub, thread),
  ];
  const links = {
    commits: `${url}/commits`,
    review_comments: `${url}/comments`,
    review_comment: `${apiRepo(hub)}/pulls/comments{/number}`,
    comments: `${issue}/comments`,
    statuses: `${apiRepo(hub)}/statuses/${thread.pull?.headSha ?? ''}`,
  };
  const href = { self: url, html: web, issue, ...links };
  return {
    url,
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    issue_url: issue,
    ...Object.fromEntries(Object.entries(links).map(([name, link]) => [`${name}_url`, link])),
    _links: Object.fromEntries(Object.entries(href).map(([name, link]) => [name, { href: link }])),
  };
}

/** A pull request as lists give it. */
export function pullJson(hub: Hub, thread: PullThread): Record<string, unknown> {
  const pull = thread.pull;
  return {
    ...pullUrls(hub, thread),
    id: pull.id,
    node_id: threadNode(thread),
    ...threadFields(hub, thread),
    merged_at: isoOrNull(pull.mergedAt),
    merge_commit_sha: pull.mergeCommit,
    requested_reviewers: pull.reviewers.map((who) => userJson(hub, who)),
    requested_teams: pull.teams.map((team) => teamJson(hub, team)),
    draft: pull.draft,
    head: headJson(hub, pull),
    base: {
      label: `${ownerOf(hub).login}:${pull.baseRef}`,
      ref: pull.baseRef,
      sha: pull.baseSha,
      user: userJson(hub, ownerOf(hub)),
      repo: { ...repositoryJson(hub), ...mergeSettings },
    },
    auto_merge: null,
  };
}

export function pullFiles(hub: Hub, pull: Pull) {
  const git = hub.state.git;
  const tip = pull.mergedAt === null ? (hub.state.refs.get(`heads/${pull.baseRef}`) ?? pull.baseSha) : pull.baseSha;
  const base = mergeBase(git, tip, pull.headSha);
  const tree = (sha: string | null) => git.commits.get(sha ?? '')?.tree ?? '';
  return changedFiles(git, tree(base), tree(pull.headSha));
}

export function pullCommits(hub: Hub, pull: Pull) {
  const tip = pull.mergedAt === null ? (hub.state.refs.get(`heads/${pull.baseRef}`) ?? pull.baseSha) : pull.baseSha;
  return commitsBetween(hub.state.git, tip, pull.headSha);
}

/** A pull request as `GET` of one and webhooks give it. */
export function fullPullJson(hub: Hub, thread: PullThread): Record<string, unknown> {
  const files = pullFiles(hub, thread.pull);
  const sum = (key: 'additions' | 'deletions') => files.reduce((total, file) => total + file[key], 0);
  const { mergeable, state } = mergeability(hub, thread);
  return {
    ...pullJson(hub, thread),
    merged: thread.pull.mergedAt !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: state,
    merged_by: userOrNull(hub, thread.pull.mergedBy),
    comments: commentsOf(hub, thread).length,
    review_comments: 0,
    maintainer_can_modify: thread.pull.maintainerCanModify,
    commits: pullCommits(hub, thread.pull).length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changed_files: files.length,
  };
}

export function reviewJson(hub: Hub, thread: Thread, review: Review): Record<string, unknown> {
  const html = `${webThread(hub, thread)}#pullrequestreview-${review.id}`;
  const pull = `${apiRepo(hub)}/pulls/${thread.number}`;
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: userJson(hub, review.user),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pull,
    author_association: association(hub, review.user),
    _links: { html: { href: html }, pull_request: { href: pull } },
    submitted_at: iso(review.submittedAt),
    commit_id: review.commit,
  };
}
