import { z } from 'zod';
import { shaped } from './actor.ts';
import type { Learning, Opinions } from './fact.ts';
import { headsLike, updateFields, updateShape } from './own-updates.ts';

const user = z.object({ databaseId: z.number().nullable(), login: z.string() }).nullable();
const signed = z.object({ user }).nullable();
const page = z.object({
  nodes: z.array(z.object({ commit: z.object({ authors: z.object({ nodes: z.array(signed) }), committer: signed }) })),
  pageInfo: z.object({ hasPreviousPage: z.boolean(), startCursor: z.string().nullable() }),
});
const shape = z.object({ writing: page });
const updatesShape = z.object({
  writing: z.object({ nodes: z.array(z.object({ commit: z.object(updateShape) })) }),
});
const earlierShape = z.object({ repository: z.object({ pullRequest: z.object({ writing: page }) }) });

const people = `authors(first: 10) { nodes { user { databaseId login } } } committer { user { databaseId login } }`;
const turning = 'pageInfo { hasPreviousPage startCursor }';

const earlier = `query EarlierCommits($owner: String!, $name: String!, $number: Int!, $before: String!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    writing: commits(last: 100, before: $before) { nodes { commit { ${people} } } ${turning} } } } }`;

/** What is selected of a pull request for this. */
export const writtenFields = `writing: commits(last: 100) { nodes { commit { ${people} ${updateFields} } } ${turning} }`;

const mostPages = 10;

/** Whoever pushed, wrote, helped to write or committed a part of a pull request; null where nobody can tell. */
export async function writersIn({ answer, read, subject, known, ask }: Learning): Promise<Opinions['writers']> {
  const { owner, name } = subject.repo;
  const pushers = [...ask.recalled.pushers, ...(known.head?.pushers ?? [])];
  const found = new Map(pushers.map(({ id, login }) => [id, login]));
  let { nodes, pageInfo } = shaped(shape, answer.thread, 'who wrote it').writing;
  for (let pages = 1; ; pages++) {
    for (const { commit } of nodes) {
      for (const one of [...commit.authors.nodes, commit.committer])
        if (one?.user?.databaseId != null) found.set(one.user.databaseId, one.user.login);
    }
    const { hasPreviousPage, startCursor: before } = pageInfo;
    if (!hasPreviousPage || before === null) break;
    if (pages === mostPages) return null;
    const next = await read.graphql(earlier, { owner, name, number: subject.number, before });
    ({ nodes, pageInfo } = shaped(earlierShape, next, 'who wrote it').repository.pullRequest.writing);
  }
  const author = known.thread?.author;
  if (author?.id != null) found.set(author.id, author.login);
  return [...found].map(([id, login]) => ({ id, login }));
}

/** The head, and the heads before it that differ from it only by updates of ours. */
export function headsIn({ answer, known }: Learning): Opinions['heads'] {
  const { nodes } = shaped(updatesShape, answer.thread, 'the newest commits').writing;
  const commits = nodes.map(({ commit }) => commit);
  return known.pull ? headsLike(known.pull.head, commits, answer.viewer) : [];
}
