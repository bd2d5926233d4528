import { invalid } from '../api-error.ts';
import { freshId, thread as findThread, isBot, type Hub } from '../hub.ts';
import { reactionJson } from '../render/account.ts';
import { commentJson, payloadIssue } from '../render/thread.ts';
import type { Account, Comment, Reaction, Thread } from '../state.ts';

const longestBody = 65_536;

export function checkBody(body: string): void {
  if (body.trim() === '') throw invalid('IssueComment', 'body', 'missing_field', 'Body cannot be blank');
  if ([...body].length > longestBody)
    throw invalid('IssueComment', 'data', 'unprocessable', `Body is too long (maximum is ${longestBody} characters)`);
}

function send(hub: Hub, action: string, actor: Account, comment: Comment, extra: Record<string, unknown> = {}): void {
  const issue = payloadIssue(hub, findThread(hub, comment.thread));
  hub.emit('issue_comment', action, actor, { issue, comment: commentJson(hub, comment), ...extra });
}

export function addComment(hub: Hub, actor: Account, thread: Thread, body: string): Comment {
  checkBody(body);
  const now = hub.clock.now();
  const comment: Comment = {
    id: freshId(hub),
    thread: thread.number,
    as: null,
    body,
    user: actor,
    viaApp: isBot(hub, actor),
    createdAt: now,
    updatedAt: now,
    editedAt: null,
    edits: [],
    minimized: null,
    reactions: [],
  };
  hub.state.comments.set(comment.id, comment);
  thread.updatedAt = now;
  thread.timeline.push({ id: comment.id, kind: 'commented', at: now, actor, what: {} });
  send(hub, 'created', actor, comment);
  return comment;
}

export function editComment(hub: Hub, actor: Account, comment: Comment, body: string): void {
  checkBody(body);
  const now = hub.clock.now();
  const from = comment.body;
  comment.updatedAt = now;
  if (from === body) return;
  comment.edits.push({ at: now, by: actor, from });
  comment.body = body;
  comment.editedAt = now;
  findThread(hub, comment.thread).updatedAt = now;
  send(hub, 'edited', actor, comment, { changes: { body: { from } } });
}

export function deleteComment(hub: Hub, actor: Account, comment: Comment): void {
  const thread = findThread(hub, comment.thread);
  hub.state.comments.delete(comment.id);
  const at = thread.timeline.findIndex((event) => event.id === comment.id);
  if (at >= 0) thread.timeline.splice(at, 1);
  thread.updatedAt = hub.clock.now();
  send(hub, 'deleted', actor, comment);
}

/** The same reaction twice is one reaction; reactions send no webhook on GitHub. */
export function react(
  hub: Hub,
  actor: Account,
  reactions: Reaction[],
  content: string,
): { fresh: boolean; json: Record<string, unknown>; reaction: Reaction } {
  const known = reactions.find((one) => one.user.id === actor.id && one.content === content);
  const reaction = known ?? { id: freshId(hub), content, user: actor, createdAt: hub.clock.now() };
  if (!known) reactions.push(reaction);
  return { fresh: !known, json: reactionJson(hub, reaction), reaction };
}

export function unreact(reactions: Reaction[], found: (reaction: Reaction) => boolean): Reaction | null {
  const at = reactions.findIndex(found);
  return at < 0 ? null : (reactions.splice(at, 1)[0] ?? null);
}
