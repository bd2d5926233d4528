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
const review = z.object({ id: z.string(), submittedAt: z.string().nullable(), author: actorShape });
const shape = z.object({
  comments: z.object({ nodes: z.array(comment.nullable()) }),
  spokenReviews: z.object({ nodes: z.array(review.nullable()) }).nullish(),
});

const longest = 64 * 1024;
/** Of older comments it is only kept that they were made. */
const mostBodies = 30;

export default {
  permissions: (kind) => (kind === 'pull' ? { pull_requests: 'read' } : { issues: 'read' }),
  changedBy: [
    ...['issue_comment.created', 'issue_comment.edited', 'issue_comment.deleted'],
    ...['pull_request_review.submitted', 'pull_request_review.dismissed'],
  ],
  select: () => ({
    // The comments are those the fact `comments` asks for, and the reviews those of `spoken`: one field of the query each.
    thread: `comments(last: 100) { nodes { id fullDatabaseId body createdAt author { ${actorFields} } } }`,
    pull: `spokenReviews: reviews(last: 50) { nodes { id submittedAt author { ${actorFields} } } }`,
  }),
  learn({ answer }) {
    // A list of GitHub's may hold nothing where something was.
    const { comments, spokenReviews } = shaped(shape, answer.thread, 'the comments');
    const there = comments.nodes.filter((node) => node !== null);
    const all = there.map(({ author, ...rest }) => ({ ...rest, actor: actorFrom(author, answer.viewer) }));
    const people = all.filter(({ actor }) => !actor.bot && !actor.us).slice(-mostBodies);
    const commented = all.map((said) => ({
      ...{
        key: said.id,
        kind: 'commented' as const,
        actor: said.actor,
        at: said.createdAt,
        comment: said.fullDatabaseId,
      },
      object: people.includes(said) ? said.body.slice(0, longest) : '',
    }));
    const reviewed = (spokenReviews?.nodes ?? []).flatMap((one) => {
      if (!one?.submittedAt) return [];
      const actor = actorFrom(one.author, answer.viewer);
      return [{ key: one.id, kind: 'reviewed' as const, actor, at: one.submittedAt, object: '' }];
    });
    return [...commented, ...reviewed];
  },
} satisfies FactSource<'remarks'>;
