import type { Clock } from '../clock.ts';
import type { Cost } from './cost.ts';
import type { Sure } from './github.ts';
import { Slots } from './slots.ts';
import { Trouble } from './troubles.ts';
import { Window } from './window.ts';

export interface Pause {
  readonly account: string;
  readonly until: number;
  readonly reason: string;
}

export interface BudgetPorts {
  readonly clock: Clock;
  /** Pauses of earlier processes; those that are over are ignored. */
  readonly load: () => Promise<readonly Pause[]>;
  readonly save: (pause: Pause) => Promise<void>;
  readonly onNotice: (text: string) => void;
}

/** Far enough below GitHub's own limits that other tools of the same App still have room. */
export const limits = {
  concurrentReads: 20,
  writeGapMs: 1000,
  longestWaitMs: 5000,
  contentPerMinute: 60,
  contentPerHour: 400,
  pointsPerMinute: 600,
  longestPauseMs: 3_600_000,
  outagePauseMs: 30_000,
} as const;

/** So many failures in a row are an outage and not bad luck. */
const failuresOfAnOutage = 3;

class Account {
  readonly reads = new Slots(limits.concurrentReads);
  readonly writes = new Slots(1);
  readonly points = new Window(60_000, limits.pointsPerMinute);
  readonly minute = new Window(60_000, limits.contentPerMinute);
  readonly hour = new Window(3_600_000, limits.contentPerHour);
  lastWrite = -Infinity;
  /** When the last of the writes sent away may come back. */
  promised = 0;
  pausedUntil = 0;
  reason = '';
  /** A pause was, and nothing has succeeded since. */
  unproven = false;
  probe: Promise<void> | null = null;
  failures = 0;
  strikes = 0;
}

/**
 * What each account (an installation, or the personal token) may spend. Accounts never wait for each other.
 *
 * `run` starts the call when the account's limits allow it and refuses with a `later` trouble, without any call, inside a
 * pause or when the wait would be longer than five seconds. After a pause one call goes alone and the rest waits for it.
 */
export class Budget {
  readonly #ports: BudgetPorts;
  readonly #accounts = new Map<string, Account>();
  #loading: Promise<void> | null = null;

  constructor(ports: BudgetPorts) {
    this.#ports = ports;
  }

  async run<T extends { readonly answered: boolean }>(
    name: string,
    cost: Cost,
    call: () => Promise<T>,
    sure: Sure = async () => {},
  ): Promise<T> {
    await (this.#loading ??= this.#load());
    const account = this.#account(name);
    this.#refuseInPause(account);
    if (cost.kind === 'token') return this.#mint(name, account, call);
    if (cost.kind === 'write') this.#refuseLongLine(account, cost.rank);
    const slots = cost.kind === 'write' ? account.writes : account.reads;
    await slots.enter(cost.rank);
    try {
      await sure();
      for (let wait = this.#obstacle(account, cost); wait; wait = this.#obstacle(account, cost)) {
        await wait;
        await sure();
      }
      return await this.#start(name, account, cost, call);
    } finally {
      slots.leave();
    }
  }

  /** Stops every call of an account until a time, over restarts. A pause is never shortened. */
  async pause(name: string, until: number, reason: string): Promise<void> {
    const account = this.#account(name);
    account.unproven = true;
    account.reads.width = 1;
    if (until <= account.pausedUntil) return;
    account.pausedUntil = until;
    account.reason = reason;
    this.#ports.onNotice(`calls of account ${name} pause until ${new Date(until).toISOString()}: ${reason}`);
    try {
      await this.#ports.save({ account: name, until, reason });
    } catch (error) {
      this.#ports.onNotice(`the pause of account ${name} could not be saved: ${String(error)}`);
    }
  }

  /** A limit refused a call. Without a time from GitHub the pause is a minute, and twice as long each time it happens again. */
  async limited(name: string, limit: { waitMs: number | null; reason: string }): Promise<number> {
    const account = this.#account(name);
    const now = this.#ports.clock.now();
    if (now - account.pausedUntil > 600_000) account.strikes = 0;
    // Calls that were under way together are refused together: that is one strike.
    if (limit.waitMs === null && account.pausedUntil <= now) account.strikes += 1;
    const wait = limit.waitMs ?? 60_000 * 2 ** Math.max(0, account.strikes - 1);
    // "Retry-After: 0" in a loop would be a storm, and a reset in the year 2100 a grave.
    await this.pause(name, now + Math.min(Math.max(wait, 1000), limits.longestPauseMs), limit.reason);
    return account.pausedUntil;
  }

  /** The pauses that are on now. */
  pauses(): readonly Pause[] {
    const now = this.#ports.clock.now();
    return [...this.#accounts]
      .filter(([, account]) => account.pausedUntil > now)
      .map(([account, { pausedUntil, reason }]) => ({ account, until: pausedUntil, reason }));
  }

  async #load(): Promise<void> {
    try {
      for (const { account: name, until, reason } of await this.#ports.load()) {
        if (until > this.#ports.clock.now())
          Object.assign(this.#account(name), { pausedUntil: until, reason, unproven: true });
      }
    } catch (cause) {
      this.#loading = null;
      throw new Trouble('later', 'the saved pauses could not be read', { cause });
    }
  }

  #account(name: string): Account {
    const known = this.#accounts.get(name) ?? new Account();
    this.#accounts.set(name, known);
    return known;
  }

  #refuseInPause(account: Account): void {
    if (account.pausedUntil <= this.#ports.clock.now()) return;
    throw new Trouble('later', `no calls for now: ${account.reason}`, { until: account.pausedUntil });
  }

  #refuseLongLine(account: Account, rank: number): void {
    const now = this.#ports.clock.now();
    const ahead = account.writes.ahead(rank) * limits.writeGapMs;
    if (ahead <= limits.longestWaitMs) return;
    // Each is told a time of its own, or they would all come back together and most would be sent away again.
    const next = Math.max(account.promised, now + ahead) + limits.writeGapMs;
    account.promised = Math.min(next, now + limits.longestPauseMs);
    throw new Trouble('later', 'too many writes wait', { until: account.promised });
  }

  /** What the next call must wait for before it looks again; null when it may start at once. */
  #obstacle(account: Account, cost: Cost): Promise<void> | null {
    const { clock } = this.#ports;
    this.#refuseInPause(account);
    const now = clock.now();
    const at = this.#roomAt(account, cost, now);
    if (at > now + limits.longestWaitMs) {
      const until = this.#promisedAt(account, cost, now);
      throw new Trouble('later', 'the budget of the account is spent for now', { until });
    }
    return at > now ? clock.sleep(at - now) : account.probe;
  }

