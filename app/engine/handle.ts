import { goneKeys } from '../facts/asks.ts';
import { acceptedKey, heardKey } from '../facts/callers.ts';
import type { Facts } from '../facts/fact.ts';
import { Trouble } from '../github/troubles.ts';
import type { Log } from '../log.ts';
import { aboutJob, Later } from '../queue/queue.ts';
import type { InTurn, Job, Outcome } from '../queue/queue.ts';
import { isWeighed, refusalKey } from '../wants/refusal.ts';
import type { Change } from '../wants/want.ts';
import type { Memory } from '../store/store.ts';
import { laneOf, nameOf } from '../subject.ts';
import type { Subject, ThreadSubject } from '../subject.ts';
import { apply } from './apply.ts';
import { cardIn } from './card.ts';
import { askAgainAt, carefully } from './careful.ts';
import type { Sibling } from './check.ts';
import { consider } from './consider.ts';
import { declinedIn } from './declined.ts';
import type { Question } from './consider.ts';
import { answerGroup } from './group.ts';
import { unlessHalted } from './halted.ts';
import { inForce } from './in-force.ts';
import { learn, neededFacts } from './learn.ts';
import { about, inPlace, newId, noted } from './outcome.ts';
import type { Ports } from './outcome.ts';
import { consideredAt, pushedKeys, recall } from './recall.ts';
import { rejudge, withLayers } from './rejudge.ts';
import type { Deed, Report } from './report.ts';
import type { RepoSetup } from './set-up.ts';
import { answerTag } from './tag.ts';
import { holdTurn, keepTurn, lineFor, stepUp } from './turns.ts';
import { betweenThreads, concerns, spread, spreadBase, wokenByClosing, wokenByIssue } from './wake.ts';
import { reachAll } from './whole-installation.ts';

/** How often the state of one thread is read anew within one job before the job itself is put off. */
const rounds = 3;
/** A refusal that says that GitHub's state is another one is believed for so many tries of a job; each reads it anew. */
const triesForStale = 5;
/** What GitHub wrote last is usually readable after this long. */
const settle = 2_000;

/** The bot's whole work on one job: learn, consider, act; what it returns is remembered when the job is finished. */
export async function handle(job: Job, given: Ports): Promise<Outcome<Memory>> {
  const ports: Ports = { ...given, github: carefully(job, given) };
  return inPlace(await outcomeOf(job, ports), job);
}

/** Threads for which it may mean something that this one is another. */
async function concerned(job: Job, ports: Ports): Promise<InTurn> {
  const subjects = [...(await wokenByIssue(job, ports)), ...(await wokenByClosing(job, ports))];
  return { subjects, gapMs: betweenThreads, ahead: true };
}

async function outcomeOf(job: Job, ports: Ports): Promise<Outcome<Memory>> {
  try {
    await unlessHalted(job, ports);
    if (job.subject.kind === 'commit') return await spread(job, job.subject.sha, ports);
    if (job.subject.kind === 'group') return await answerGroup(job, job.subject, ports);
    if (job.subject.kind === 'tag') return await answerTag(job, job.subject, ports);
    if (job.subject.kind === 'installation') return await reachAll(job, ports);
    if (job.subject.kind === 'repo') return await rejudge(job, ports);
    if (job.subject.kind === 'branch') return await spreadBase(job, job.subject.branch, ports);
    const setup = ports.setUp.last(job.subject.repo.id);
    if (setup && job.attempt === 1 && !(await concerns(job, neededFacts(setup, 'any'), ports))) {
      return { ...noted(job, 'no fact that a rule looks at has changed', ports), revisitAt: 'keep' };
    }
    const outcome = withLayers(await thinkAndAct(job, job.subject, ports), job.subject, ports);
    return { ...outcome, inTurn: await concerned(job, ports) };
  } catch (error) {
    const ended = forTrouble(error, job, ports);
    // An issue that was deleted or went elsewhere holds nothing any more.
    return { ...ended, inTurn: await concerned(job, ports) };
  }
}

interface Thought {
  readonly setup: RepoSetup;
  readonly facts: Facts;
  readonly report: Report;
  /** Once-keys of who pushed. */
  readonly pushers: readonly string[];
}

/** What GitHub refused within one job: once-keys of what becomes of commits, and changes set aside. */
interface Refused {
  readonly refused: string[];
  readonly aside: Change[];
}

