import { z } from 'zod';
import { Trouble } from '../github/troubles.ts';
import { laneOf, placedAs } from '../subject.ts';
import type { Subject } from '../subject.ts';
import type { RecoveryPorts, Round } from './recovery.ts';

const minute = 60_000;
/** Where a check is awaited, nobody may wait long for what GitHub did not send; elsewhere an hour is soon enough. */
const everyPending = 10 * minute;
const everyOther = 55 * minute;
const every = 5 * minute;
/** GitHub's lists may lag behind, and its clock may differ from ours. */
const overlap = 10 * minute;
const between = 1_000;
const [betweenThreads, betweenOthers] = [500, 2_000];
const mostPages = 20;

const list = z.object({
  nodes: z.array(z.object({ number: z.number(), updatedAt: z.string() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
const shape = z.object({
  repository: z.object({
    databaseId: z.number(),
    isArchived: z.boolean().default(false),
    pullRequests: list.optional(),
    issues: list.optional(),
  }),
});

const page = 'nodes { number updatedAt } pageInfo { hasNextPage endCursor }';
const newest = 'first: 100, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }';
const document = `query Sweep($owner: String!, $name: String!, $after: String, $pulls: Boolean!, $issues: Boolean!,
  $pullStates: [PullRequestState!], $issueStates: [IssueState!]) {
  repository(owner: $owner, name: $name) { databaseId isArchived
    pullRequests(${newest}, states: $pullStates) @include(if: $pulls) { ${page} }
    issues(${newest}, states: $issueStates) @include(if: $issues) { ${page} } } }`;

interface Touched {
  readonly number: number;
  readonly updatedAt: string;
}

const kinds = ['pullRequests', 'issues'] as const;

interface Question {
  readonly after: string | null;
  readonly wanted: readonly (typeof kinds)[number][];
  readonly openOnly: boolean;
}

async function ask(subject: Subject, { after, wanted, openOnly }: Question, { github }: RecoveryPorts) {
  const { owner, name } = subject.repo;
  const answer = await github.repo(subject).read.graphql(document, {
    ...{ owner, name, after, pulls: wanted.includes('pullRequests'), issues: wanted.includes('issues') },
    ...(openOnly && { pullStates: ['OPEN'], issueStates: ['OPEN'] }),
  });
  const { data } = shape.safeParse(answer);
  if (!data) throw new Trouble('later', 'GitHub answered without the newest threads');
  if (data.repository.databaseId !== subject.repo.id) throw new Trouble('gone', `${owner}/${name} is another one now`);
  return data.repository;
}

/**
 * Issues and pull requests of a repository, newest change first, until one that changed before `since`; where nothing was
 * looked at before, those that are open. Null: it is archived, and nothing is done there.
 */
async function touchedSince(
  subject: Subject,
  since: number | null,
  ports: RecoveryPorts,
): Promise<readonly Touched[] | null> {
  const openOnly = since === null;
  const isNew = ({ updatedAt }: Touched) => since === null || Date.parse(updatedAt) >= since;
  const first = await ask(subject, { after: null, wanted: kinds, openOnly }, ports);
  if (first.isArchived) return null;
  const found: Touched[] = [];
  for (const kind of kinds) {
    let seen = first[kind];
    for (let pages = 1; seen; pages++) {
      found.push(...seen.nodes.filter(isNew));
      const { hasNextPage, endCursor: after } = seen.pageInfo;
      if (!hasNextPage || after === null || pages === mostPages || !seen.nodes.every(isNew)) break;
      seen = (await ask(subject, { after, wanted: [kind], openOnly }, ports))[kind];
    }
  }
  return found;
}

type Rulings = readonly { readonly verdict: string; readonly who: string | null }[];

/** Whether a pull request waits for what may come without changing it, as checks do, and not for somebody's answer. */
async function isPending(lane: string, rulings: Rulings, { store }: RecoveryPorts): Promise<boolean> {
  // What is ours to mend has a time of its own.
  const forNobody = rulings.some(({ verdict, who }) => verdict === 'wait' && who === null);
  return forNobody || (await store.turnOf(lane)) !== null;
}

/** Open pull requests that are to be looked at although nothing on GitHub says that they changed. */
async function waitingIn(subject: Subject, ports: RecoveryPorts) {
  const { store, clock } = ports;
  const [pending, others]: [Subject[], Subject[]] = [[], []];
  for (const stored of await store.openPulls(subject.repo.id, null)) {
    const pull = placedAs(stored, subject);
    const lane = laneOf(pull);
    const last = await store.lastConsidered(lane);
    const rulings = last?.rulings ?? [];
    if (await isPending(lane, rulings, ports)) pending.push(pull);
    else if (
      last &&
      rulings.some(({ verdict }) => verdict === 'wait') &&
      clock.now() - Date.parse(last.at) >= everyOther
    )
      others.push(pull);
  }
  return { pending, others };
}

type Woken = Map<string, string>;

/** Wakes what changed since it was considered last; each change once, since our own answer to it is one as well. */
async function wakeTouched(subject: Subject, touched: readonly Touched[], woken: Woken, ports: RecoveryPorts) {
  const { store, queue } = ports;
  const { repo, installation } = subject;
  const moved: Subject[] = [];
  for (const { number, updatedAt } of touched) {
    const thread: Subject = { kind: 'thread', repo, installation, number };
    const lane = laneOf(thread);
    const last = await store.lastConsidered(lane);
    if ((last && Date.parse(last.at) > Date.parse(updatedAt)) || woken.get(lane) === updatedAt) continue;
    woken.set(lane, updatedAt);
    moved.push(thread);
  }
  await queue.addInTurn({ subjects: moved, gapMs: betweenThreads, ahead: true });
  return moved.length;
}

/** A change of an hour ago is behind the mark of its repository and is not met again. */
function forgetOld(woken: Woken, now: number): void {
  for (const [lane, at] of woken) if (Date.parse(at) < now - 4 * everyOther) woken.delete(lane);
}

/** Sweeps one repository; a `later` trouble is for the whole installation. */
async function sweepOne(subject: Subject, woken: Woken, ports: RecoveryPorts): Promise<boolean> {
  const { store, clock, log, queue } = ports;
  const name = `${subject.repo.owner}/${subject.repo.name}`;
  const place = `sweep:${subject.repo.id}`;
  const { pending, others } = await waitingIn(subject, ports);
  try {
    const began = clock.now();
    const mark = await store.mark(place);
    // First: of a repository that was taken away, or is archived, nobody has to look at what waits there for ever.
    const touched = await touchedSince(subject, mark === null ? null : mark - overlap, ports);
    if (touched !== null) {
      await queue.addInTurn({ subjects: pending, gapMs: betweenThreads });
      await queue.addInTurn({ subjects: others, gapMs: betweenOthers });
    }
    const count = await wakeTouched(subject, touched ?? [], woken, ports);
    await store.setMark(place, began);
    if (count > 0) log.info(`${name}: ${count} threads changed and were not considered since: looked at now`);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    log.debug(`${name} was not swept: ${error.message}`);
    if (error.kind !== 'gone' && error.kind !== 'forbidden') return false;
  }
  return true;
}

/** Reads what changed in every known repository, for what GitHub never sent: those where a check is awaited more often. */
export function sweepRound(ports: RecoveryPorts): Round {
  const { store, clock } = ports;
  const swept = new Map<number, number>();
  const woken = new Map<string, string>();
  const isDue = async (subject: Subject) => {
    const age = clock.now() - (swept.get(subject.repo.id) ?? -Infinity);
    return age >= everyOther || (age >= everyPending && (await waitingIn(subject, ports)).pending.length > 0);
  };
  return {
    name: 'the sweep',
    firstAfter: minute,
    async run(signal) {
      forgetOld(woken, clock.now());
      for (const subject of await store.repos()) {
        if (signal.aborted) break;
        if (!(await isDue(subject))) continue;
        if (await sweepOne(subject, woken, ports)) swept.set(subject.repo.id, clock.now());
        await clock.sleep(between, signal);
      }
      return every;
    },
  };
}
