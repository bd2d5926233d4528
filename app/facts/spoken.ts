import { z } from 'zod';
import { actorFields, actorFrom, actorShape, fullId, shaped } from './actor.ts';
import type { Spoken } from './command-facts.ts';
import type { Answer, Ask, FactSource } from './fact.ts';

const names: Readonly<Record<string, string>> = {
  THUMBS_UP: '+1',
  THUMBS_DOWN: '-1',
  LAUGH: 'laugh',
  HOORAY: 'hooray',
  CONFUSED: 'confused',
  HEART: 'heart',
  ROCKET: 'rocket',
  EYES: 'eyes',
};

const common = {
  id: z.string(),
  body: z.string(),
  author: actorShape,
  lastEditedAt: z.string().nullable(),
  reactionGroups: z.array(z.object({ content: z.string(), viewerHasReacted: z.boolean() })).nullable(),
};
const comment = z.object({ ...common, fullDatabaseId: fullId, createdAt: z.string(), isMinimized: z.boolean() });
const review = z.object({
  ...common,
  fullDatabaseId: fullId.nullable(),
  submittedAt: z.string().nullable(),
  commit: z.object({ oid: z.string() }).nullish(),
});
const shape = z.object({
  ...common,
  createdAt: z.string(),
  comments: z.object({ nodes: z.array(comment.nullable()) }),
  spokenReviews: z.object({ nodes: z.array(review.nullable()) }).nullish(),
});

type Said = z.output<z.ZodObject<typeof common>>;

const fields = `id body lastEditedAt author { ${actorFields} } reactionGroups { content viewerHasReacted }`;
const longest = 64 * 1024;

/** Cheap and generous; what really is a command is read where it is decided. */
export function mayCommand(body: string, { prefix }: Pick<Ask['commands'], 'prefix'>): boolean {
  return body.split(/[\r\n]+/).some((line) => {
    const start = line.trimStart();
    return start.startsWith(prefix) || (start.startsWith('@') && start.includes(` ${prefix}`));
  });
}

function spoken(
  said: Said,
  rest: Pick<Spoken, 'key' | 'surface' | 'id' | 'at' | 'commit'>,
  viewer: Answer['viewer'],
  ask: Ask,
) {
  const reactions = (said.reactionGroups ?? []).filter(({ viewerHasReacted }) => viewerHasReacted);
  return {
    ...{ ...rest, nodeId: said.id },
    by: actorFrom(said.author, viewer),
    text: mayCommand(said.body, ask.commands) ? said.body.slice(0, longest) : '',
    edited: said.lastEditedAt !== null,
    reactions: reactions.flatMap(({ content }) => names[content] ?? []),
  } satisfies Spoken;
}

export default {
  permissions: (kind) => (kind === 'pull' ? { pull_requests: 'read' } : { issues: 'read' }),
  changedBy: [
    ...['issue_comment.created', 'issue_comment.deleted', 'pull_request_review.submitted'],
    ...['issues.opened', 'pull_request.opened'],
  ],
  select: () => ({
    // The comments are those the fact `comments` asks for, so that both are one field of the query.
    thread: `${fields} createdAt comments(last: 100) { nodes { ${fields} fullDatabaseId createdAt isMinimized } }`,
    pull: `spokenReviews: reviews(last: 50) { nodes { ${fields} fullDatabaseId submittedAt commit { oid } } }`,
  }),
  learn({ answer, ask }) {
    const seen = shaped(shape, answer.thread, 'what people said');
    const { viewer } = answer;
    const body = spoken(seen, { key: 'body', surface: 'body', id: 0, at: seen.createdAt }, viewer, ask);
    // A list of GitHub's may hold nothing where something was.
    const comments = seen.comments.nodes.flatMap((one) =>
      // What somebody hid before it was carried out is not carried out.
      one && !one.isMinimized
        ? [spoken(one, { key: one.id, surface: 'comment', id: one.fullDatabaseId, at: one.createdAt }, viewer, ask)]
        : [],
    );
    const reviews = (seen.spokenReviews?.nodes ?? []).flatMap((one) =>
      one?.submittedAt
        ? [
            spoken(
              one,
              {
                ...{ key: one.id, surface: 'review', id: one.fullDatabaseId ?? 0, at: one.submittedAt },
                commit: one.commit?.oid ?? '',
              },
              viewer,
              ask,
            ),
          ]
        : [],
    );
    const all: readonly Spoken[] = [body, ...comments, ...reviews];
    return all.filter(({ text }) => text !== '').sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  },
} satisfies FactSource<'spoken'>;
