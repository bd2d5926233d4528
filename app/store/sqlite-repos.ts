import type { DatabaseSync } from 'node:sqlite';
import type { CommandList } from '../commands/command-list.ts';
import type { Subject } from '../subject.ts';
import type { Write } from './sqlite-write.ts';
import type { Store } from './store.ts';

type Rows = readonly Record<string, unknown>[];

/** The repositories that rows speak of, each once, under the name in the last of its rows. */
function reposIn(rows: Rows): readonly Subject[] {
  const subjects = rows
    .map((row) => JSON.parse(row['subject'] as string) as Subject)
    .filter(({ kind }) => kind !== 'installation');
  const byId = new Map(subjects.map(({ repo, installation }) => [repo.id, { repo, installation }]));
  return [...byId.values()].map((place) => ({ ...place, kind: 'repo' as const }));
}

/** Repositories that were decided about, with work that waits for its time, or with open pull requests. */
export function createRepos(db: DatabaseSync): Pick<Store, 'repos' | 'buildersOn' | 'commandsOf'> {
  const setups = db.prepare('SELECT subject FROM setups');
  const heads = db.prepare('SELECT subject FROM heads GROUP BY repo');
  const lanes = db.prepare('SELECT subject FROM in_turn UNION ALL SELECT subject FROM lanes');
  // Asked only after the rules of a repository changed: an index would cost every decision.
  const builders = db.prepare(
    'SELECT subject FROM setups WHERE EXISTS (SELECT 1 FROM json_each(built_on) WHERE value = ?) ORDER BY repo',
  );
  const listed = db.prepare('SELECT commands, public FROM setups WHERE name = ? ORDER BY at DESC, repo DESC');
  return {
    // The newest row last: a lane knows the name a repository has now.
    repos: async () => reposIn([...heads.all(), ...setups.all(), ...lanes.all()]),
    buildersOn: async (repoId) => reposIn(builders.all(repoId)),
    async commandsOf(repo) {
      const rows = listed.all(repo.toLowerCase()) as unknown as readonly { commands: string | null; public: number }[];
      const text = rows[0]?.commands;
      if (text == null) return null;
      return { list: JSON.parse(text) as CommandList, isPublic: rows.every((row) => row.public === 1) };
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
