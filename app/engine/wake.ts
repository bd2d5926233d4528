import { z } from 'zod';
import { isOurName } from '../commands/overrides.ts';
import type { FactName } from '../facts/fact.ts';
import { isOwnersFile } from '../facts/owners-of.ts';
import { mayCommand } from '../facts/spoken.ts';
import type { MergeOptions } from '../merge-pool/options.ts';
import type { Hint, Job, Outcome } from '../queue/queue.ts';
import type { Memory } from '../store/store.ts';
import { laneOf } from '../subject.ts';
import type { Subject } from '../subject.ts';
import { settling } from './apply.ts';
import { neededFacts } from './learn.ts';
import type { Sources } from './load.ts';
import { noted } from './outcome.ts';
import type { Ports } from './outcome.ts';
import { mergeId, unitOf } from './units.ts';

const eventOf = ({ event, action }: Hint) => (action === null ? event : `${event}.${action}`);

/** Whether what happened can change a fact that somebody looks at. A timer may always mean that something is due. */
export function matters(job: Job, names: readonly FactName[], sources: Sources): boolean {
  const watched = new Set(names.flatMap((name) => sources.get(name)?.changedBy ?? []));
  return (
    job.woken ||
    job.hints.length === 0 ||
    job.hints.some((hint) => watched.has(eventOf(hint)) || watched.has(hint.event))
  );
}

/** Facts that change only when somebody writes a command. */
const bySpeech: readonly FactName[] = ['spoken', 'callers'];

/** Like `matters`, but what people say matters for their commands only where one may be in it. */
export async function concerns(job: Job, names: readonly FactName[], ports: Ports): Promise<boolean> {
  const { setUp, sources } = ports;
  const others = names.filter((name) => !bySpeech.includes(name));
  if (matters(job, others, sources)) return true;
  if (!matters(job, names, sources)) return false;
  const prefix = setUp.last(job.subject.repo.id)?.rules.commands.prefix ?? '/';
  const bodies = await Promise.all(job.hints.map((hint) => bodyOf(hint, ports)));
  return bodies.some((body) => {
    const text = (body?.comment ?? body?.review ?? body?.issue ?? body?.pull_request)?.body ?? '';
    return body === null || mayCommand(text, { prefix });
  });
}

/** The facts that count for a repository; all of them where this process has not met it yet. */
function namesFor({ subject }: Job, { setUp, sources }: Ports): readonly FactName[] {
  const setup = setUp.last(subject.repo.id);
  return setup ? neededFacts(setup, 'any') : [...sources.keys()];
}

const named = z.looseObject({ name: z.string() });
const made = z.object({ name: z.string().nullish(), app: z.object({ id: z.number() }).nullish() }).nullish();
const spoke = z.object({ body: z.string().nullish() }).nullish();
const payload = z.object({
  comment: spoke,
  review: spoke,
  pull_request: spoke,
  check_run: made,
  check_suite: made,
  label: named.nullish(),
  issue: z
    .looseObject({ body: z.string().nullish(), labels: z.array(named).nullish(), pull_request: z.unknown().optional() })
    .nullish(),
});

async function bodyOf({ delivery }: Hint, { store }: Ports): Promise<z.output<typeof payload> | null> {
  const found = await store.delivery(delivery);
  // Bodies are not kept for ever.
  if (!found || found.body.length === 0) return null;
  const read = payload.safeParse(JSON.parse(found.body.toString()));
  return read.success ? read.data : null;
}

/** A check that we wrote ourselves tells us nothing; a click on "re-run" of it does. */
async function isOurEcho(hint: Hint, ports: Ports): Promise<boolean> {
  if (ports.github.appId === null || !['created', 'completed'].includes(hint.action ?? '')) return false;
  if (hint.event !== 'check_run' && hint.event !== 'check_suite') return false;
  const body = await bodyOf(hint, ports);
  const { name, app } = body?.check_run ?? body?.check_suite ?? {};
  // What we wrote under somebody else's name may be all that GitHub was waiting for.
  return app?.id === ports.github.appId && (name == null || isOurName(name));
}

const nothingNew = 'no fact that a rule looks at has changed';

/** An event that names only a commit goes on to the open pull requests whose head it is; asking GitHub costs nothing. */
export async function spread(job: Job, sha: string, ports: Ports): Promise<Outcome<Memory>> {
  const wake = await ports.store.threadsWithHead(job.subject.repo.id, sha);
  if (wake.length === 0 || !matters(job, namesFor(job, ports), ports.sources)) return noted(job, nothingNew, ports);
  const echoes = await Promise.all(job.hints.map((hint) => isOurEcho(hint, ports)));
  if (!job.woken && echoes.length > 0 && echoes.every(Boolean)) return noted(job, 'our own check', ports);
  // Nothing in an answer says that what happened to a commit is not in it yet, so it is looked at once more.
  const revisitAt = job.hints.length > 0 ? ports.clock.now() + settling : null;
  return { ...noted(job, `passed on to ${wake.length} pull requests`, ports), revisitAt, wake };
}

