import type { OwnComment } from '../facts/fact.ts';
import type { Change, CommentWant, Kind } from './want.ts';

/** The first line of the comment with this key; it is how the comment is found again, so it never changes. */
export const markerOf = (key: string) => `<!-- github-bot:${key} -->`;

const full = ({ key, body }: CommentWant) => `${markerOf(key)}\n${(typeof body === 'string' ? body : body?.en) ?? ''}`;
// GitHub stores CRLF as it comes and trims the end.
const plain = (body: string) => body.replaceAll('\r\n', '\n').trimEnd();

const minimize = `mutation Minimize($id: ID!) {
  minimizeComment(input: { subjectId: $id, classifier: RESOLVED }) { minimizedComment { isMinimized } }
}`;
const unminimize = `mutation Unminimize($id: ID!) {
  unminimizeComment(input: { subjectId: $id }) { unminimizedComment { isMinimized } }
}`;

/** Were there two after all, the oldest is the one. */
const find = (want: CommentWant, comments: readonly OwnComment[]) => comments.find(({ key }) => key === want.key);

function change(want: CommentWant, says: string, call: Change['call'], visibleTwice = false): Change {
  return { kind: 'comment', id: `comment:${want.key}`, says: `${says} ${want.key}`, call, visibleTwice };
}

export default {
  rank: 3,
  needs: ['thread', 'comments'],
  permissions: (on) => (on === 'pull' ? { pull_requests: 'write' } : { issues: 'write' }),
  id: (want) => `comment:${want.key}`,
  diff(want, { thread, comments }) {
    const found = find(want, comments);
    const variables = { id: found?.nodeId };
    if (want.body === null) {
      if (!found || found.minimized) return [];
      return [change(want, 'minimise', { via: 'graphql', document: minimize, variables })];
    }
    const body = full(want);
    if (!found) {
      const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
      return [change(want, 'write', { via: 'rest', route, params: { issue_number: thread.number, body } }, true)];
    }
    const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
    const edit = change(want, 'edit', { via: 'rest', route, params: { comment_id: found.id, body } });
    const show = change(want, 'bring back', { via: 'graphql', document: unminimize, variables });
    return [...(plain(found.body) === plain(body) ? [] : [edit]), ...(found.minimized ? [show] : [])];
  },
  project(want, facts) {
    const found = find(want, facts.comments);
    if (!found && want.body === null) return facts;
    const written = want.body === null ? {} : { body: full(want) };
    const fresh: OwnComment = {
      ...(found ?? { nodeId: '', id: 0, key: want.key, body: '', createdAt: facts.now }),
      ...written,
      minimized: want.body === null,
    };
    const comments = found ? facts.comments.map((c) => (c === found ? fresh : c)) : [...facts.comments, fresh];
    return { ...facts, comments };
  },
} satisfies Kind<CommentWant>;
