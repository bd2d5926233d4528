import { z } from 'zod';
import { Trouble } from '../github/troubles.ts';
import { shaped } from './actor.ts';
import type { Owners } from './command-facts.ts';
import type { FactSource, Learning } from './fact.ts';
import { aliasesPath, codeOwnersPaths, foldersOf, ownersOf, ownersPath, touchedIn } from './owners-of.ts';

const baseShape = z.object({ ownersBase: z.object({ target: z.object({ oid: z.string() }).nullable() }).nullable() });
const blob = z.object({
  text: z.string().nullish(),
  isBinary: z.boolean().nullish(),
  isTruncated: z.boolean().optional(),
});
const shape = z.object({ repository: z.record(z.string(), blob.nullable()) });

type Texts = Map<string, string | null | undefined>;

/** Files asked for in one query. */
const perQuery = 100;

const mostCommits = 20;

/** What a commit holds never changes: its owners files by path, for the commits asked for last. */
function keptAt(commit: string, { lasting, subject }: Learning): Texts {
  const commits = (lasting.get('owners files') ?? new Map<string, Texts>()) as Map<string, Texts>;
  lasting.set('owners files', commits);
  const key = `${subject.repo.id}@${commit}`;
  const kept: Texts = commits.get(key) ?? new Map<string, string | null | undefined>();
  commits.delete(key);
  commits.set(key, kept);
  for (const oldest of commits.keys()) if (commits.size > mostCommits) commits.delete(oldest);
  return kept;
}

function textOf(found: z.output<typeof blob> | null | undefined): string | null | undefined {
  // A folder of that name holds nothing for us.
  if (!found || !('text' in found)) return undefined;
  return found.isBinary || found.isTruncated ? null : (found.text ?? null);
}

async function askFor(commit: string, paths: readonly string[], { read, subject }: Learning) {
  const { owner, name } = subject.repo;
  const names = paths.map((_, index) => `e${index}`);
  const fields = names.map(
    (one) => `${one}: object(expression: $${one}) { ... on Blob { text isBinary isTruncated } }`,
  );
  const document = `query OwnersFiles($owner: String!, $name: String!, ${names.map((one) => `$${one}: String!`).join(', ')}) {
    repository(owner: $owner, name: $name) { ${fields.join('\n')} } }`;
  const expressions = Object.fromEntries(paths.map((path, index) => [`e${index}`, `${commit}:${path}`]));
  const answer = shaped(shape, await read.graphql(document, { owner, name, ...expressions }), 'the owners files');
  return paths.map((path, index) => [path, textOf(answer.repository[`e${index}`])] as const);
}

/** Every owners file that could count for these paths. */
async function textsFor(commit: string, paths: readonly string[], learning: Learning): Promise<Texts> {
  const kept = keptAt(commit, learning);
  const folders = [...new Set(paths.flatMap(foldersOf))].sort();
  const wanted = [...codeOwnersPaths, aliasesPath, ...folders.map(ownersPath)];
  const missing = wanted.filter((path) => !kept.has(path));
  for (let from = 0; from < missing.length; from += perQuery) {
    for (const [path, text] of await askFor(commit, missing.slice(from, from + perQuery), learning))
      kept.set(path, text);
  }
  return kept;
}

const memberShape = z.array(z.object({ login: z.string() }));
const perPage = 100;
const mostPages = 10;
/** Several considerations in a row ask for the same team. */
const maxAge = 60_000;

/** Null where GitHub does not let us know: then nobody is in it. */
async function membersOf(team: string, { read, subject, fresh }: Learning): Promise<readonly string[] | null> {
  const [org = '', team_slug = ''] = team.slice(1).split('/');
  // GitHub shows teams of another organisation to nobody.
  if (org !== subject.repo.owner.toLowerCase()) return null;
  const members: string[] = [];
  try {
    for (let page = 1; page <= mostPages; page++) {
      const route = 'GET /orgs/{org}/teams/{team_slug}/members';
      const found = await read.get(route, { org, team_slug, per_page: perPage, page }, fresh ? undefined : maxAge);
      if (found === null) return null;
      const logins = shaped(memberShape, found, 'the members of a team').map(({ login }) => login.toLowerCase());
      members.push(...logins);
      if (logins.length < perPage) break;
    }
    return members.sort();
  } catch (error) {
    if (error instanceof Trouble && (error.kind === 'forbidden' || error.kind === 'gone')) return null;
    throw error;
  }
}

const choices = ['auto', 'OWNERS', 'CODEOWNERS'] as const;

export default {
  permissions: () => ({ contents: 'read', members: 'read' }),
  changedBy: ['pull_request.synchronize', 'pull_request.edited'],
  select: () => ({ pull: 'ownersBase: baseRef { target { oid } }' }),
  async learn(learning): Promise<Owners | null> {
    const { answer, known, ask } = learning;
    const { changes } = known;
    if (!answer.isPull || !changes) return null;
    const commit = shaped(baseShape, answer.thread, 'the base').ownersBase?.target?.oid;
    const paths = touchedIn(changes).map(({ path }) => path);
    const texts = commit === undefined ? (new Map() as Texts) : await textsFor(commit, paths, learning);
    const [wished] = ask.marked['owners'] ?? [];
    const choice = choices.find((one) => one === wished) ?? 'auto';
    const found = ownersOf(changes, choice, (path) => texts.get(path));
    const named = found.files.flatMap(({ approvers, reviewers, required }) => [
      ...approvers,
      ...reviewers,
      ...required,
    ]);
    const teams: Record<string, readonly string[] | null> = {};
    for (const team of new Set(named.filter((name) => name.startsWith('@')))) {
      teams[team] = await membersOf(team, learning);
    }
    // A base branch that is gone has owners nobody can read.
    return { ...found, teams, complete: changes.complete && commit !== undefined };
  },
} satisfies FactSource<'owners'>;