const paths = z.array(z.string()).default([]);
const pushShape = z.object({
  forced: z.boolean().default(false),
  commits: z.array(z.object({ added: paths, modified: paths, removed: paths })),
});
/** GitHub lists no more commits of a push (docs.github.com, "Webhook events and payloads"). */
const mostListed = 2048;

/** Whether a push may have changed who owns what. */
async function movesOwners({ hints }: Job, names: readonly FactName[], { store }: Ports): Promise<boolean> {
  if (!names.includes('owners')) return false;
  const found = await Promise.all(hints.map(({ delivery }) => store.delivery(delivery)));
  return found.some((delivery) => {
    // Bodies are not kept for ever.
    if (!delivery || delivery.body.length === 0) return true;
    const read = pushShape.safeParse(JSON.parse(delivery.body.toString()));
    if (!read.success) return false;
    const { forced, commits } = read.data;
    const touched = commits.flatMap(({ added, modified, removed }) => [...added, ...modified, ...removed]);
    return forced || commits.length >= mostListed || touched.some(isOwnersFile);
  });
}

/** A look costs two or three requests: a third of what an installation may ask in a minute stays for what people do. */
export const betweenThreads = 500;
/** Some 1,800 looks an hour, of two requests or so each: less than half of what GitHub allows the smallest installation. */
const betweenPulls = 2_000;

/**
 * A push to a base goes on to the open pull requests onto it, from our own index: to those that stand in line at once, to the
 * others in turn. However often somebody pushes, each is looked at no more often than its turn comes.
 */
export async function spreadBase(job: Job, branch: string, ports: Ports): Promise<Outcome<Memory>> {
  const { id } = job.subject.repo;
  const open = await ports.store.openPulls(id, branch);
  const names = namesFor(job, ports);
  const isNews = open.length > 0 && (matters(job, names, ports.sources) || (await movesOwners(job, names, ports)));
  if (!isNews) return noted(job, nothingNew, ports);
  const inLine = (await ports.store.line(id, branch)).map(({ subject }) => subject);
  const lanes = new Set(inLine.map(laneOf));
  const others = open.filter((pull) => !lanes.has(laneOf(pull)));
  const told = noted(job, `passed on to ${inLine.length + others.length} pull requests`, ports);
  return { ...told, wake: inLine, inTurn: { subjects: others, gapMs: betweenPulls } };
}

/** An issue that holds merges, or held them until now, goes on to the open pull requests. */
export async function wokenByIssue({ subject, hints }: Job, ports: Ports): Promise<readonly Subject[]> {
  const section = ports.setUp.last(subject.repo.id)?.rules.sections.find(({ module }) => module === mergeId);
  const about = hints.filter(({ event, action }) => event === 'issues' && action !== 'opened');
  if (!section || about.length === 0) return [];
  const blocker = (section.options as MergeOptions)['blocker-label'].toLowerCase();
  const bodies = await Promise.all(about.map((hint) => bodyOf(hint, ports)));
  const concerns = bodies.some((body) => {
    const labels = [...(body?.issue?.labels ?? []), ...(body?.label ? [body.label] : [])];
    return labels.some(({ name }) => name.toLowerCase() === blocker);
  });
  return concerns ? ports.store.openPulls(subject.repo.id, null) : [];
}

const reference = /#(\d{1,9})\b/g;

/** A thread that was closed goes on to the open pull requests whose kept commands name it, where a rule waits for such. */
export async function wokenByClosing({ subject, hints }: Job, ports: Ports): Promise<readonly Subject[]> {
  const setup = ports.setUp.last(subject.repo.id);
  const closed = hints.some(({ event, action }) => ['issues', 'pull_request'].includes(event) && action === 'closed');
  if (!setup || !closed || subject.kind !== 'thread') return [];
  const waits = setup.rules.sections.some(({ module }) => unitOf(setup.modules, module)?.needs.includes('awaited'));
  const open = waits ? await ports.store.openPulls(subject.repo.id, null) : [];
  const asked = await Promise.all(open.map(async (pull) => ({ pull, asks: await ports.store.asksOn(laneOf(pull)) })));
  const names = (text: string) => [...text.matchAll(reference)].some(([, number]) => Number(number) === subject.number);
  return asked
    .filter(({ asks }) => asks.some(({ args }) => Object.values(args).flat().some(names)))
    .map(({ pull }) => pull);
}
