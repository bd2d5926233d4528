import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { BadSettings, isStartedAs, loadSettings, orPortTaken, toReader } from '../config/env.ts';
import type { Role, Settings } from '../config/env.ts';
import { configureLogs } from '../config/log4js.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { everyCommand } from './engine/every-command.ts';
import { handle } from './engine/handle.ts';
import { loadFacts, loadKinds, loadModules } from './engine/load.ts';
import type { Kinds, Modules, Sources } from './engine/load.ts';
import { takeOperatorRules } from './engine/operator-rules.ts';
import { tellOutcome } from './engine/outcome.ts';
import { permissionsOf } from './engine/permissions.ts';
import { createRemoteRules } from './engine/remote-rules.ts';
import type { RemoteRules } from './engine/remote-rules.ts';
import { BrokenRules, createSetUp, rulesPath } from './engine/set-up.ts';
import type { SetUp } from './engine/set-up.ts';
import { unitOf } from './engine/units.ts';
import type { FactName } from './facts/fact.ts';
import { Budget } from './github/budget.ts';
import { createGitHub } from './github/octokit.ts';
import { inContext, within } from './log.ts';
import type { Log, LogFields } from './log.ts';
import { aboutJob } from './queue/queue.ts';
import type { Job, Running } from './queue/queue.ts';
import { createSqliteQueue } from './queue/sqlite.ts';
import { listen } from './receive/listen.ts';
import type { Listening } from './receive/listen.ts';
import { fetchedDelivery } from './receive/incoming.ts';
import { createServer } from './receive/server.ts';
import type { RecoveryPorts } from './recovery/recovery.ts';
import { startRecovery } from './recovery/start.ts';
import { faultsIn, readRules } from './rules/read-rules.ts';
import { DatabaseRefused } from './store/migrate.ts';
import { openSqlite } from './store/open-sqlite.ts';
import { createSqliteStore } from './store/sqlite.ts';
import type { Memory } from './store/store.ts';
import { nameOf } from './subject.ts';
import type { ThreadSubject } from './subject.ts';
import type { FactSources } from './web/facts.ts';

/** What a test or a scenario puts in the place of the real world. */
export interface World {
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly log: Log;
  /** Calls back whenever a file may have another content; what it returns ends that. */
  readonly watch: (file: string, changed: () => void) => () => void;
}

/** A running bot. */
export interface Bot {
  /** `http://127.0.0.1:PORT`, the address it really listens on; '' in the worker role. */
  readonly url: string;
  /** Jobs under way now, and jobs that may start now (timers that have not fired do not count). */
  pending(): Promise<{ running: number; ready: number }>;
  /** Stops in order: no new connections and no new jobs, what is under way, then the files. Open connections get `drainMs` to finish. */
  stop(drainMs?: number): Promise<void>;
  /** As if the process had been killed: sockets and files are cut, nothing under way ever goes on. */
  kill(): void;
}

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** How long jobs under way may take to finish when the bot is stopped. */
const jobGrace = 10_000;
const lanesAtOnce = 24;

function openFiles(settings: Settings, clock: Clock, log: Log) {
  const db: DatabaseSync = openSqlite(settings.dataDir);
  const onProblem = (text: string, about?: LogFields) => log.error(text, about);
  const remember = (memory: Memory) => store.remember(memory);
  const watch = settings.role === 'worker';
  const queue = createSqliteQueue<Memory>({ db, clock, remember, onProblem, watch });
  const enqueue = queue.enqueueNow;
  const store = createSqliteStore({ db, clock, enqueue });
  return { db, store, queue };
}

type Files = ReturnType<typeof openFiles>;

interface Units {
  readonly modules: Modules;
  readonly kinds: Kinds;
  readonly sources: Sources;
}

