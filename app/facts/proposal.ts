import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource, Learning } from './fact.ts';
import { entryFields, entryShape, fileFrom, rulesPath } from './rules-entry.ts';

const page = z.object({
  nodes: z.array(z.object({ path: z.string() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
const shape = z.object({
  headCommit: z.object({ nodes: z.array(z.object({ commit: z.object({ file: entryShape.nullish() }) })) }),
  editedFiles: page.nullable(),
});
const standing = z.object({
  defaultBranchRef: z
    .object({ target: z.object({ file: z.object({ oid: z.string() }).nullish() }).nullable() })
    .nullable(),
});
const more = z.object({ repository: z.object({ pullRequest: z.object({ files: page }) }) });

const fields = 'nodes { path } pageInfo { hasNextPage endCursor }';
const morePages = `query MoreEditedFiles($owner: String!, $name: String!, $number: Int!, $after: String!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { files(first: 100, after: $after) { ${fields} } } } }`;

// GitHub lists at most 3,000 files of a pull request.
const mostPages = 30;

async function touchesRules(first: z.output<typeof page> | null, { read, subject }: Learning): Promise<boolean> {
  const { owner, name } = subject.repo;
  let seen = first;
  for (let pages = 1; seen; pages++) {
    if (seen.nodes.some(({ path }) => path === rulesPath)) return true;
    const { hasNextPage, endCursor } = seen.pageInfo;
    if (!hasNextPage || endCursor === null || pages === mostPages) return false;
    const next = await read.graphql(morePages, { owner, name, number: subject.number, after: endCursor });
    seen = shaped(more, next, 'more edited files').repository.pullRequest.files;
  }
  return false;
}

export default {
  permissions: () => ({ pull_requests: 'read', contents: 'read' }),
  changedBy: ['pull_request.opened', 'pull_request.synchronize', 'pull_request.edited'],
  select: () => ({
    // By its commits, since the branch of a fork may not be there to be asked.
    pull: `headCommit: commits(last: 1) { nodes { commit { ${entryFields} } } } editedFiles: files(first: 100) { ${fields} }`,
  }),
  async learn(learning) {
    const { answer } = learning;
    if (!answer.isPull) return null;
    const { headCommit, editedFiles } = shaped(shape, answer.thread, 'the rules file of the pull request');
    const file = fileFrom(headCommit.nodes[0]?.commit.file);
    const now = shaped(standing, answer.repository, 'the rules file').defaultBranchRef?.target?.file?.oid;
    // An older branch differs from the default branch without having touched anything.
    if (!file || file.oid === now || !(await touchesRules(editedFiles, learning))) return null;
    return file;
  },
} satisfies FactSource<'proposal'>;
