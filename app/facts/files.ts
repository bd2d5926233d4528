import { z } from 'zod';
import { shaped } from './actor.ts';
import { listChanges } from './changes.ts';
import type { FactSource } from './fact.ts';

const page = z.object({
  totalCount: z.number(),
  nodes: z.array(z.object({ path: z.string(), changeType: z.string() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
const shape = z.object({ changedFiles: z.number(), headRefOid: z.string(), files: page.nullable() });
const more = z.object({ repository: z.object({ pullRequest: z.object({ files: page }) }) });

const fields = 'totalCount nodes { path changeType } pageInfo { hasNextPage endCursor }';
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
  select: () => ({ pull: `changedFiles headRefOid files(first: 100) { ${fields} }` }),
  async learn(learning) {
    const { answer, read, subject } = learning;
    if (!answer.isPull) return { paths: [], complete: true };
    const seen = shaped(shape, answer.thread, 'the files');
    const nodes = [...(seen.files?.nodes ?? [])];
    let info = seen.files?.pageInfo;
    for (let pages = 1; info?.hasNextPage && info.endCursor && pages < mostPages; pages++) {
      const { owner, name } = subject.repo;
      const next = await read.graphql(morePages, { owner, name, number: subject.number, after: info.endCursor });
      const { files } = shaped(more, next, 'more files').repository.pullRequest;
      nodes.push(...files.nodes);
      info = files.pageInfo;
    }
    // A file that was moved away is a change to the folder it was in.
    const changes = nodes.some(({ changeType }) => changeType === 'RENAMED') ? await listChanges(seen, learning) : [];
    const left = changes.flatMap(({ previous, status }) => (status === 'renamed' && previous ? [previous] : []));
    const paths = [...new Set([...nodes.map(({ path }) => path), ...left])];
    return { paths, complete: nodes.length === seen.changedFiles };
  },
} satisfies FactSource<'files'>;