/** What cannot be undone is decided a second time, on facts none of which comes from memory. */
async function think(job: Job, subject: ThreadSubject, id: string, ports: Ports, { refused, aside }: Refused) {
  const { clock, store } = ports;
  const last = await store.lastConsidered(job.lane);
  const card = cardIn(last);
  const recalled = await recall(job, last, refused, ports);
  const brokeBefore = last?.rulings.some(({ broke }) => broke !== null) === true;
  for (const fresh of [false, true]) {
    const {
      setup,
      facts: learnt,
      pushedAt,
      concerned,
    } = await learn(
      subject,
      { ...ports, now: () => clock.now() },
      { before: last !== null, fresh, card: card?.nodeId, recalled },
    );
    const since = await inForce(setup, { pushedAt, anew: false }, ports);
    if (!concerned) return null;
    const facts: Facts = { ...learnt, since, considered: consideredAt(last), done: recalled.done };
    const siblings = await siblingsOf(subject, facts, ports);
    const line = await lineFor(subject, facts, ports);
    const asked = { id, at: facts.now, subject, hints: job.hints };
    const question: Question = { ...asked, siblings, line, card, aside, brokeBefore };
    const report = consider(question, facts, setup);
    const thought: Thought = { setup, facts, report, pushers: pushedKeys(recalled) };
    if (fresh || thought.report.plan.every(({ freshFor }) => freshFor === undefined)) return thought;
    await stepUp(subject, facts, thought.report, line, ports);
  }
  return null;
}

async function thinkAndAct(job: Job, subject: ThreadSubject, ports: Ports): Promise<Outcome<Memory>> {
  const { clock, store, log } = ports;
  const id = newId(ports);
  const did: Deed[] = [];
  const { refused, aside }: Refused = { refused: [], aside: [] };
  const declined: string[] = [];
  for (let round = 1; ; round++) {
    const thought = await think(job, subject, id, ports, { refused: [...refused, ...declined], aside });
    if (!thought) return noted(job, 'no rule looks at this', ports);
    const { setup, facts, report, pushers } = thought;
    await begin(subject, facts, report, ports);
    const [{ write }, readAt] = [ports.github.repo(subject), Date.parse(facts.now)];
    const giveUp = job.errors + 1 >= triesForStale && round >= rounds;
    const applied = await apply(report.plan, { write, store, clock, lane: job.lane, readAt, giveUp });
    const { did: now, doubt, later } = applied;
    did.push(...now);
    tell(job, { ...report, did: now }, log);
    const fresh = refusalsIn(now, facts.now);
    refused.push(...fresh);
    const stuck = applied.aside.filter(({ id }) => !isWeighed(id));
    aside.push(...stuck);
    const news = declinedIn(now, report);
    declined.push(...news);
    // What GitHub refused is told at once: the row would go on saying that nothing is missing.
    const isNews = fresh.length + stuck.length + news.length > 0 || reveals(report, now);
    if (isNews && doubt === null && later === null && round <= rounds) continue;
    if (doubt === null && later === null) {
      const next = await keepTurn(subject, facts, { ...report, did }, ports);
      const wake = [...(await leftBehind(job, facts, ports)), ...next];
      return { ...remembered({ ...report, did }, facts, [...refused, ...pushers], setup.good), wake };
    }
    const why = later?.message ?? doubt ?? '';
    if (later || round >= rounds) {
      if (did.length > 0) await store.saveReport({ ...report, outcome: `broken off: ${why}`, did });
      throw later ?? new Later(why);
    }
    log.warn(`${nameOf(subject)}: reading again, since the outcome is not known: ${why}`, about(job, report));
    await clock.sleep(settle);
  }
}

/** What is carried out now must be known to a look that begins anew, should this one never end. */
async function begin(subject: ThreadSubject, facts: Facts, report: Report, ports: Ports): Promise<void> {
  const { heard = [] } = report;
  const { accepted = [], other = [] } = Object.groupBy(heard, ({ outcome }) =>
    outcome === 'done' ? 'accepted' : 'other',
  );
  const keysOf = (lines: typeof heard) => lines.map(({ key }) => acceptedKey(key));
  // What a round began and GitHub refused is not accepted any more.
  if (heard.length > 0) await ports.store.keepHeard(report, keysOf(accepted), keysOf(other));
  await holdTurn(subject, facts, report, ports);
}

