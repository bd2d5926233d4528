import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { addComment, deleteComment, editComment, react, unreact } from '../changes/comments.ts';
import { empty, numberParam, ok, on, page, taking, type Call, type Route } from '../call.ts';
import { comment, thread } from '../hub.ts';
import { reactionJson } from '../render/account.ts';
import { commentJson, commentsOf } from '../render/thread.ts';
import type { Comment, Reaction } from '../state.ts';

const repo = '/repos/{owner}/{repo}';
const written = z.strictObject({ body: z.string() });
const reaction = z.strictObject({
  content: z.enum(['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes']),
});

function since(call: Call, comments: readonly Comment[]): Comment[] {
  const from = Date.parse(call.query.get('since') ?? '1970-01-01T00:00:00Z');
  return comments.filter((one) => one.updatedAt >= from);
}

function sorted(call: Call, comments: readonly Comment[]): Comment[] {
  const by = call.query.get('sort') === 'updated' ? ('updatedAt' as const) : ('createdAt' as const);
  const up = call.query.get('direction') === 'desc' ? -1 : 1;
  return comments.toSorted((a, b) => up * (a[by] - b[by] || a.id - b.id));
}

const reactionsOf = (call: Call): Reaction[] => {
  if (call.params['comment_id'] !== undefined) return comment(call.hub, numberParam(call, 'comment_id')).reactions;
  return thread(call.hub, numberParam(call, 'issue_number')).reactions;
};

function reactionRoutes(base: string): Route[] {
  return [
    on(`GET ${base}/reactions`, 'thread:read', (call) =>
      page(call, reactionsOf(call), (one) => reactionJson(call.hub, one)),
    ),
    taking(`POST ${base}/reactions`, 'thread:write', reaction, (call) => {
      const { fresh, json } = react(call.hub, call.actor, reactionsOf(call), call.body.content);
      return ok(json, fresh ? 201 : 200);
    }),
    on(`DELETE ${base}/reactions/{reaction_id}`, 'thread:write', (call) => {
      const id = numberParam(call, 'reaction_id');
      if (!unreact(reactionsOf(call), (one) => one.id === id)) throw new ApiError(404, 'Not Found');
      return empty;
    }),
  ];
}

export const commentRoutes: Route[] = [
  on(`GET ${repo}/issues/comments`, 'issues:read|pull_requests:read', (call) => {
    const all = sorted(call, since(call, [...call.hub.state.comments.values()]));
    return page(call, all, (one) => commentJson(call.hub, one));
  }),
  on(`GET ${repo}/issues/{issue_number}/comments`, 'thread:read', (call) => {
    const found = thread(call.hub, numberParam(call, 'issue_number'));
    return page(call, since(call, commentsOf(call.hub, found)), (one) => commentJson(call.hub, one));
  }),
  taking(`POST ${repo}/issues/{issue_number}/comments`, 'thread:write', written, (call) => {
    const found = thread(call.hub, numberParam(call, 'issue_number'));
    return ok(commentJson(call.hub, addComment(call.hub, call.actor, found, call.body.body)), 201);
  }),
  on(`GET ${repo}/issues/comments/{comment_id}`, 'thread:read', (call) =>
    ok(commentJson(call.hub, comment(call.hub, numberParam(call, 'comment_id')))),
  ),
  taking(`PATCH ${repo}/issues/comments/{comment_id}`, 'thread:write', written, (call) => {
    const found = comment(call.hub, numberParam(call, 'comment_id'));
    editComment(call.hub, call.actor, found, call.body.body);
    return ok(commentJson(call.hub, found));
  }),
  on(`DELETE ${repo}/issues/comments/{comment_id}`, 'thread:write', (call) => {
    deleteComment(call.hub, call.actor, comment(call.hub, numberParam(call, 'comment_id')));
    return empty;
  }),
  ...reactionRoutes(`${repo}/issues/comments/{comment_id}`),
  ...reactionRoutes(`${repo}/issues/{issue_number}`),
];