/** Where "details" of a check lead, on GitHub to the repository's rules, and where people read what they can ask for. */
function linksIn({ publicUrl, apiUrl }: Settings) {
  const web = apiUrl === 'https://api.github.com' ? 'https://github.com' : apiUrl.replace(/\/api\/v3$/, '');
  const details = ({ repo, number }: ThreadSubject, kind: 'issue' | 'pull') => {
    const name = `${repo.owner}/${repo.name}`;
    if (publicUrl) return `${publicUrl}/r/${name}/${kind === 'pull' ? 'pull' : 'issues'}/${number}`;
    return `${web}/${name}/blob/HEAD/${rulesPath}`;
  };
  return publicUrl ? { details, commandsAt: (repo: string) => `${publicUrl}/commands?repo=${repo}` } : { details };
}

function setUpFrom(settings: Settings, { modules, kinds }: Units, { store }: Files, remote: RemoteRules): SetUp {
  const identity = settings.appId ? 'app' : 'token';
  const text = readFileSync(settings.rulesFile, 'utf8');
  const shared = { modules, kinds, identity, ...linksIn(settings) } as const;
  return createSetUp(settings.rulesFile, text, shared, { store, remote });
}

/** Puts in what GitHub's log has, where GitHub cannot reach the door. */
function putting({ receive }: Settings, { store }: Files, clock: Clock): RecoveryPorts['put'] {
  if (receive !== 'pull') return null;
  return (fetched) => store.saveDelivery(...fetchedDelivery(fetched, clock.now()));
}

function startWork(settings: Settings, units: Units, files: Files, world: World): Running & { cut(): void } {
  const { store, queue } = files;
  const { clock, fetch, log } = world;
  const budget = new Budget({
    clock,
    load: () => store.pauses(),
    save: ({ account, until, reason }) => store.savePause(account, until, reason),
    onNotice: (text) => log.warn(text),
  });
  const permissions = permissionsOf(units.sources, units.kinds);
  const github = createGitHub({ settings, clock, fetch, budget, permissions, onNotice: (text) => log.warn(text) });
  const setUp = setUpFrom(settings, units, files, createRemoteRules(github, clock));
  const ports = { github, store, clock, setUp, sources: units.sources, log };
  const onJob = async (job: Job) => {
    try {
      const outcome = await handle(job, ports);
      tellOutcome(job, outcome, log);
      return outcome;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      log.warn(`${nameOf(job.subject)}: try ${job.attempt} did not end: ${text}`);
      throw error;
    }
  };
  // Whatever is written meanwhile, by GitHub's side too, says which work it belongs to.
  const running = queue.run((job) => within(aboutJob(job), () => onJob(job)), { concurrency: lanesAtOnce });
  const recovery = startRecovery({ github, store, clock, log, queue, put: putting(settings, files, clock) });
  const unwatch = watchRules(settings, world, (text) => takeOperatorRules(text, { setUp, store, queue, log }));
  return {
    stop(graceMs) {
      unwatch();
      recovery.stop();
      return running.stop(graceMs);
    },
    cut: () => recovery.stop(),
  };
}

/** Hands on the operator's rules each time they read otherwise than before. */
function watchRules({ rulesFile }: Settings, { watch, log }: World, take: (text: string) => Promise<void>): () => void {
  let last = readFileSync(rulesFile, 'utf8');
  const failed = (error: unknown) => log.error(`${rulesFile} could not be read anew: ${String(error)}`);
  return watch(rulesFile, () => {
    try {
      const text = readFileSync(rulesFile, 'utf8');
      if (text === last) return;
      last = text;
      take(text).catch(failed);
    } catch (error) {
      failed(error);
    }
  });
}

/** Which facts each rule sees, and what makes them be read anew. */
function factSources({ modules, sources }: Units): FactSources {
  return {
    needs(module) {
      const unit = unitOf(modules, module);
      return unit === null || unit.on === 'tag' ? [] : ['thread', ...unit.needs];
    },
    changedBy: (fact) => sources.get(fact as FactName)?.changedBy ?? [],
  };
}

