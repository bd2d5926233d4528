import { z } from 'zod';
import { Trouble } from '../github/troubles.ts';
import { shaped } from './actor.ts';
import type { Ownership } from './command-facts.ts';
import type { FactSource, Learning } from './fact.ts';
import { editOf } from './owners-edits.ts';
import type { Side } from './owners-edits.ts';
import { aliasesPath, isOwnersFile } from './owners-of.ts';
import { entryShape, fileFrom } from './rules-entry.ts';

const mostFiles = 50;
/** Each costs a request or two. */
const mostPeople = 50;

const tree = z.record(z.string(), z.unknown());
const shape = z.object({
  repository: z.object({
    pullRequest: z.object({
      commits: z.object({ nodes: z.array(z.object({ commit: tree })) }),
      baseRef: z.object({ target: tree.nullable() }).nullable(),
    }),
  }),
});

const entryFields = 'mode type oid object { ... on Blob { text byteSize isBinary isTruncated } }';

/** The owners files on both sides, in one query: the head by its commits, since the branch of a fork may not be there to be asked. */
async function sidesOf(
  paths: readonly string[],
  { read, subject, known }: Learning,
): Promise<{ base: Side; head: Side }> {
  const { owner, name } = subject.repo;
  const fields = paths.map((_, index) => `f${index}: file(path: $p${index}) { ${entryFields} }`).join(' ');
  const document = `query OwnersEdits($owner: String!, $name: String!, $number: Int!, ${paths.map((_, index) => `$p${index}: String!`).join(', ')}) {
    repository(owner: $owner, name: $name) { pullRequest(number: $number) {
      commits(last: 1) { nodes { commit { oid ${fields} } } }
      baseRef { target { ... on Commit { ${fields} } } } } } }`;
  const named = Object.fromEntries(paths.map((path, index) => [`p${index}`, path]));
  const answer = await read.graphql(document, { owner, name, number: subject.number, ...named });
  const { commits, baseRef } = shaped(shape, answer, 'the owners files of the pull request').repository.pullRequest;
  const commit = commits.nodes[0]?.commit ?? {};
  if (commit['oid'] !== known.pull?.head) throw new Trouble('stale', 'the head moved meanwhile');
  const side =
    (files: Readonly<Record<string, unknown>>): Side =>
    (path) => {
      const found = files[`f${paths.indexOf(path)}`] ?? null;
      return found === null ? undefined : fileFrom(shaped(entryShape, found, path))?.text;
    };
  return { base: side(baseRef?.target ?? {}), head: side(commit) };
}

/** Access here, or a place in the organisation; a team has to be there. */
async function isTrusted(name: string, { read, subject, known }: Learning): Promise<boolean | null> {
  try {
    const [org = '', team_slug = ''] = name.slice(1).split('/');
    if (name.startsWith('@'))
      return (
        org === subject.repo.owner.toLowerCase() &&
        (await read.get('GET /orgs/{org}/teams/{team_slug}', { org, team_slug })) !== null
      );
    const found = await read.get('GET /repos/{owner}/{repo}/collaborators/{username}', { username: name });
    if (found !== null || known.repo?.organization !== true) return found !== null;
    const params = { org: subject.repo.owner, username: name };
    return (await read.get('GET /orgs/{org}/members/{username}', params)) !== null;
  } catch (error) {
    if (error instanceof Trouble && error.kind === 'forbidden') return null;
    throw error;
  }
}

export default {
  permissions: () => ({ pull_requests: 'read', contents: 'read', metadata: 'read', members: 'read' }),
  changedBy: ['pull_request.synchronize', 'pull_request.edited'],
  async learn(learning): Promise<Ownership> {
    const { answer, known } = learning;
    const list = answer.isPull && known.thread?.state === 'open' ? (known.changes?.list ?? []) : [];
    const edited = list
      .filter(({ path, status }) => status !== 'removed' && isOwnersFile(path))
      .map(({ path }) => path);
    const paths = edited.slice(0, mostFiles);
    const complete = known.changes?.complete !== false && paths.length === edited.length;
    if (paths.length === 0) return { edits: [], trusted: {}, complete };
    const { base, head } = await sidesOf([...new Set([aliasesPath, ...paths])], learning);
    const edits = paths.map((path) => editOf(path, base, head));
    const people = [...new Set(edits.flatMap(({ added }) => added))];
    const trusted: Record<string, boolean | null> = {};
    for (const name of people.slice(0, mostPeople)) trusted[name] = await isTrusted(name, learning);
    return { edits, trusted, complete: complete && people.length <= mostPeople };
  },
} satisfies FactSource<'ownership'>;
