import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { shaped } from '../facts/actor.ts';
import { largestRules, rulesPath } from '../facts/rules-entry.ts';
import type { RulesFile } from '../facts/rules-entry.ts';
import type { GitHub } from '../github/github.ts';
import { Trouble } from '../github/troubles.ts';
import type { Repo, Subject } from '../subject.ts';

/** The rules file of another repository, as it was at most a minute ago; null where it has none. */
export interface Remote {
  readonly repo: Repo;
  readonly file: RulesFile | null;
}

/**
 * Reads rules files of other repositories of one owner, each with a token of its own repository. Where GitHub cannot say
 * what is there, it throws a `later` trouble.
 */
export interface RemoteRules {
  /** Null when there is no such repository, or none that the bot was given. */
  read(asking: Subject, name: string): Promise<Remote | null>;
  /** The next read asks GitHub whatever was known. */
  forget(repo: Pick<Repo, 'owner' | 'name'>): void;
}

const freshFor = 60_000;
/** A repository that appears tells us by a webhook, so that asking is only for what got lost. */
const absentFor = 600_000;
const mostKept = 1000;

const file = z.object({ type: z.string(), sha: z.string(), size: z.number(), content: z.string().optional() });
const contents = z.union([z.array(z.unknown()), file]);

function fileFrom(answer: unknown): RulesFile | null {
  if (answer === null) return null;
  const seen = shaped(contents, answer, 'a rules file');
  // A folder in the place of the file has no id of its own here.
  if (Array.isArray(seen)) return { oid: 'folder', text: null };
  const plain = seen.type === 'file' && seen.size <= largestRules && seen.content !== undefined;
  return { oid: seen.sha, text: plain ? Buffer.from(seen.content ?? '', 'base64').toString('utf8') : null };
}

/** Unreadable is not absent: whatever keeps us from knowing, we must ask again. */
function unknown(error: unknown): never {
  if (!(error instanceof Trouble) || error.kind === 'later') throw error;
  const { message, status } = error;
  throw new Trouble('later', `the rules of another repository are unknown: ${message}`, { status, cause: error });
}

interface Kept<T> {
  readonly until: number;
  readonly value: Promise<T>;
}

/** What was found, shared by all who ask while it is fresh; a failure is not kept. */
class Shelf<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(key: string, keepFor: number, find: () => Promise<T>): Promise<T> {
    const now = this.#clock.now();
    const known = this.#kept.get(key);
    if (known && known.until > now) return known.value;
    const value = find();
    const kept = { until: now + keepFor, value };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    value.catch(() => this.#kept.get(key) === kept && this.#kept.delete(key));
    for (const oldest of [...this.#kept.keys()].slice(0, Math.max(0, this.#kept.size - mostKept)))
      this.#kept.delete(oldest);
    return value;
  }

  drop(key: string): void {
    this.#kept.delete(key);
  }
}

const keyOf = ({ owner, name }: Pick<Repo, 'owner' | 'name'>) => `${owner}/${name}`.toLowerCase();

export function createRemoteRules(github: GitHub, clock: Clock): RemoteRules {
  const places = new Shelf<Subject | null>(clock);
  const files = new Shelf<Remote | null>(clock);
  async function load(asking: Subject, key: string, name: string): Promise<Remote | null> {
    const place = await places.get(key, absentFor, () => github.find(asking, name));
    if (!place) return null;
    // Conditional on what we have: an answer that nothing has changed costs nothing of the limit.
    const route = `GET /repos/{owner}/{repo}/contents/${rulesPath}`;
    return { repo: place.repo, file: fileFrom(await github.repo(place).read.get(route, {})) };
  }
  return {
    read(asking, name) {
      const key = keyOf({ owner: asking.repo.owner, name });
      return files.get(key, freshFor, () => load(asking, key, name).catch(unknown));
    },
    forget(repo) {
      places.drop(keyOf(repo));
      files.drop(keyOf(repo));
    },
  };
}
