import type { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { Clock } from '../clock.ts';
import type { Asked } from '../facts/command-facts.ts';
import type { Report } from '../engine/report.ts';
import { laneOf, nameOf } from '../subject.ts';
import type { Subject } from '../subject.ts';
import type { Write } from './sqlite-write.ts';
import type { GoodRules, Memory, Store } from './store.ts';

const zip = promisify<string, { level: number }, Buffer>(gzip);
const unzip = promisify<Uint8Array, Buffer>(gunzip);

/** Zips the report; the function it resolves to writes the memory and is called inside the transaction that finishes the job. */
export type Remember = (memory: Memory) => Promise<() => void>;

interface Zipped {
  readonly zipped: Uint8Array;
}

function laneStatementsOf(db: DatabaseSync) {
  return {
    addDone: db.prepare('INSERT OR IGNORE INTO done (lane, key, at) VALUES (?, ?, ?)'),
    dropDone: db.prepare('DELETE FROM done WHERE lane = ? AND key = ?'),
    done: db.prepare('SELECT key FROM done WHERE lane = ? ORDER BY at, key'),
    setAsk: db.prepare(
      `INSERT INTO asks (lane, key, at, json) VALUES (?, ?, ?, ?)
       ON CONFLICT (lane, key) DO UPDATE SET at = excluded.at, json = excluded.json`,
    ),
    dropAsk: db.prepare('DELETE FROM asks WHERE lane = ? AND key = ?'),
    asks: db.prepare('SELECT json FROM asks WHERE lane = ? ORDER BY at, key'),
  };
}

function setupStatementsOf(db: DatabaseSync) {
  return {
    setUp: db.prepare(
      `INSERT INTO setups (repo, subject, built_on, commands, public, at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (repo) DO UPDATE SET subject = excluded.subject, built_on = excluded.built_on,
         commands = coalesce(excluded.commands, commands), public = coalesce(excluded.public, public), at = excluded.at
       WHERE subject <> excluded.subject OR built_on <> excluded.built_on
         OR coalesce(excluded.commands, commands) IS NOT commands OR coalesce(excluded.public, public) IS NOT public`,
    ),
    hide: db.prepare('UPDATE setups SET public = 0 WHERE repo = ? AND public IS NOT 0'),
  };
}

function statementsOf(db: DatabaseSync) {
  return {
    addReport: db.prepare(
      `INSERT INTO reports (id, lane, name, at, considered, zipped) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET at = excluded.at, considered = excluded.considered, zipped = excluded.zipped`,
    ),
    addLook: db.prepare(
      `INSERT INTO looks (delivery, report, outcome, at) VALUES (?, ?, ?, ?)
       ON CONFLICT (delivery, report) DO UPDATE SET outcome = excluded.outcome, at = excluded.at`,
    ),
    ...laneStatementsOf(db),
    setHead: db.prepare(
      `INSERT INTO heads (lane, repo, sha, base, subject) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (lane) DO UPDATE SET sha = excluded.sha, base = excluded.base, subject = excluded.subject`,
    ),
    dropHead: db.prepare('DELETE FROM heads WHERE lane = ?'),
    setRules: db.prepare(
      `INSERT INTO good_rules (repo, oid, text) VALUES (?, ?, ?)
       ON CONFLICT (repo) DO UPDATE SET oid = excluded.oid, text = excluded.text WHERE oid <> excluded.oid`,
    ),
    ...setupStatementsOf(db),
    report: db.prepare('SELECT zipped FROM reports WHERE id = ?'),
    place: db.prepare('SELECT seq FROM reports WHERE id = ?'),
    page: db.prepare('SELECT zipped FROM reports WHERE seq < ? ORDER BY seq DESC LIMIT ?'),
    pageOfLane: db.prepare('SELECT zipped FROM reports WHERE lane = ? AND seq < ? ORDER BY seq DESC LIMIT ?'),
    pageOfName: db.prepare('SELECT zipped FROM reports WHERE name = ? AND seq < ? ORDER BY seq DESC LIMIT ?'),
    pageOfRepo: db.prepare(
      'SELECT zipped FROM reports WHERE repo = ? AND considered AND seq < ? ORDER BY seq DESC LIMIT ?',
    ),
    considered: db.prepare('SELECT zipped FROM reports WHERE lane = ? AND considered ORDER BY seq DESC LIMIT 1'),
    withHead: db.prepare('SELECT subject FROM heads WHERE repo = ? AND sha = ? ORDER BY lane'),
    onBase: db.prepare(
      `SELECT subject FROM heads WHERE repo = ?1 AND (?2 IS NULL OR base = ?2)
       ORDER BY (SELECT max(seq) FROM reports WHERE reports.lane = heads.lane AND considered), lane`,
    ),
    rules: db.prepare('SELECT oid, text FROM good_rules WHERE repo = ?'),
  };
}

type Statements = ReturnType<typeof statementsOf>;

async function read({ zipped }: Zipped): Promise<Report> {
  return JSON.parse((await unzip(zipped)).toString()) as Report;
}

function setAsks(run: Statements, lane: string, { heard = [], asked = [] }: Report): void {
  for (const { key } of heard) if (!asked.some((ask) => ask.key === key)) run.dropAsk.run(lane, key);
  for (const ask of asked) run.setAsk.run(lane, ask.key, ask.at, JSON.stringify(ask));
}

function put(run: Statements, memory: Memory, zipped: Buffer, now: number): void {
  const { report, done, head, goodRules, goodAbove = [], builtOn, commands, isPublic } = memory;
  const { id, subject, at, hints, outcome } = report;
  const lane = laneOf(subject);
  run.addReport.run(
    id,
    lane,
    nameOf(subject).toLowerCase(),
    at,
    report.facts === null && report.tag === undefined ? 0 : 1,
    zipped,
  );
  for (const { delivery } of hints) run.addLook.run(delivery, id, outcome, now);
  for (const key of done) run.addDone.run(lane, key, at);
  setAsks(run, lane, report);
  if (head?.open === true) run.setHead.run(lane, subject.repo.id, head.sha, head.base ?? '', JSON.stringify(subject));
  else if (head !== null) run.dropHead.run(lane);
  if (goodRules !== null) run.setRules.run(subject.repo.id, goodRules.oid, goodRules.text);
  for (const { repoId, oid, text } of goodAbove) run.setRules.run(repoId, oid, text);
  if (isPublic === false) run.hide.run(subject.repo.id);
  if (builtOn === undefined) return;
  const { repo, installation } = subject;
  const shown = isPublic === undefined ? null : Number(isPublic);
  const list = commands === undefined ? null : JSON.stringify(commands);
  run.setUp.run(
    repo.id,
    JSON.stringify({ kind: 'repo', repo, installation }),
    JSON.stringify(builtOn),
    list,
    shown,
    now,
  );
}

type MemoryStore = Pick<
  Store,
  | 'saveReport'
  | 'report'
  | 'reports'
  | 'lastConsidered'
  | 'doneOn'
  | 'asksOn'
  | 'keepHeard'
  | 'threadsWithHead'
  | 'openPulls'
  | 'goodRules'
> & {
  readonly remember: Remember;
};

/** The index of open pull requests by head and base. */
function headsOf(run: Statements): Pick<Store, 'threadsWithHead' | 'openPulls'> {
  const subjectIn = (row: Record<string, unknown>) => JSON.parse(row['subject'] as string) as Subject;
  return {
    threadsWithHead: async (repoId, sha) => run.withHead.all(repoId, sha).map(subjectIn),
    openPulls: async (repoId, base) => run.onBase.all(repoId, base).map(subjectIn),
  };
}

/** What is done and accepted on one subject. */
function onLane(run: Statements, write: Write): Pick<Store, 'doneOn' | 'asksOn' | 'keepHeard'> {
  return {
    doneOn: async (lane) => run.done.all(lane).map((row) => row['key'] as string),
    asksOn: async (lane) => run.asks.all(lane).map((row) => JSON.parse(row['json'] as string) as Asked),
    keepHeard: (report, keys, undone) =>
      write(() => {
        const lane = laneOf(report.subject);
        setAsks(run, lane, report);
        for (const key of keys) run.addDone.run(lane, key, report.at);
        for (const key of undone) run.dropDone.run(lane, key);
      }),
  };
}

function pageOf(run: Statements, page: Parameters<Store['reports']>[0], from: number): readonly Zipped[] {
  const { limit, lane, name, repo } = page;
  const rows = () => {
    if (lane !== undefined) return run.pageOfLane.all(lane, from, limit);
    if (name !== undefined) return run.pageOfName.all(name.toLowerCase(), from, limit);
    return repo === undefined ? run.page.all(from, limit) : run.pageOfRepo.all(repo.toLowerCase(), from, limit);
  };
  return rows() as unknown as readonly Zipped[];
}

export function createMemory(db: DatabaseSync, clock: Clock, write: Write): MemoryStore {
  const run = statementsOf(db);
  /** A cursor that is gone ends the list rather than starting it anew. */
  const placeOf = (id?: string) =>
    id === undefined ? Number.MAX_SAFE_INTEGER : Number(run.place.get(id)?.['seq'] ?? 0);
  const remember: Remember = async (memory) => {
    const zipped = await zip(JSON.stringify(memory.report), { level: constants.Z_BEST_SPEED });
    return () => put(run, memory, zipped, clock.now());
  };
  return {
    remember,
    async saveReport(report) {
      await write(await remember({ report, done: [], head: null, goodRules: null }));
    },
    async report(id) {
      const row = run.report.get(id) as unknown as Zipped | undefined;
      return row === undefined ? null : read(row);
    },
    async reports(page) {
      return Promise.all(pageOf(run, page, placeOf(page.before)).map(read));
    },
    async lastConsidered(lane) {
      const row = run.considered.get(lane) as unknown as Zipped | undefined;
      return row === undefined ? null : read(row);
    },
    ...onLane(run, write),
    ...headsOf(run),
    async goodRules(repoId) {
      const row = run.rules.get(repoId) as unknown as GoodRules | undefined;
      return row === undefined ? null : { ...row };
    },
  };
}
