import type { DatabaseSync } from 'node:sqlite';
import type { Subject } from '../subject.ts';
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
