import { iso, isoOrNull, type Hub } from '../hub.ts';
import type { Comment, Thread } from '../state.ts';
import { apiRepo, association, nodeId, reactionRollup, userJson, userOrNull, webRepo } from './account.ts';
import { labelJson, milestoneJson } from './repository.ts';

export const threadNode = (thread: Thread): string =>
  thread.pull ? nodeId('PR', thread.pull.id) : nodeId('I', thread.id);

export const webThread = (hub: Hub, thread: Thread): string =>
  `${webRepo(hub)}/${thread.pull ? 'pull' : 'issues'}/${thread.number}`;

export const commentsOf = (hub: Hub, thread: Thread): Comment[] =>
  [...hub.state.comments.values()].filter((one) => one.thread === thread.number);

/** Fields an issue and a pull request share. */
export function threadFields(hub: Hub, thread: Thread): Record<string, unknown> {
  const assignees = thread.assignees.map((who) => userJson(hub, who));
  return {
    number: thread.number,
    title: thread.title,
    user: userJson(hub, thread.author),
    labels: thread.labels.map((label) => labelJson(hub, label)),
    state: thread.state,
    locked: thread.locked,
    active_lock_reason: thread.lockReason,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: thread.milestone && milestoneJson(hub, thread.milestone),
    created_at: iso(thread.createdAt),
    updated_at: iso(thread.updatedAt),
    closed_at: isoOrNull(thread.closedAt),
    author_association: association(hub, thread.author),
    body: thread.body,
  };
}

function pullLinks(hub: Hub, thread: Thread): Record<string, unknown> {
  if (!thread.pull) return {};
  const web = webThread(hub, thread);
  return {
    draft: thread.pull.draft,
    pull_request: {
      url: `${apiRepo(hub)}/pulls/${thread.number}`,
      html_url: web,
      diff_url: `${web}.diff`,
      patch_url: `${web}.patch`,
      merged_at: isoOrNull(thread.pull.mergedAt),
    },
  };
}

/** An issue as webhooks and searches give it. */
export function payloadIssue(hub: Hub, thread: Thread): Record<string, unknown> {
  const url = `${apiRepo(hub)}/issues/${thread.number}`;
  return {
    url,
    repository_url: apiRepo(hub),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: webThread(hub, thread),
    id: thread.id,
    node_id: threadNode(thread),
    ...threadFields(hub, thread),
    comments: commentsOf(hub, thread).length,
    ...pullLinks(hub, thread),
    reactions: reactionRollup(url, thread.reactions),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: thread.pull ? null : thread.reason,
  };
}

/** An issue as the API gives it; webhooks and searches do not say who closed it. */
export const issueJson = (hub: Hub, thread: Thread): Record<string, unknown> => ({
  ...payloadIssue(hub, thread),
  closed_by: userOrNull(hub, thread.closedBy),
});

export function commentJson(hub: Hub, comment: Comment): Record<string, unknown> {
  const thread = hub.state.threads.get(comment.thread);
  const url = `${apiRepo(hub)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${thread ? webThread(hub, thread) : ''}#issuecomment-${comment.id}`,
    issue_url: `${apiRepo(hub)}/issues/${comment.thread}`,
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    user: userJson(hub, comment.user),
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    body: comment.body,
    author_association: association(hub, comment.user),
    reactions: reactionRollup(url, comment.reactions),
    performed_via_github_app: null,
  };
}
