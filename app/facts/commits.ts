import { z } from 'zod';
import { shaped } from './actor.ts';
import type { Commit, FactSource, Learning } from './fact.ts';

const commit = z.object({
  oid: z.string(),
  message: z.string(),
  parents: z.object({ totalCount: z.number() }),
  author: z
    .object({
      name: z.string().nullable(),
      email: z.string().nullable(),
      user: z.object({ login: z.string() }).nullable(),
    })
    .nullable(),
});
const page = z.object({
  totalCount: z.number(),
  nodes: z.array(z.object({ commit })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
type Page = z.output<typeof page>;
const shape = z.object({ allCommits: page });
const moreShape = z.object({ repository: z.object({ pullRequest: z.object({ allCommits: page }) }) });

const fields = `totalCount pageInfo { hasNextPage endCursor } nodes { commit {
  oid message parents(first: 1) { totalCount } author { name email user { login } } } }`;

const morePages = `query MoreCommits($owner: String!, $name: String!, $number: Int!, $first: Int!, $after: String!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { allCommits: commits(first: $first, after: $after) { ${fields} } }
  }
}`;

const pageSize = 100;
/** As far as GitHub's own list of a pull request's commits goes (docs.github.com/rest/pulls/pulls#list-commits-on-a-pull-request). */
const mostCommits = 250;

const longestMessage = 16 * 1024;

/** Of a message too long to be a message, the start with the subject and the end with the sign-off. */
function shortened(message: string): string {
  if (message.length <= longestMessage) return message;
  return `${message.slice(0, longestMessage / 2)}\n…\n${message.slice(-longestMessage / 2)}`;
}

async function after(cursor: string, seen: number, { read, subject }: Learning): Promise<Page> {
  const { owner, name } = subject.repo;
  const first = Math.min(pageSize, mostCommits - seen);
  const answer = await read.graphql(morePages, { owner, name, number: subject.number, first, after: cursor });
  return shaped(moreShape, answer, 'more commits').repository.pullRequest.allCommits;
}

function commitFrom({ commit }: Page['nodes'][number]): Commit {
  const { oid: sha, message, parents, author } = commit;
  return {
    sha,
    message: shortened(message),
    // GitHub's own headline is cut off after some seventy characters.
    headline: shortened(message).split(/\r?\n/, 1)[0] ?? '',
    parents: parents.totalCount,
    author: { name: author?.name ?? '', email: author?.email ?? '', login: author?.user?.login ?? null },
  };
}

export default {
  permissions: () => ({ pull_requests: 'read' }),
  // Another base makes other commits the pull request's own.
  changedBy: ['pull_request.synchronize', 'pull_request.edited'],
  // Under a name of its own: the head alone is asked for as `commits`.
  select: () => ({ pull: `allCommits: commits(first: ${pageSize}) { ${fields} }` }),
  async learn(learning) {
    if (!learning.answer.isPull) return { list: [], total: 0, complete: true };
    let seen = shaped(shape, learning.answer.thread, 'the commits').allCommits;
    const list = seen.nodes.map(commitFrom);
    while (seen.pageInfo.hasNextPage && seen.pageInfo.endCursor && list.length < mostCommits) {
      seen = await after(seen.pageInfo.endCursor, list.length, learning);
      if (seen.nodes.length === 0) break;
      list.push(...seen.nodes.map(commitFrom));
    }
    return { list, total: seen.totalCount, complete: list.length === seen.totalCount };
  },
} satisfies FactSource<'commits'>;
