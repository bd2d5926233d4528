import { z } from 'zod';
import { actorFields, actorFrom, actorShape, shaped } from './actor.ts';
import type { Answer, FactSource, Learning } from './fact.ts';
import type { Context } from './merge-facts.ts';
import { newestOf } from './newest-runs.ts';
import type { Seen } from './newest-runs.ts';

const run = z.object({
  __typename: z.literal('CheckRun'),
  databaseId: z.number(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  detailsUrl: z.string().nullable(),
  checkSuite: z.object({ app: z.object({ databaseId: z.number().nullable(), slug: z.string() }).nullable() }),
});
const status = z.object({
  __typename: z.literal('StatusContext'),
  context: z.string(),
  state: z.string(),
  createdAt: z.string(),
  creator: actorShape,
});
const page = z.object({
  totalCount: z.number(),
  nodes: z.array(z.discriminatedUnion('__typename', [run, status])),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
const rollup = z.object({ contexts: page }).nullable();
const suite = z.object({
  createdAt: z.string(),
  app: z.object({ databaseId: z.number().nullable(), slug: z.string() }).nullable(),
});
const commit = z.object({
  oid: z.string(),
  checkSuites: z.object({ nodes: z.array(suite) }).nullable(),
  statusCheckRollup: rollup,
});
const shape = z.object({ tip: z.object({ nodes: z.array(z.object({ commit })) }) });
const moreShape = z.object({ repository: z.object({ object: z.object({ statusCheckRollup: rollup }).nullable() }) });

const fields = `totalCount pageInfo { hasNextPage endCursor } nodes { __typename
  ... on CheckRun { databaseId name status conclusion detailsUrl checkSuite { app { databaseId slug } } }
  ... on StatusContext { context state createdAt creator { ${actorFields} } } }`;

const morePages = `query MoreContexts($owner: String!, $name: String!, $oid: GitObjectID!, $after: String!) {
  repository(owner: $owner, name: $name) {
    object(oid: $oid) { ... on Commit { statusCheckRollup { contexts(first: 100, after: $after) { ${fields} } } } }
  }
}`;

const mostPages = 10;

type Node = z.output<typeof page>['nodes'][number];
type Commit = z.output<typeof commit>;

const passed: Readonly<Record<string, Context['state']>> = {
  SUCCESS: 'success',
  NEUTRAL: 'skipped',
  SKIPPED: 'skipped',
};
const reported: Readonly<Record<string, Context['state']>> = {
  SUCCESS: 'success',
  PENDING: 'pending',
  EXPECTED: 'pending',
};

/** The state of a check run from GraphQL's words for it. */
export const stateOfRun = ({ status, conclusion }: Pick<z.output<typeof run>, 'status' | 'conclusion'>) =>
  status === 'COMPLETED' ? (passed[conclusion ?? ''] ?? 'failure') : 'pending';

export const stateOfStatus = (state: string): Context['state'] => reported[state] ?? 'failure';

/**
 * The workflow run a check run of GitHub Actions leads to. `CheckSuite.workflowRun` says it too, but takes a right on Actions,
 * and where that was not granted GitHub refuses the whole answer.
 */
function jobOf({ databaseId: check, conclusion, detailsUrl, checkSuite }: z.output<typeof run>): Context['job'] {
  const broke = conclusion === 'FAILURE' || conclusion === 'TIMED_OUT';
  const [, found] = /\/actions\/runs\/(\d+)\/job\/\d+$/.exec(detailsUrl ?? '') ?? [];
  if (checkSuite.app?.slug !== 'github-actions' || found === undefined) return undefined;
  return { run: Number(found), check, broke };
}

/** Who posts statuses is known as an account; the App behind it only where it has a suite here under the same name. */
function contextFrom(node: Node, { checkSuites }: Commit, viewer: Answer['viewer'], appId: number | null): Seen {
  if (node.__typename === 'CheckRun') {
    const app = node.checkSuite.app?.databaseId ?? null;
    const state = stateOfRun(node);
    const job = jobOf(node);
    const what = { name: node.name, kind: 'check', app, state, ours: app !== null && app === appId } as const;
    return { ...what, ...(job && { job }), id: node.databaseId };
  }
  const creator = actorFrom(node.creator, viewer);
  const suite = checkSuites?.nodes.find((one) => creator.bot && `${one.app?.slug}[bot]` === creator.login);
  const state = stateOfStatus(node.state);
  return { name: node.context, kind: 'status', app: suite?.app?.databaseId ?? null, state, ours: creator.us, id: 0 };
}

async function nodesOf(head: Commit, { read, subject }: Learning): Promise<{ nodes: Node[]; complete: boolean }> {
  const { owner, name } = subject.repo;
  const nodes: Node[] = [];
  let seen = head.statusCheckRollup?.contexts;
  for (let pages = 1; seen; pages++) {
    nodes.push(...seen.nodes);
    const { hasNextPage, endCursor } = seen.pageInfo;
    if (!hasNextPage || endCursor === null || pages === mostPages) break;
    const answer = await read.graphql(morePages, { owner, name, oid: head.oid, after: endCursor });
    seen = shaped(moreShape, answer, 'more checks').repository.object?.statusCheckRollup?.contexts;
  }
  return { nodes, complete: nodes.length === (head.statusCheckRollup?.contexts.totalCount ?? 0) };
}

export default {
  permissions: () => ({ pull_requests: 'read', checks: 'read', statuses: 'read', actions: 'read' }),
  changedBy: ['status', 'check_run.created', 'check_run.completed', 'check_run.rerequested', 'check_suite.completed'],
  select: () => ({
    // Everything GitHub shows on the head in one list; suites for times that no pusher can set.
    pull: `tip: commits(last: 1) { nodes { commit { oid
      checkSuites(first: 50) { nodes { createdAt app { databaseId slug } } }
      statusCheckRollup { contexts(first: 100) { ${fields} } } } } }`,
  }),
  async learn(learning) {
    const { answer, ask, known } = learning;
    const head = answer.isPull
      ? shaped(shape, answer.thread, 'the checks on the head').tip.nodes[0]?.commit
      : undefined;
    if (!head) return { list: [], since: null, complete: !answer.isPull };
    const { nodes, complete } = await nodesOf(head, learning);
    const statuses = nodes.flatMap((node) => (node.__typename === 'StatusContext' ? [node.createdAt] : []));
    const times = [...(head.checkSuites?.nodes ?? []).map(({ createdAt }) => createdAt), ...statuses].sort();
    return {
      list: await newestOf(
        nodes.map((node) => contextFrom(node, head, answer.viewer, ask.appId)),
        head.oid,
        learning,
      ),
      since: times[0] ?? null,
      complete: complete && head.oid === known.pull?.head,
    };
  },
} satisfies FactSource<'contexts'>;
