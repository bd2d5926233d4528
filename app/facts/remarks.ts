import { z } from 'zod';
import { actorFields, actorFrom, actorShape, fullId, shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const comment = z.object({
  id: z.string(),
  fullDatabaseId: fullId,
  body: z.string(),
  createdAt: z.string(),
  author: actorShape,
});
const shape = z.object({ comments: z.object({ nodes: z.array(comment.nullable()) }) });

const longest = 64 * 1024;
/** Of older comments it is only kept that they were made. */
const mostBodies = 30;

export default {
  permissions: (kind) => (kind === 'pull' ? { pull_requests: 'read' } : { issues: 'read' }),
  changedBy: ['issue_comment.created', 'issue_comment.edited', 'issue_comment.deleted'],
  select: () => ({
    // The comments are those the fact `comments` asks for, so that both are one field of the query.
    thread: `comments(last: 100) { nodes { id fullDatabaseId body createdAt author { ${actorFields} } } }`,
  }),
  learn({ answer }) {
    // A list of GitHub's may hold nothing where something was.
    const there = shaped(shape, answer.thread, 'the comments').comments.nodes.filter((node) => node !== null);
    const all = there.map(({ author, ...rest }) => ({ ...rest, actor: actorFrom(author, answer.viewer) }));
    const people = all.filter(({ actor }) => !actor.bot && !actor.us).slice(-mostBodies);
    return all.map((said) => ({
      ...{ key: said.id, kind: 'commented', actor: said.actor, at: said.createdAt, comment: said.fullDatabaseId },
      object: people.includes(said) ? said.body.slice(0, longest) : '',
    }));
  },
} satisfies FactSource<'remarks'>;
