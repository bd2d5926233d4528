import { z } from 'zod';
import { readLines } from '../commands/read-lines.ts';
import { Trouble } from '../github/troubles.ts';
import { actorFields, actorFrom, actorShape, shaped } from './actor.ts';
import { unheard } from './callers.ts';
import { stateOfRun, stateOfStatus } from './contexts.ts';
import type { FactSource, Learning } from './fact.ts';
import { nothing } from './nothing.ts';
import { requiredOn } from './required.ts';
import type { Checked, Runs, Suite, WorkflowRun } from './run-facts.ts';

const document = `query Runs($owner: String!, $name: String!, $oid: GitObjectID!) {
  repository(owner: $owner, name: $name) { object(oid: $oid) { ... on Commit {
    checkSuites(first: 100) { totalCount nodes { databaseId status updatedAt app { databaseId slug }
      checkRuns(first: 50, filterBy: { checkType: LATEST }) { totalCount nodes {
        databaseId name status conclusion startedAt detailsUrl } } } }
    status { contexts { context state creator { ${actorFields} } } } } } }
}`;

const check = z.object({
  databaseId: z.number(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  startedAt: z.string().nullable(),
  detailsUrl: z.string().nullable(),
});
const suite = z.object({
  databaseId: z.number(),
  status: z.string(),
  updatedAt: z.string(),
  app: z.object({ databaseId: z.number().nullable(), slug: z.string() }).nullable(),
  checkRuns: z.object({ totalCount: z.number(), nodes: z.array(check) }).nullable(),
});
const commit = z.object({
  checkSuites: z.object({ totalCount: z.number(), nodes: z.array(suite) }).nullable(),
  status: z
    .object({ contexts: z.array(z.object({ context: z.string(), state: z.string(), creator: actorShape })) })
    .nullable(),
});
const commitShape = z.object({ repository: z.object({ object: commit.nullable() }) });
const runsShape = z.object({
  total_count: z.number(),
  workflow_runs: z.array(
    z.object({
      ...{ id: z.number(), name: z.string().nullish(), path: z.string(), event: z.string(), workflow_id: z.number() },
      ...{ head_sha: z.string(), status: z.string().nullable(), conclusion: z.string().nullable() },
      ...{ created_at: z.string(), run_started_at: z.string().nullish() },
    }),
  ),
});

type SeenSuite = z.output<typeof suite>;
type SeenRun = z.output<typeof runsShape>['workflow_runs'][number];

const commands = ['test', 'retest', 'retest-required', 'ok-to-test'];
const perPage = 100;

/** Which of these commands wait to be heard. */
function asked({ ask, answer, known }: Learning): readonly string[] {
  const { spoken = [], now = '' } = known;
  const us = answer.viewer.login;
  const words = spoken
    .filter((said) => unheard(said, now, ask, us))
    .flatMap(({ text }) => readLines(text, { ...ask.commands, us }).map(({ word }) => word));
  return words.flatMap((word) => ask.commands.means(word) ?? []).filter((name) => commands.includes(name));
}

const jobPage = /\/actions\/runs\/(\d+)\/job\/(\d+)$/;
const isActions = ({ app }: SeenSuite): boolean => app?.slug === 'github-actions';

function checksOf({ app, updatedAt, checkRuns }: SeenSuite): (Checked & { readonly run: number })[] {
  return (checkRuns?.nodes ?? []).map(({ name, databaseId, startedAt, detailsUrl, ...one }) => {
    const [, run = 0, job = databaseId] = jobPage.exec(detailsUrl ?? '') ?? [];
    const state = stateOfRun(one);
    const times = { startedAt: startedAt ?? updatedAt, run: Number(run) };
    return { name, id: Number(job), app: app?.databaseId ?? null, state, ...times };
  });
}

const withoutRun = (checks: ReturnType<typeof checksOf>): Checked[] =>
  checks.map(({ name, id, app, state, startedAt }) => ({ name, id, app, state, startedAt }));

/** What other Apps checked; whoever made a suite and no check in it has nothing to do again. */
function suitesIn(all: readonly SeenSuite[], appId: number | null): Suite[] {
  const others = all.filter((one) => !isActions(one) && (appId === null || one.app?.databaseId !== appId));
  return others.flatMap((one) => {
    const checks = withoutRun(checksOf(one));
    if (checks.length === 0) return [];
    // docs.github.com/rest/checks/suites#rerequest-a-check-suite: the suite is reset, what is in it stays as it was.
    const asked = one.status !== 'COMPLETED' && checks.every(({ state }) => state !== 'pending');
    return [{ id: one.databaseId, slug: one.app?.slug ?? '', asked, updatedAt: one.updatedAt, checks }];
  });
}

/** A run that somebody has to allow is shown as ended, with nothing in it. */
function stateOf({ status, conclusion }: SeenRun): WorkflowRun['state'] {
  if (conclusion === 'action_required') return 'waiting';
  return stateOfRun({ status: (status ?? '').toUpperCase(), conclusion: conclusion?.toUpperCase() ?? null });
}

function workflowsIn(all: readonly SeenRun[], suites: readonly SeenSuite[]): WorkflowRun[] {
  const jobs = suites.filter(isActions).flatMap(checksOf);
  const groups = Map.groupBy(all, ({ workflow_id, event }) => `${workflow_id} ${event}`);
  return [...groups.values()].map((group) => {
    const run = group.reduce((a, b) => (b.id > a.id ? b : a));
    const { id, name, path, event, created_at, run_started_at } = run;
    // `…/ci.yml@refs/heads/main` for a workflow of another branch.
    const file = path.replace(/@.*$/, '').replace(/^.*\//, '');
    const own = withoutRun(jobs.filter((job) => job.run === id));
    const what = { id, name: name ?? file, file, event, state: stateOf(run) };
    return { ...what, startedAt: run_started_at ?? created_at, jobs: own };
  });
}

/** Null where the App was not given the right on Actions. */
async function workflowRuns(head: string, { read }: Learning) {
  const params = { head_sha: head, per_page: perPage, exclude_pull_requests: true };
  try {
    const answer = await read.get('GET /repos/{owner}/{repo}/actions/runs', params);
    return answer === null ? null : shaped(runsShape, answer, 'the workflow runs');
  } catch (error) {
    if (error instanceof Trouble && error.kind === 'forbidden') return null;
    throw error;
  }
}

/** Statuses that others wrote: with a personal token our own verdict is one. */
function statusesIn(found: z.output<typeof commit> | null, { answer }: Learning): Runs['statuses'] {
  const others = (found?.status?.contexts ?? []).filter(({ creator }) => !actorFrom(creator, answer.viewer).us);
  return others.map(({ context, state }) => ({ name: context, state: stateOfStatus(state) }));
}

async function look(head: string, names: readonly string[], learning: Learning): Promise<Runs> {
  const { owner, name } = learning.subject.repo;
  const answer = await learning.read.graphql(document, { owner, name, oid: head });
  const found = shaped(commitShape, answer, 'what ran on the head').repository.object;
  const suites = found?.checkSuites?.nodes ?? [];
  const runs = await workflowRuns(head, learning);
  const required = names.includes('retest-required') ? await requiredOn(learning) : null;
  const { appId } = learning.ask;
  const isWhole =
    (found?.checkSuites?.totalCount ?? 0) <= suites.length &&
    suites.every(({ checkRuns }) => (checkRuns?.totalCount ?? 0) <= (checkRuns?.nodes.length ?? 0)) &&
    (runs?.total_count ?? 0) <= (runs?.workflow_runs.length ?? 0);
  return {
    workflows:
      runs &&
      workflowsIn(
        runs.workflow_runs.filter(({ head_sha }) => head_sha === head),
        suites,
      ),
    suites: suitesIn(suites, appId),
    statuses: statusesIn(found, learning),
    required: required?.contexts ?? null,
    asApp: appId !== null,
    complete: isWhole,
  };
}

export default {
  permissions: () => ({ checks: 'read', statuses: 'read', actions: 'read' }),
  // Nothing is decided anew because something ran; it is looked at when a command asks.
  changedBy: [],
  async learn(learning) {
    const { pull, thread } = learning.known;
    const names = pull && thread?.state === 'open' ? asked(learning) : [];
    return pull && names.length > 0 ? look(pull.head, names, learning) : nothing.runs;
  },
} satisfies FactSource<'runs'>;
