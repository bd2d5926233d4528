import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const run = z.object({
  databaseId: z.number(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  externalId: z.string().nullable(),
});
const suite = z.object({
  status: z.string(),
  checkRuns: z.object({ nodes: z.array(run) }).nullable(),
});
const context = z.object({ context: z.string(), state: z.string(), description: z.string().nullable() });
const commit = z.object({
  oid: z.string(),
  status: z
    .object({ contexts: z.array(context) })
    .nullable()
    .optional(),
  checkSuites: z
    .object({ nodes: z.array(suite) })
    .nullable()
    .optional(),
});
const shape = z.object({ commits: z.object({ nodes: z.array(z.object({ commit })) }) });

const runFields = 'databaseId name status conclusion externalId';

export default {
  permissions: () => ({ pull_requests: 'read', checks: 'read', statuses: 'read' }),
  changedBy: ['check_run.rerequested', 'check_suite.rerequested'],
  select: ({ appId }) => ({
    pull:
      appId === null
        ? 'commits(last: 1) { nodes { commit { oid status { contexts { context state description } } } } }'
        : `commits(last: 1) { nodes { commit { oid checkSuites(first: 20, filterBy: { appId: ${appId} }) { nodes {
             status checkRuns(first: 50, filterBy: { checkType: LATEST, appId: ${appId} }) { nodes { ${runFields} } }
           } } } } }`,
  }),
  learn({ answer }) {
    if (!answer.isPull) return { ours: [], statuses: [] };
    const head = shaped(shape, answer.thread, 'the checks').commits.nodes[0]?.commit;
    const ours = (head?.checkSuites?.nodes ?? []).flatMap((suite) =>
      (suite.checkRuns?.nodes ?? []).map((run) => ({
        id: run.databaseId,
        name: run.name,
        head: head?.oid ?? '',
        completed: run.status === 'COMPLETED',
        conclusion: run.conclusion?.toLowerCase() ?? null,
        fingerprint: run.externalId ?? '',
        // A re-run request resets the suite and leaves the run as it was
        // (docs.github.com/rest/checks/runs#rerequest-a-check-run).
        rerequested: run.status === 'COMPLETED' && suite.status !== 'COMPLETED',
      })),
    );
    const statuses = (head?.status?.contexts ?? []).map((status) => ({
      name: status.context,
      head: head?.oid ?? '',
      state: status.state.toLowerCase(),
      description: status.description ?? '',
    }));
    return { ours, statuses };
  },
} satisfies FactSource<'checks'>;
