import type { Report } from '../../app/engine/report.ts';
import { openSqlite } from '../../app/store/open-sqlite.ts';
import { createSqliteStore } from '../../app/store/sqlite.ts';
import { nameOf } from '../../app/subject.ts';
import { languages, type Language } from '../../app/text.ts';
import type { Failure } from '../../test/scenarios/scenario.ts';
import type { Stage } from '../../test/scenarios/stage.ts';

/** The page of the repository among the keys of what is shown; threads go by their number. */
export const repository = 'repository';

/** Both sides of one thread, or of the repository, at one moment. */
export interface Shown {
  readonly key: string;
  /** Where GitHub's own page of it is. */
  readonly path: string;
  readonly title: string;
  /** What GitHub shows, as HTML in each language, with what is new since the last step marked. */
  readonly github: Readonly<Record<Language, string>>;
  /** What the bot wrote down in this step, newest first. */
  readonly fresh: readonly Report[];
  /** What it had decided before this step. */
  readonly before: Report | null;
}

/** How everything stood after a step of a story. */
export interface Moment {
  /** How many beats had been played. */
  readonly place: number;
  /** On the clock of the world, in milliseconds. */
  readonly at: number;
  readonly shown: readonly Shown[];
  /** The key of what the step was about. */
  readonly focus: string;
  /** Whether the bot was running. */
  readonly isUp: boolean;
  /** How often the story looked at GitHub. */
  readonly looks: number;
  /** What GitHub should have shown and did not. */
  readonly failures: readonly Failure[];
  /** Why the step could not be taken. */
  readonly error: string | null;
  readonly events: number;
  /** How many of the events nobody took. */
  readonly lost: number;
  readonly requests: number;
  readonly writes: number;
  /** The bot was killed in this step. */
  readonly wasKilled: boolean;
  /** Until when the bot asks GitHub nothing, since GitHub told it so; milliseconds. */
  readonly pausedUntil: number | null;
  /** What the bot answered to a call that was not GitHub's. */
  readonly answer: number | null;
}

const mostReports = 1_000;

/** What the bot has in its own files. */
export interface Notes {
  /** Newest first. */
  readonly reports: readonly Report[];
  readonly pausedUntil: number | null;
}

/** Reads the files of a bot beside it, as another process of it would. */
export async function notesIn(dataDir: string, now: number): Promise<Notes> {
  const db = openSqlite(dataDir);
  try {
    const clock = { now: () => 0, random: () => 0, sleep: () => new Promise<void>(() => {}) };
    const store = createSqliteStore({ db, clock, enqueue: () => {} });
    const pauses = (await store.pauses()).filter(({ until }) => until > now);
    const pausedUntil = pauses.length > 0 ? Math.max(...pauses.map(({ until }) => until)) : null;
    return { reports: await store.reports({ limit: mostReports }), pausedUntil };
  } finally {
    db.close();
  }
}

interface Place {
  readonly key: string;
  readonly path: string;
  readonly title: string;
}

function placesOf({ fake }: Stage, threads: readonly string[]): Place[] {
  const path = `/web/${fake.repo.owner}/${fake.repo.name}`;
  const found = threads.map((as) => {
    const { number, kind, title } = fake.thread(as);
    return { key: String(number), path: `${path}/${kind === 'pull' ? 'pull' : 'issues'}/${number}`, title };
  });
  return [{ key: repository, path, title: `${fake.repo.owner}/${fake.repo.name}` }, ...found];
}

const keyOf = ({ subject }: Report) => (subject.kind === 'thread' ? String(subject.number) : repository);

async function pageOf(url: string, language: Language, since: number): Promise<string> {
  const answer = await fetch(`${url}?part=2&lang=${language}&since=${since}`);
  if (!answer.ok) throw new Error(`the fake GitHub answered ${answer.status} to ${url}`);
  return answer.text();
}

interface Look {
  readonly stage: Stage;
  readonly reports: readonly Report[];
  /** Names of the threads opened so far. */
  readonly threads: readonly string[];
  /** What is later than this is new, in milliseconds; Infinity when nothing is. */
  readonly since: number;
  /** Ids of the reports told in earlier moments. */
  readonly told: ReadonlySet<string>;
}

/** Looks at both sides of every thread, and at the repository. */
export async function lookAround({ stage, reports, threads, since, told }: Look): Promise<Shown[]> {
  const isDecision = ({ id, outcome }: Report) => told.has(id) && outcome === 'considered';
  const places = placesOf(stage, threads).map(async ({ key, path, title }): Promise<Shown> => {
    const own = reports.filter((report) => keyOf(report) === key);
    const pages = languages.map(async (language) => [
      language,
      await pageOf(stage.fake.url + path, language, Math.min(since, Number.MAX_SAFE_INTEGER)),
    ]);
    const github = Object.fromEntries((await Promise.all(pages)) as [Language, string][]) as Record<Language, string>;
    const fresh = own.filter(({ id }) => !told.has(id));
    return { key, path, title, github, fresh, before: own.find(isDecision) ?? null };
  });
  return Promise.all(places);
}

/** What a report is about, in people's words: `#1`, a tag, or the repository. */
export function subjectName({ subject }: Report): string {
  if (subject.kind === 'tag') return subject.tag;
  return nameOf(subject).replace(/^[^#@^:]*(?=[#@^:])/, '');
}