/** What was done, and what broke, as lines of the log. */
function tell(job: Job, report: Report, log: Log): void {
  const fields = about(job, report);
  if (report.muted) log.error(`${nameOf(job.subject)}: muted, too many comments of ours within ten minutes`, fields);
  for (const { says, result, reason } of report.did) {
    log.info(`${nameOf(job.subject)}: ${says}: ${result}${reason ? ` (${reason})` : ''}`, fields);
  }
  for (const { module, broke } of report.rulings) if (broke) log.error(`${module} broke: ${broke}`, fields);
}

/** Other open pull requests on the same head and base, as they were last considered: they share the check. */
async function siblingsOf(subject: ThreadSubject, { pull }: Facts, { store }: Ports): Promise<readonly Sibling[]> {
  if (!pull) return [];
  const others = (await store.threadsWithHead(subject.repo.id, pull.head)).filter(
    (other) => other.kind === 'thread' && other.number !== subject.number,
  );
  const newest = await Promise.all(others.map((other) => store.lastConsidered(laneOf(other))));
  return newest.flatMap((report) => {
    const { facts, rulings } = report ?? { facts: null, rulings: [] };
    const same = facts?.pull?.head === pull.head && facts.pull.base === pull.base;
    return same && facts.thread ? [{ number: facts.thread.number, rows: rulings.filter(({ row }) => row) }] : [];
  });
}

/** Pull requests that shared their check with this one until it closed, moved on or went to another base. */
async function leftBehind(job: Job, { pull, thread }: Facts, { store }: Ports): Promise<readonly Subject[]> {
  const before = await store.lastConsidered(job.lane);
  const was = before?.facts?.thread?.state === 'open' ? before.facts.pull : null;
  if (!was || !pull) return [];
  const stays = thread.state === 'open' && was.head === pull.head && was.base === pull.base;
  if (stays) return [];
  const shared = await store.threadsWithHead(job.subject.repo.id, was.head);
  return shared.filter((other) => laneOf(other) !== job.lane);
}

/** What GitHub refused for good of what is thought of anew then; everything else is simply tried again another time. */
function refusalsIn(did: readonly Deed[], now: string): string[] {
  const weighed = did.filter(({ change, result }) => result === 'failed' && isWeighed(change));
  return weighed.map(({ change }) => refusalKey(change, now));
}

/** Whether something was made that is to be told of. */
function reveals({ plan }: Report, did: readonly Deed[]): boolean {
  const made = did.filter(({ result }) => result === 'done').map(({ says }) => says);
  return plan.some((change) => change.reveals === true && made.includes(change.says));
}

function remembered(
  report: Report,
  facts: Facts,
  refused: readonly string[],
  goodRules: Memory['goodRules'],
): Outcome<Memory> {
  const { pull, thread } = facts;
  const head = pull && { sha: pull.head, base: pull.base, open: thread.state === 'open' };
  const failed = report.did.filter(({ result }) => result === 'failed').map(({ change }) => change);
  const done = report.once.filter(({ change }) => !failed.includes(change)).map(({ key }) => key);
  const revisitAt = report.revisitAt === null ? null : Date.parse(report.revisitAt);
  const heard = (report.heard ?? []).map(({ key }) => heardKey(key));
  const told = [...refused, ...heard, ...(report.told ?? []), ...goneKeys(facts)];
  const memory = { report, done: [...done, ...told], head, goodRules };
  return { memory: { ...memory, isPublic: !facts.repo.private }, revisitAt, wake: [] };
}

/** What GitHub forbids today it may allow tomorrow. */
const aDay = 86_400_000;

function forTrouble(error: unknown, job: Job, ports: Ports): Outcome<Memory> {
  if (!(error instanceof Trouble)) throw error;
  if (error.kind === 'later' || error.kind === 'lost' || error.kind === 'stale') {
    // An outage or a limit is not over because something new has come.
    throw new Later(error.message, error.until, { cause: error, yields: error.kind === 'stale' });
  }
  // An object that GitHub told us of may take a while until it can be read.
  const again = error.kind === 'gone' ? askAgainAt(job, ports) : null;
  if (again !== null) throw new Later(error.message, again, { cause: error, yields: true, waits: true });
  if (error.kind === 'broken') throw error;
  ports.log.warn(`${nameOf(job.subject)}: ${error.kind}: ${error.message}`, aboutJob(job));
  const ended = noted(job, `${error.kind}: ${error.message}`, ports);
  if (error.kind === 'gone') return ended;
  return { ...ended, revisitAt: job.woken ? ports.clock.now() + aDay : 'keep' };
}
