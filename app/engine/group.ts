import { z } from 'zod';
import { overrideId } from '../commands/overrides.ts';
import { shaped } from '../facts/actor.ts';
import type { Checks, Facts } from '../facts/fact.ts';
import type { Reader } from '../github/github.ts';
import { Later } from '../queue/queue.ts';
import type { Job, Outcome } from '../queue/queue.ts';
import type { Memory } from '../store/store.ts';
import { laneOf, nameOf } from '../subject.ts';
import type { GroupSubject } from '../subject.ts';
import { apply } from './apply.ts';
import { consider } from './consider.ts';
import { learn } from './learn.ts';
import { about, newId, noted } from './outcome.ts';
import type { Ports } from './outcome.ts';
import { recall } from './recall.ts';

const runs = z.object({
  check_runs: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      status: z.string(),
      conclusion: z.string().nullable(),
      external_id: z.string().nullable(),
    }),
  ),
});
const contexts = z.array(z.object({ context: z.string(), state: z.string(), description: z.string().nullable() }));

/** What we said on a commit that is no pull request's head. */
async function checksOn(sha: string, read: Reader, appId: number | null): Promise<Checks> {
  const at = { ref: sha, per_page: 100 };
  if (appId === null) {
    const answer = await read.get('GET /repos/{owner}/{repo}/commits/{ref}/statuses', at);
    const seen = shaped(contexts, answer ?? [], 'the statuses of a merge group');
    const statuses = seen.map(({ context, state, description }) => {
      return { name: context, head: sha, state, description: description ?? '' };
    });
    return { ours: [], statuses };
  }
  const answer = await read.get('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', { ...at, app_id: appId });
  const seen = shaped(runs, answer ?? { check_runs: [] }, 'the checks of a merge group');
  const ours = seen.check_runs.map(({ id, name, status, conclusion, external_id }) => {
    const completed = status === 'completed';
    return { id, name, head: sha, completed, conclusion, fingerprint: external_id ?? '', rerequested: false };
  });
  return { ours, statuses: [] };
}

/**
 * GitHub's own merge queue waits for ever for a required check that nobody writes on the group's commit. It gets the
 * verdict that the pull request has now; nothing else is done for a group.
 */
export async function answerGroup(job: Job, subject: GroupSubject, ports: Ports): Promise<Outcome<Memory>> {
  const { github, clock, store, log } = ports;
  const thread = {
    kind: 'thread',
    repo: subject.repo,
    installation: subject.installation,
    number: subject.number,
  } as const;
  const lane = laneOf(thread);
  // What was said to the pull request, and what came of it, counts here as it counts there.
  const recalled = await recall({ ...job, lane, hints: [] }, await store.lastConsidered(lane), [], ports);
  const { setup, facts, concerned } = await learn(thread, { ...ports, now: () => clock.now() }, { recalled });
  if (!concerned || !facts.pull) return noted(job, 'no rule looks at this', ports);
  const { read, write } = github.repo(subject);
  const there: Facts = {
    ...{ ...facts, done: recalled.done, since: {}, considered: null, thread: { ...facts.thread, state: 'open' } },
    pull: { ...facts.pull, head: subject.sha, base: subject.base },
    // An override names the commit that it is for.
    asks: facts.asks.map((ask) =>
      ask.module === overrideId && ask.head === facts.pull?.head ? { ...ask, head: subject.sha } : ask,
    ),
    checks: await checksOn(subject.sha, read, github.appId),
  };
  const question = { id: newId(ports), at: facts.now, subject: thread, hints: job.hints, siblings: [] };
  const report = consider(question, there, setup);
  const plan = report.plan.filter(({ kind }) => kind === 'check' || kind === 'status');
  const { did, doubt, later } = await apply(plan, { write, store, clock, lane: job.lane });
  if (later || doubt !== null) throw later ?? new Later(doubt ?? '');
  for (const { says, result } of did) log.info(`${nameOf(subject)}: ${says}: ${result}`, about(job, report));
  const memory = { report: { ...report, subject, plan, did, once: [] }, done: [], head: null, goodRules: setup.good };
  return { memory, revisitAt: null, wake: [] };
}