function startDoor(settings: Settings, units: Units, files: Files, { clock, log }: World): Promise<Listening> {
  const { store, queue } = files;
  const layer = (text: string) => ({ name: 'repository' as const, file: rulesPath, oid: '', text });
  const koa = createServer({
    secrets: settings.webhookSecrets,
    appId: settings.appId,
    store,
    depth: () => queue.depth(),
    checkRules: (text) => faultsIn(readRules([layer(text)], units.modules)),
    commands: everyCommand(units.modules),
    about: factSources(units),
    operators: settings.operators,
    publicUrl: settings.publicUrl,
    trustProxy: settings.trustProxy,
    clock,
    log,
  });
  const handler = koa.callback();
  return listen((request, response) => void handler(request, response), settings.host, settings.port, clock);
}

/** Starts one role, or both in this process. */
export async function start(settings: Settings, given: Partial<World> = {}): Promise<Bot> {
  const still = { clock: systemClock, fetch: globalThis.fetch, watch: () => () => {} };
  const world: World = { ...still, ...given, log: inContext(given.log ?? silent) };
  const units = { modules: await loadModules(), kinds: await loadKinds(), sources: await loadFacts() };
  const files = openFiles(settings, world.clock, world.log);
  const work = settings.role === 'server' ? null : startWork(settings, units, files, world);
  const cut = () => {
    work?.cut();
    files.queue.cut();
    files.db.close();
  };
  const opened = settings.role === 'worker' ? null : startDoor(settings, units, files, world);
  const door = await opened?.catch((error: unknown) => {
    // Else its timers would keep alive a process that serves nobody.
    cut();
    throw error;
  });
  return {
    url: door?.url ?? '',
    pending: async () => {
      const { running, ready } = await files.queue.depth();
      return { running, ready };
    },
    async stop(drainMs = 0) {
      // Side by side: both may take ten seconds, and pm2 kills after fifteen.
      await Promise.all([door?.stop(drainMs), work?.stop(jobGrace)]);
      files.queue.cut();
      files.db.close();
    },
    kill() {
      door?.cut();
      cut();
    },
  };
}

/** pm2 lets a reloaded process go on until the new one is ready; this is for answers still under way. */
const drainOnStop = 1_500;

function isRole(name: string): name is Role {
  return name === 'server' || name === 'worker' || name === 'both';
}

/** By polling, since editors and tools that replace a file are lost to anything that watches the old one. */
const pollFile: World['watch'] = (file, changed) => {
  watchFile(file, { interval: 10_000, persistent: false }, changed);
  return () => unwatchFile(file, changed);
};

/** Runs one role as a process of its own until a signal ends it. */
async function run(role: Role): Promise<void> {
  const settings = loadSettings(role);
  const { close, rescue, ...log } = configureLogs(settings);
  const end = async (code: number) => {
    await close();
    process.exit(code);
  };
  const broken = (error: unknown) => {
    log.error(`the process cannot go on: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    void end(1);
  };
  process.on('uncaughtException', broken);
  process.on('unhandledRejection', (error) => rescue(error) || broken(error));
  const bot = await start(settings, { log, watch: pollFile });
  log.info(`${role} is up${bot.url ? ` at ${bot.url}` : ''}`);
  const stop = (signal: NodeJS.Signals) => {
    log.info(`${signal}: stopping`);
    bot.stop(drainOnStop).then(() => end(0), broken);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  process.send?.('ready');
}

/** What a person can mend is said without a stack trace. 2: called wrongly, 3: the settings, the rules or the database are at fault. */
function refuse(thrown: unknown): void {
  const error = orPortTaken(thrown);
  process.exitCode = 3;
  if (error instanceof DatabaseRefused) {
    console.error(toReader({ en: error.said.en, zh: error.said['zh-CN'] }));
    return;
  }
  const theirs = error instanceof BadSettings || error instanceof BrokenRules;
  console.error(theirs ? error.message : error);
  process.exitCode = theirs ? 3 : 1;
}

if (isStartedAs(import.meta.filename)) {
  const role = process.argv[2] ?? 'both';
  if (isRole(role)) run(role).catch(refuse);
  else {
    console.error(`There is no role ${role}; it is server, worker or both.`);
    process.exitCode = 2;
  }
}
