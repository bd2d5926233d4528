import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const page = z.object({
  totalCount: z.number(),
  nodes: z.array(z.object({ path: z.string() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
const shape = z.object({ changedFiles: z.number(), files: page.nullable() });
const more = z.object({ repository: z.object({ pullRequest: z.object({ files: page }) }) });

const fields = 'totalCount nodes { path } pageInfo { hasNextPage endCursor }';
const morePages = `query MoreFiles($owner: String!, $name: String!, $number: Int!, $after: String!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { files(first: 100, after: $after) { ${fields} } }
  }
}`;

// GitHub lists at most 3,000 files of a pull request.
const mostPages = 30;

export default {
  permissions: () => ({ pull_requests: 'read' }),
  changedBy: ['pull_request.synchronize', 'pull_request.edited'],
  select: () => ({ pull: `changedFiles files(first: 100) { ${fields} }` }),
  async learn({ answer, read, subject }) {
    if (!answer.isPull) return { paths: [], complete: true };
    const { changedFiles, files } = shaped(shape, answer.thread, 'the files');
    const paths = (files?.nodes ?? []).map((file) => file.path);
    let info = files?.pageInfo;
    for (let pages = 1; info?.hasNextPage && info.endCursor && pages < mostPages; pages++) {
      const { owner, name } = subject.repo;
      const next = await read.graphql(morePages, { owner, name, number: subject.number, after: info.endCursor });
      const seen = shaped(more, next, 'more files').repository.pullRequest.files;
      paths.push(...seen.nodes.map((file) => file.path));
      info = seen.pageInfo;
    }
    return { paths, complete: paths.length === changedFiles };
  },
} satisfies FactSource<'files'>;