  #roomAt(account: Account, cost: Cost, now: number): number {
    const points = account.points.freeAt(now, cost.kind === 'write' ? 5 : 1);
    if (cost.kind !== 'write') return points;
    const content = cost.creates ? Math.max(account.minute.freeAt(now, 1), account.hour.freeAt(now, 1)) : now;
    return Math.max(points, content, account.lastWrite + limits.writeGapMs);
  }

  /** Each is told a time of its own: who comes back in vain has read everything anew for nothing. */
  #promisedAt(account: Account, cost: Cost, now: number): number {
    const amount = cost.kind === 'write' ? 5 : 1;
    const all = [
      { window: account.points, amount },
      ...(cost.creates ? [account.minute, account.hour].map((window) => ({ window, amount: 1 })) : []),
    ];
    const full = all.filter(({ window, amount }) => window.freeAt(now, amount) > now);
    return Math.max(...full.map(({ window, amount }) => window.promise(now, amount)));
  }

  async #mint<T extends { readonly answered: boolean }>(
    name: string,
    account: Account,
    call: () => Promise<T>,
  ): Promise<T> {
    while (account.unproven && account.probe) await account.probe;
    this.#refuseInPause(account);
    // After an outage the tokens of all repositories have run out together; that one is to be had does not say that a limit is over.
    const probe = account.unproven ? Promise.withResolvers<void>() : null;
    if (probe) account.probe = probe.promise;
    try {
      const answer = await call();
      if (!answer.answered) await this.#learn(name, account, { answered: false, probe: probe !== null });
      return answer;
    } finally {
      if (probe) account.probe = null;
      probe?.resolve();
    }
  }

  // No `await` between the last look for obstacles and the call: what was found free must still be so.
  async #start<T extends { readonly answered: boolean }>(
    name: string,
    account: Account,
    cost: Cost,
    call: () => Promise<T>,
  ): Promise<T> {
    const now = this.#ports.clock.now();
    account.points.add(now, cost.kind === 'write' ? 5 : 1);
    if (cost.kind === 'write') account.lastWrite = now;
    if (cost.creates) for (const window of [account.minute, account.hour]) window.add(now, 1);
    const probe = account.unproven ? Promise.withResolvers<void>() : null;
    if (probe) account.probe = probe.promise;
    let answered = false;
    try {
      const answer = await call();
      answered = answer.answered;
      return answer;
    } finally {
      await this.#learn(name, account, { answered, probe: probe !== null });
      if (probe) account.probe = null;
      probe?.resolve();
    }
  }

  async #learn(name: string, account: Account, call: { answered: boolean; probe: boolean }): Promise<void> {
    const now = this.#ports.clock.now();
    if (!call.answered) {
      account.failures += 1;
      const outage = call.probe || account.failures >= failuresOfAnOutage;
      if (outage && account.pausedUntil <= now)
        await this.pause(name, now + limits.outagePauseMs, 'GitHub does not answer');
      return;
    }
    account.failures = 0;
    if (account.pausedUntil > now) return;
    // After an outage everybody comes at once, so the door opens bit by bit.
    account.reads.width = Math.min(limits.concurrentReads, account.reads.width + 1);
    if (call.probe) account.unproven = false;
  }
}
