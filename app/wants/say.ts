import { createHash } from 'node:crypto';
import type { OwnComment } from '../facts/fact.ts';
import { markerOf } from './comment.ts';
import type { Kind, SayWant } from './want.ts';

// docs.github.com/rest/issues/comments: a body holds 65,536 characters.
const longest = 65_000;

/** What a comment answers, as a key: the same parts, the same key. */
export const sayKey = (...parts: readonly string[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);

/** The key of its comment in `Facts.comments`: none of the engine's own. */
export const commentKeyOf = (key: string) => `say-${key}`;

const bodyOf = ({ key, text }: SayWant) =>
  `${markerOf(commentKeyOf(key))}\n${(typeof text === 'string' ? text : text.en).slice(0, longest)}`;

const isSaid = ({ key }: SayWant, comments: readonly OwnComment[]) =>
  comments.some((comment) => comment.key === commentKeyOf(key));

export default {
  rank: 3,
  needs: ['thread', 'comments'],
  permissions: (on) => (on === 'pull' ? { pull_requests: 'write' } : { issues: 'write' }),
  id: (want) => `say:${want.key}`,
  // One comment for one event, whoever words it.
  join: (a) => a,
  diff(want, { thread, comments }) {
    if (isSaid(want, comments)) return [];
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
    const call = { via: 'rest', route, params: { issue_number: thread.number, body: bodyOf(want) } } as const;
    return [{ kind: 'say', id: this.id(want), says: `say ${want.key}`, call, visibleTwice: true }];
  },
  project(want, facts) {
    if (isSaid(want, facts.comments)) return facts;
    const key = commentKeyOf(want.key);
    const fresh = { nodeId: '', id: 0, key, body: bodyOf(want), minimized: false, createdAt: facts.now };
    return { ...facts, comments: [...facts.comments, fresh] };
  },
} satisfies Kind<SayWant>;
