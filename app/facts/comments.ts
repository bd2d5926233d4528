import { z } from 'zod';
import { Trouble } from '../github/troubles.ts';
import { fullId, shaped } from './actor.ts';
import type { FactSource, Learning, OwnComment } from './fact.ts';

const node = z.object({
  id: z.string(),
  fullDatabaseId: fullId,
  body: z.string(),
  viewerDidAuthor: z.boolean(),
  isMinimized: z.boolean(),
  createdAt: z.string(),
});
const page = z.object({
  nodes: z.array(node),
  pageInfo: z.object({ hasPreviousPage: z.boolean(), startCursor: z.string().nullable() }),
});
type Page = z.output<typeof page>;

const fields =
  'nodes { id fullDatabaseId body viewerDidAuthor isMinimized createdAt } pageInfo { hasPreviousPage startCursor }';

const olderPages = `query OlderComments($owner: String!, $name: String!, $number: Int!, $before: String!) {
  repository(owner: $owner, name: $name) {
    issueOrPullRequest(number: $number) {
      ... on Issue { comments(last: 100, before: $before) { ${fields} } }
      ... on PullRequest { comments(last: 100, before: $before) { ${fields} } }
    }
  }
}`;

const olderShape = z.object({ repository: z.object({ issueOrPullRequest: z.object({ comments: page }) }) });

const mostPages = 50;

async function before(cursor: string, { read, subject }: Learning): Promise<Page> {
  const { owner, name } = subject.repo;
  const answer = await read.graphql(olderPages, { owner, name, number: subject.number, before: cursor });
  return shaped(olderShape, answer, 'older comments').repository.issueOrPullRequest.comments;
}

/** The key is believed only in a comment of ours, on its first line. */
const marker = /^<!-- github-bot:([a-z0-9-]+) -->/;

function own({ nodes }: Pick<Page, 'nodes'>): OwnComment[] {
  return nodes.flatMap((comment) => {
    const key = comment.viewerDidAuthor && marker.exec(comment.body)?.[1];
    if (!key) return [];
    const { id: nodeId, fullDatabaseId: id, body, isMinimized: minimized, createdAt } = comment;
    return [{ nodeId, id, key, body, minimized, createdAt }];
  });
}

const byId = `query OneComment($id: ID!) {
  node(id: $id) { ... on IssueComment { id fullDatabaseId body viewerDidAuthor isMinimized createdAt } } }`;

/** On a thread with more comments than are read, the card is looked up by its id. */
async function remembered({ card, read }: Learning): Promise<OwnComment[]> {
  if (card === '') return [];
  try {
    const { node: found } = shaped(
      z.object({ node: node.nullable() }),
      await read.graphql(byId, { id: card }),
      'the card',
    );
    return found ? own({ nodes: [found] }) : [];
  } catch (error) {
    if (error instanceof Trouble && error.kind === 'gone') return [];
    throw error;
  }
}

export default {
  permissions: (kind) => (kind === 'pull' ? { pull_requests: 'read' } : { issues: 'read' }),
  // Only our own comments are kept; what others write changes nothing here.
  changedBy: ['issue_comment.edited', 'issue_comment.deleted'],
  select: () => ({ thread: `comments(last: 100) { ${fields} }` }),
  async learn(learning) {
    let seen = shaped(z.object({ comments: page }), learning.answer.thread, 'the comments').comments;
    const found = own(seen);
    for (let pages = 1; seen.pageInfo.hasPreviousPage && seen.pageInfo.startCursor && pages < mostPages; pages++) {
      seen = await before(seen.pageInfo.startCursor, learning);
      found.unshift(...own(seen));
    }
    const isWhole = !seen.pageInfo.hasPreviousPage || found.some(({ nodeId }) => nodeId === learning.card);
    return isWhole ? found : [...(await remembered(learning)), ...found];
  },
} satisfies FactSource<'comments'>;
