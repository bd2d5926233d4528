import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import type { Write } from './sqlite-write.ts';
import type { Store } from './store.ts';

type Operators = Pick<Store, 'saveLink' | 'linkOwner' | 'startSession' | 'sessionOwner' | 'endSession'>;

/** One-time links and the sessions that come of them. */
export function createOperators(db: DatabaseSync, clock: Clock, write: Write): Operators {
  const addLink = db.prepare('INSERT INTO operator_links (hash, login, until) VALUES (?, ?, ?)');
  const link = db.prepare('SELECT login FROM operator_links WHERE hash = ? AND until > ?');
  const useLink = db.prepare('DELETE FROM operator_links WHERE hash = ? AND until > ? RETURNING login');
  const addSession = db.prepare('INSERT INTO sessions (hash, login, until) VALUES (?, ?, ?)');
  const session = db.prepare('SELECT login FROM sessions WHERE hash = ? AND until > ?');
  const drop = db.prepare('DELETE FROM sessions WHERE hash = ?');
  const stale = ['operator_links', 'sessions'].map((table) => db.prepare(`DELETE FROM ${table} WHERE until <= ?`));
  const loginIn = (row: Record<string, unknown> | undefined) => (row === undefined ? null : (row['login'] as string));
  const sweep = () => {
    for (const each of stale) each.run(clock.now());
  };
  return {
    saveLink: (hash, login, until) =>
      write(() => {
        sweep();
        addLink.run(hash, login, until);
      }),
    linkOwner: async (hash) => loginIn(link.get(hash, clock.now())),
    startSession: (linkHash, hash, until) =>
      write(() => {
        const login = loginIn(useLink.get(linkHash, clock.now()));
        if (login !== null) addSession.run(hash, login, until);
        sweep();
        return login;
      }),
    sessionOwner: async (hash) => loginIn(session.get(hash, clock.now())),
    endSession: (hash) => write(() => void drop.run(hash)),
  };
}
