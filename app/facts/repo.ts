import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

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

export default {
  permissions: () => ({ metadata: 'read' }),
  // Nothing has to be decided anew because of these; they are read afresh whenever something is.
  changedBy: [],
  select: () => ({
    repository: `nameWithOwner description isInOrganization isPrivate defaultBranchRef { name } mergeCommitAllowed squashMergeAllowed
      rebaseMergeAllowed labels(first: 100) { totalCount nodes { name } }`,
  }),
  learn({ answer }) {
    const seen = shaped(shape, answer.repository, 'the repository');
    const names = (seen.labels?.nodes ?? []).map((label) => label.name);
    return {
      name: seen.nameWithOwner,
      description: seen.description ?? '',
      organization: seen.isInOrganization,
      private: seen.isPrivate,
      us: answer.viewer.login,
      defaultBranch: seen.defaultBranchRef?.name ?? '',
      methods: [
        ...(seen.mergeCommitAllowed ? (['merge'] as const) : []),
        ...(seen.squashMergeAllowed ? (['squash'] as const) : []),
        ...(seen.rebaseMergeAllowed ? (['rebase'] as const) : []),
      ],
      labels: { names, complete: names.length === (seen.labels?.totalCount ?? 0) },
    };
  },
} satisfies FactSource<'repo'>;
