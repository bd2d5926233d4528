import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource, Learning } from './fact.ts';

const shape = z.object({
  nameWithOwner: z.string(),
  description: z.string().nullable(),
  isInOrganization: z.boolean(),
  isPrivate: z.boolean(),
  defaultBranchRef: z.object({ name: z.string() }).nullable(),
  mergeCommitAllowed: z.boolean(),
  squashMergeAllowed: z.boolean(),
  rebaseMergeAllowed: z.boolean(),
  labels: z.object({ totalCount: z.number(), nodes: z.array(z.object({ name: z.string() })) }).nullable(),
});

const named = z.object({ repository: z.record(z.string(), z.object({ name: z.string() }).nullable()) });

/** Where there are more labels than a page shows, those that options ask for are looked up by name, all in one query. */
async function askedFor(names: readonly string[], { ask, read, subject }: Learning): Promise<string[]> {
  const known = new Set(names.map((name) => name.toLowerCase()));
  const open = (ask.marked['labels'] ?? []).filter((name) => !known.has(name.toLowerCase()));
  if (open.length === 0) return [];
  const variables = open.map((_, at) => `$n${at}: String!`).join(', ');
  const fields = open.map((_, at) => `l${at}: label(name: $n${at}) { name }`).join(' ');
  const document = `query AskedLabels($owner: String!, $name: String!, ${variables}) {
    repository(owner: $owner, name: $name) { ${fields} } }`;
  const values = Object.fromEntries(open.map((name, at) => [`n${at}`, name]));
  const { owner, name } = subject.repo;
  const answer = await read.graphql(document, { owner, name, ...values });
  const found = Object.values(shaped(named, answer, 'labels by name').repository);
  return found.flatMap((label) => (label ? [label.name] : []));
}

export default {
  permissions: () => ({ metadata: 'read' }),
  // Nothing has to be decided anew because of these; they are read afresh whenever something is.
  changedBy: [],
  select: () => ({
    repository: `nameWithOwner description isInOrganization isPrivate defaultBranchRef { name } mergeCommitAllowed squashMergeAllowed
      rebaseMergeAllowed labels(first: 100) { totalCount nodes { name } }`,
  }),
  async learn(learning) {
    const seen = shaped(shape, learning.answer.repository, 'the repository');
    const names = (seen.labels?.nodes ?? []).map((label) => label.name);
    const complete = names.length === (seen.labels?.totalCount ?? 0);
    const asked = complete ? [] : await askedFor(names, learning);
    return {
      name: seen.nameWithOwner,
      description: seen.description ?? '',
      organization: seen.isInOrganization,
      private: seen.isPrivate,
      us: learning.answer.viewer.login,
      defaultBranch: seen.defaultBranchRef?.name ?? '',
      methods: [
        ...(seen.mergeCommitAllowed ? (['merge'] as const) : []),
        ...(seen.squashMergeAllowed ? (['squash'] as const) : []),
        ...(seen.rebaseMergeAllowed ? (['rebase'] as const) : []),
      ],
      labels: { names: [...names, ...asked], complete },
    };
  },
} satisfies FactSource<'repo'>;
