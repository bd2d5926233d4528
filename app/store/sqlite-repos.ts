import type { DatabaseSync } from 'node:sqlite';
import type { Subject } from '../subject.ts';
import type { Write } from './sqlite-write.ts';
import type { Store } from './store.ts';

/** Repositories with work that waits for its time, or with open pull requests. */
export function createRepos(db: DatabaseSync): Pick<Store, 'repos'> {
  const heads = db.prepare('SELECT subject FROM heads GROUP BY repo');
  const lanes = db.prepare('SELECT subject FROM lanes');
  return {
    async repos() {
      const rows = [...heads.all(), ...lanes.all()];
      const subjects = rows.map((row) => JSON.parse(row['subject'] as string) as Subject);
      // The newest row last: a lane knows the name a repository has now.
      const byId = new Map(subjects.map(({ repo, installation }) => [repo.id, { repo, installation }]));
      return [...byId.values()].map((place) => ({ ...place, kind: 'repo' as const }));
    },
  };
}

/** Since when the rules of each repository are in force. */
export function createInForce(db: DatabaseSync, write: Write): Pick<Store, 'inForce' | 'setInForce'> {
  const all = db.prepare('SELECT piece, since FROM in_force WHERE repo = ?');
  const drop = db.prepare('DELETE FROM in_force WHERE repo = ?');
  const add = db.prepare('INSERT INTO in_force (repo, piece, since) VALUES (?, ?, ?)');
  return {
    async inForce(repoId) {
      const rows = all.all(repoId) as unknown as readonly { piece: string; since: number }[];
      return rows.length === 0 ? null : Object.fromEntries(rows.map(({ piece, since }) => [piece, since]));
    },
    async setInForce(repoId, since) {
      await write(() => {
        drop.run(repoId);
        for (const [piece, at] of Object.entries(since)) add.run(repoId, piece, at);
      });
    },
  };
}
