import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource, Reviewers } from './fact.ts';

const reviewer = z.object({
  __typename: z.string(),
  login: z.string().optional(),
  combinedSlug: z.string().optional(),
});
const lists = z.object({
  reviewRequests: z.object({ nodes: z.array(z.object({ requestedReviewer: reviewer.nullable() })) }).nullable(),
  latestReviews: z
    .object({ nodes: z.array(z.object({ author: z.object({ login: z.string() }).nullable() })) })
    .nullable(),
});
const shape = z.object({
  headRefOid: z.string(),
  headRefName: z.string(),
  baseRefName: z.string(),
  isDraft: z.boolean(),
  isCrossRepository: z.boolean(),
  ...lists.shape,
});

function reviewersFrom({ reviewRequests, latestReviews }: z.output<typeof lists>): Reviewers {
  const asked = (reviewRequests?.nodes ?? []).flatMap(({ requestedReviewer }) => requestedReviewer ?? []);
  return {
    people: asked.flatMap(({ login }) => login ?? []),
    teams: asked.flatMap(({ combinedSlug }) => (combinedSlug === undefined ? [] : [`@${combinedSlug}`])),
    reviewed: (latestReviews?.nodes ?? []).flatMap(({ author }) => author?.login ?? []),
  };
}

const someone = '__typename ... on User { login } ... on Bot { login } ... on Mannequin { login }';

export default {
  permissions: () => ({ pull_requests: 'read' }),
  // Nothing is decided anew because somebody is asked to review; it is read afresh whenever something is.
  changedBy: [
    'pull_request.synchronize',
    'pull_request.edited',
    'pull_request.ready_for_review',
    'pull_request.converted_to_draft',
  ],
  select: () => ({
    pull: `headRefOid headRefName baseRefName isDraft isCrossRepository
      reviewRequests(first: 100) { nodes { requestedReviewer { ${someone} ... on Team { combinedSlug } } } }
      latestReviews(first: 100) { nodes { author { login } } }`,
  }),
  learn({ answer }) {
    if (!answer.isPull) return null;
    const seen = shaped(shape, answer.thread, 'the pull request');
    return {
      head: seen.headRefOid,
      headBranch: seen.headRefName,
      base: seen.baseRefName,
      draft: seen.isDraft,
      fork: seen.isCrossRepository,
      reviewers: reviewersFrom(seen),
    };
  },
} satisfies FactSource<'pull'>;
