import type { Clock } from '../clock.ts';
import type { GitHub } from '../github/github.ts';
import type { Log, LogFields } from '../log.ts';
import { aboutJob } from '../queue/queue.ts';
import type { Job, Outcome } from '../queue/queue.ts';
import type { Memory, Store } from '../store/store.ts';
import { laneOf, nameOf, placedAs } from '../subject.ts';
import type { Subject } from '../subject.ts';
import type { Sources } from './load.ts';
import type { Report } from './report.ts';
import type { SetUp } from './set-up.ts';

/** Everything the engine reaches the world with. */
export interface Ports {
  readonly github: GitHub;
  readonly store: Store;
  readonly clock: Clock;
  readonly setUp: SetUp;
  readonly sources: Sources;
  readonly log: Log;
}

/** The id of a report to be. */
export function newId({ clock }: Ports): string {
  const chance = Math.floor(clock.random() * 36 ** 4).toString(36);
  return `r-${clock.now().toString(36)}${chance.padStart(4, '0')}`;
}

/** A report that nothing was considered, and why. */
export function noted(job: Job, outcome: string, ports: Ports): Outcome<Memory> {
  const { subject, hints } = job;
  const report: Report = {
    ...{ id: newId(ports), subject, hints, at: new Date(ports.clock.now()).toISOString(), outcome },
    ...{ rules: [], facts: null, language: 'en', rulings: [], conflicts: [], conclusion: null },
    ...{ plan: [], once: [], muted: false, revisitAt: null, did: [] },
  };
  return { memory: { report, done: [], head: null, goodRules: null }, revisitAt: null, wake: [] };
}

/** What is woken in the same repository is where the job itself was told it is. */
export function inPlace({ wake, inTurn, ...rest }: Outcome<Memory>, { subject }: Job): Outcome<Memory> {
  const placed = (some: readonly Subject[]) => some.map((one) => placedAs(one, subject));
  return { ...rest, wake: placed(wake), ...(inTurn && { inTurn: { ...inTurn, subjects: placed(inTurn.subjects) } }) };
}

/** What a line of the log is about once a report is being written. */
export function about(job: Job, report: Report): LogFields {
  return { ...aboutJob(job), report: report.id };
}

/** A change of the rules wakes every thread of a repository; the log needs no line for each. */
const mostWoken = 20;

/** Lines on what came of a job, one more for each lane it woke, so that what is done there can be followed. */
export function tellOutcome(job: Job, { memory, wake: now, inTurn }: Outcome<Memory>, log: Log): void {
  if (!memory) return;
  const fields = about(job, memory.report);
  log.info(`${nameOf(job.subject)}: ${summaryOf(memory.report)}`, fields);
  const wake = [...now, ...(inTurn?.subjects ?? [])];
  for (const subject of wake.slice(0, mostWoken)) {
    log.info(`${nameOf(job.subject)}: wakes ${nameOf(subject)}`, { ...fields, lane: laneOf(subject) });
  }
  if (wake.length > mostWoken) log.info(`${nameOf(job.subject)}: wakes ${wake.length - mostWoken} more`, fields);
}

function summaryOf({ outcome, rulings, plan, did, revisitAt }: Report): string {
  if (outcome !== 'considered') return outcome;
  const verdicts = rulings.map(({ module, verdict }) => `${module} ${verdict}`).join(', ');
  const done = did.filter(({ result }) => result === 'done').length;
  const changes = did.length + plan.length === 0 ? 'nothing to change' : `${done} of ${did.length} changes made`;
  const again = revisitAt === null ? '' : `; looks again at ${revisitAt}`;
  return `considered: ${verdicts || 'no rule is on'}; ${changes}${again}`;
}
