import { z } from 'zod';
import type { Answer, Opinions } from './fact.ts';

/** What has to be selected of each commit of a pull request to tell whether it is an update of ours. */
export const updateFields = `oid tree { oid } parents(first: 3) { nodes { oid } } author { email } committer { email }
  signature { isValid wasSignedByGitHub }`;

const signed = z.object({ email: z.string().nullable() }).nullable();

export const updateShape = {
  oid: z.string(),
  tree: z.object({ oid: z.string() }),
  parents: z.object({ nodes: z.array(z.object({ oid: z.string() })) }),
  author: signed,
  committer: signed,
  signature: z.object({ isValid: z.boolean(), wasSignedByGitHub: z.boolean() }).nullable(),
};

type Commit = z.output<z.ZodObject<typeof updateShape>>;

/** GitHub commits under this address what it makes itself (docs.github.com, "About commit signature verification"). */
const byGitHub = 'noreply@github.com';

/**
 * The address that GitHub alone can give us: with an address of their own that merely begins like it, anybody could have a
 * merge of anything signed, as the editor for conflicts does.
 */
function isOurAddress(email: string | null | undefined, { id }: Answer['viewer']): boolean {
  const [local = '', domain] = email?.split('@') ?? [];
  return domain === 'users.noreply.github.com' && local.startsWith(`${id}+`);
}

/** "Update branch" asked for by us: GitHub signed it, which it does for nobody's own commits, and it merged without conflict. */
function isOurUpdate({ parents, author, committer, signature }: Commit, viewer: Answer['viewer']): boolean {
  const isSigned = signature?.isValid === true && signature.wasSignedByGitHub && committer?.email === byGitHub;
  return isSigned && parents.nodes.length === 2 && isOurAddress(author?.email, viewer);
}

/** The head, and the heads before it that differ from it only by updates of ours. */
export function headsLike(head: string, commits: readonly Commit[], viewer: Answer['viewer']): Opinions['heads'] {
  const heads: { sha: string; tree: string }[] = [];
  for (let sha: string | undefined = head; sha !== undefined;) {
    const found: Commit | undefined = commits.find(({ oid }) => oid === sha);
    heads.push({ sha, tree: found?.tree.oid ?? '' });
    sha = found && isOurUpdate(found, viewer) ? found.parents.nodes[0]?.oid : undefined;
  }
  return heads;
}
