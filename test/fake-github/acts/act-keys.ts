import { account, comment, repositoryId, thread, type Hub } from '../hub.ts';
import type { PullThread } from '../render/pull.ts';
import type { Account, Comment, Review, Thread } from '../state.ts';

/** The keys of one step, read with a clear error for what is missing, mistyped or unknown. */
export class ActKeys {
  readonly step: string;
  readonly hub: Hub;
  readonly #keys: Readonly<Record<string, unknown>>;

  constructor(hub: Hub, step: string, keys: Readonly<Record<string, unknown>>, allowed: readonly string[]) {
    this.hub = hub;
    this.step = step;
    this.#keys = keys;
    for (const key of Object.keys(keys))
      if (key !== 'repo' && !allowed.includes(key))
        throw new Error(`${step}: unknown key ${key} (known: ${allowed.join(', ')})`);
  }

  /** `null`, an empty value in YAML, is as good as left out. */
  has(key: string): boolean {
    return this.#keys[key] !== undefined && this.#keys[key] !== null;
  }

  raw(key: string): unknown {
    return this.#keys[key];
  }

  text(key: string, fallback?: string): string {
    const value = this.#keys[key] ?? fallback;
    if (value === undefined) throw new Error(`${this.step}: ${key} is missing`);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    throw new Error(`${this.step}: ${key} must be text`);
  }

  optional(key: string): string | undefined {
    return this.has(key) ? this.text(key) : undefined;
  }

  flag(key: string): boolean {
    const value = this.#keys[key] ?? false;
    if (typeof value !== 'boolean') throw new Error(`${this.step}: ${key} must be true or false`);
    return value;
  }

  list(key: string): string[] {
    const value = this.#keys[key] ?? [];
    const all = Array.isArray(value) ? (value as unknown[]) : [value];
    if (all.some((one) => typeof one !== 'string')) throw new Error(`${this.step}: ${key} must be a list of texts`);
    return all as string[];
  }

  files(key = 'files'): Record<string, string | null> | undefined {
    const value = this.#keys[key];
    return value === undefined || value === null ? undefined : fileMap(this.step, value);
  }

  /** Who acts; when a step leaves it out, somebody with every right: the organisation's owner. */
  by(): Account {
    return account(this.hub, this.text('by', 'acme-owner'));
  }

  #named(key: string, kind: string): number {
    const name = this.text(key);
    const found = this.hub.state.names.get(name);
    if (!found) throw new Error(`${this.step}: nothing was called ${name}`);
    if (found.kind !== kind) throw new Error(`${this.step}: ${name} is a ${found.kind}, not a ${kind}`);
    return found.id;
  }

  thread(): Thread {
    return thread(this.hub, this.#named('of', 'thread'));
  }

  pull(): PullThread {
    const found = this.thread();
    if (!found.pull) throw new Error(`${this.step}: ${this.text('of')} is an issue, not a pull request`);
    return found as PullThread;
  }

  comment(): Comment {
    return comment(this.hub, this.#named('comment', 'comment'));
  }

  review(): { thread: PullThread; review: Review } {
    const id = this.#named('review', 'review');
    for (const found of this.hub.state.threads.values()) {
      const review = found.pull?.reviews.find((one) => one.id === id);
      if (review) return { thread: found as PullThread, review };
    }
    throw new Error(`${this.step}: the review is gone`);
  }

  /** Gives the new thing its name. */
  name(kind: 'thread' | 'comment' | 'review', id: number): void {
    const as = this.optional('as');
    if (as === undefined) return;
    if (this.hub.state.names.has(as)) throw new Error(`${this.step}: the name ${as} is taken`);
    this.hub.state.names.set(as, { kind, id, repository: repositoryId(this.hub) });
  }
}

export function fileMap(step: string, value: unknown): Record<string, string | null> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${step}: files must be a map of path to text`);
  for (const [path, text] of Object.entries(value))
    if (typeof text !== 'string' && text !== null) throw new Error(`${step}: the text of ${path} must be text or null`);
  return value as Record<string, string | null>;
}
