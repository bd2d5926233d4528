import type { DatabaseSync } from 'node:sqlite';
import { laneOf } from '../subject.ts';
import type { Subject } from '../subject.ts';
import type { Write } from './sqlite-write.ts';
import type { Place, Store } from './store.ts';

interface Row {
  readonly base: string;
  readonly subject: string;
  readonly turn: string;
}

const placeOf = ({ base, subject, turn }: Row): Place => ({
  base,
  subject: JSON.parse(subject) as Subject,
  turn: JSON.parse(turn) as Place['turn'],
});

/** Who stands in line for each base. */
export function createTurns(db: DatabaseSync, write: Write): Pick<Store, 'line' | 'turnOf' | 'setTurn'> {
  const set = db.prepare(
    `INSERT INTO turns (lane, repo, base, subject, turn) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (lane) DO UPDATE SET base = excluded.base, subject = excluded.subject, turn = excluded.turn`,
  );
  const drop = db.prepare('DELETE FROM turns WHERE lane = ?');
  const line = db.prepare('SELECT base, subject, turn FROM turns WHERE repo = ? AND base = ? ORDER BY lane');
  const one = db.prepare('SELECT base, subject, turn FROM turns WHERE lane = ?');
  return {
    line: async (repoId, base) => (line.all(repoId, base) as unknown as readonly Row[]).map(placeOf),
    async turnOf(lane) {
      const row = one.get(lane) as unknown as Row | undefined;
      return row === undefined ? null : placeOf(row);
    },
    async setTurn(subject, base, turn) {
      const lane = laneOf(subject);
      if (turn === null && one.get(lane) === undefined) return;
      await write(() => {
        if (turn === null) drop.run(lane);
        else set.run(lane, subject.repo.id, base, JSON.stringify(subject), JSON.stringify(turn));
      });
    },
  };
}
