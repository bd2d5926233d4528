import type { DatabaseSync } from 'node:sqlite';
import { laneOf } from '../subject.ts';
import type { Subject } from '../subject.ts';
import type { InTurn } from './queue.ts';

/** Of a row so many are looked at at once. */
const atOnce = 20;
/** So many may go as fast as was asked for; beyond that an hour of a row is some 1,800 looks, of two or three requests each. */
const quickly = 200;
const slowGap = 2_000;

interface Head {
  readonly seq: number;
  readonly subject: string;
  readonly ahead: number;
  readonly gap: number;
}

/** Two buckets that run out drop by drop, and into which each look is a drop. */
interface Pace {
  readonly at: number;
  readonly burst: number;
  readonly quick: number;
  readonly ahead: number;
}

const rested: Pace = { at: 0, burst: 0, quick: 0, ahead: 0 };

/** How full both are now, and for how many milliseconds they have no room. */
function after(pace: Pace, { gap }: Head, now: number): { burst: number; quick: number; wait: number } {
  const passed = Math.max(0, now - pace.at);
  const burst = Math.max(0, pace.burst - passed / gap);
  const quick = Math.max(0, pace.quick - passed / slowGap);
  return { burst, quick, wait: Math.max((burst - atOnce + 1) * gap, (quick - quickly + 1) * slowGap) };
}

function statementsOf(db: DatabaseSync) {
  return {
    join: db.prepare(
      `INSERT INTO in_turn (lane, subject, installation, ahead, gap) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (lane) DO UPDATE SET subject = excluded.subject, installation = excluded.installation,
         ahead = max(ahead, excluded.ahead), gap = min(gap, excluded.gap), taken = NULL
       WHERE taken IS NOT NULL OR ahead < excluded.ahead OR gap > excluded.gap OR subject <> excluded.subject`,
    ),
    head: db.prepare(
      'SELECT seq, subject, ahead, gap FROM in_turn WHERE installation = ? AND ahead = ? ORDER BY seq LIMIT 1',
    ),
    leave: db.prepare('DELETE FROM in_turn WHERE seq = ?'),
    take: db.prepare('UPDATE in_turn SET taken = ? WHERE lane = ?'),
    finish: db.prepare('DELETE FROM in_turn WHERE lane = ? AND taken = ?'),
    pace: db.prepare('SELECT at, burst, quick, ahead FROM paces WHERE installation = ?'),
    keepPace: db.prepare(
      'INSERT OR REPLACE INTO paces (installation, at, burst, quick, ahead, next_at) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    due: db.prepare('SELECT installation FROM paces WHERE next_at <= ?'),
    next: db.prepare('SELECT min(next_at) AS at FROM paces WHERE next_at IS NOT NULL'),
  };
}

/** The lanes that wait for their turn. The methods but `next` write and are called inside a transaction of the caller. */
export class Rows {
  readonly #run: ReturnType<typeof statementsOf>;

  constructor(db: DatabaseSync) {
    this.#run = statementsOf(db);
  }

  /** Puts lanes at the end of their rows; one that is in it keeps its place. Answers whose turn it is by now. */
  join({ subjects, gapMs, ahead = false }: InTurn, now: number): readonly Subject[] {
    const rows = new Set<number>();
    for (const subject of subjects) {
      const installation = subject.installation ?? 0;
      this.#run.join.run(laneOf(subject), JSON.stringify(subject), installation, ahead ? 1 : 0, gapMs);
      rows.add(installation);
    }
    return [...rows].flatMap((installation) => this.#called(installation, now));
  }

  /** Whose turn has come since; they are in no row any more. */
  fire(now: number): readonly Subject[] {
    const rows = this.#run.due.all(now) as unknown as readonly { installation: number }[];
    return rows.flatMap(({ installation }) => this.#called(installation, now));
  }

  #called(installation: number, now: number): readonly Subject[] {
    const called: Subject[] = [];
    let pace = (this.#run.pace.get(installation) as Pace | undefined) ?? rested;
    let nextAt: number | null = null;
    for (let head = this.#head(installation, pace); head; head = this.#head(installation, pace)) {
      const { burst, quick, wait } = after(pace, head, now);
      // Fractions do not add up exactly.
      if (wait >= 0.5) {
        nextAt = now + Math.ceil(wait);
        break;
      }
      this.#run.leave.run(head.seq);
      called.push(JSON.parse(head.subject) as Subject);
      pace = { at: now, burst: burst + 1, quick: quick + 1, ahead: head.ahead };
    }
    this.#run.keepPace.run(installation, pace.at, pace.burst, pace.quick, pace.ahead, nextAt);
    return called;
  }

  /** One that somebody waits for and one of the others by turns, so that neither waits for all of the other kind. */
  #head(installation: number, { ahead }: Pace): Head | undefined {
    const first = (kind: number) => this.#run.head.get(installation, kind) as Head | undefined;
    return first(1 - ahead) ?? first(ahead);
  }

  /** A lane is looked at under this lease, whatever the reason. */
  take(lane: string, epoch: number): void {
    this.#run.take.run(epoch, lane);
  }

  /** That look is finished: unless the lane was added again meanwhile it has had its turn. */
  finish(lane: string, epoch: number): void {
    this.#run.finish.run(lane, epoch);
  }

  /** When somebody's turn comes next. */
  next(): number | null {
    return (this.#run.next.get() as { at: number | null }).at;
  }
}
