import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { openSqlite } from '../../app/store/open-sqlite.ts';
import { Rows } from '../../app/queue/sqlite-rows.ts';
import { createSqliteStore } from '../../app/store/sqlite.ts';
import { deliveryOutcomes } from '../../app/web/pages/deliveries.ts';
import { ManualClock } from '../contracts/manual-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'github-bot-plans-'));
const db = openSqlite(folder);
after(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every statement that is prepared on it, in the order in which that happens. */
function recording(of: DatabaseSync): { db: DatabaseSync; sql: string[] } {
  const sql: string[] = [];
  const db = new Proxy(of, {
    get(target, name) {
      const value = Reflect.get(target, name, target) as unknown;
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (name === 'prepare') sql.push(String(args[0]));
        return (value as (...args: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  return { db, sql };
}

/** How SQLite goes about a statement, one step a line. */
const planOf = (sql: string) =>
  db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map((row) => String(row['detail']));

/** Steps that read or sort more the more is stored. */
const slow = (plan: readonly string[]) => plan.filter((step) => /^SCAN |TEMP B-TREE/.test(step));

const { db: watched, sql } = recording(db);
new Rows(watched);
const store = createSqliteStore({ db: watched, clock: new ManualClock(), enqueue: () => {} });
for (const outcome of [undefined, ...deliveryOutcomes]) {
  for (const event of [undefined, 'push']) {
    for (const repo of [undefined, 'acme/shop']) {
      const filter = { ...(outcome && { outcome }), ...(event && { event }), ...(repo && { repo }) };
      await store.deliveries({ limit: 26, ...filter });
    }
  }
}

/** Tables whose size is that of what is open, set up or signed in, not of what ever happened. */
const small = [
  ...['pauses', 'heads', 'lanes', 'in_turn', 'operator_links', 'sessions', 'setups', 'json_each', 'missed', 'halts'],
];
/** Lists that belong to one subject or delivery: short, and put in order once they are found. */
const short = ['asks', 'attempts', 'done', 'looks'];
/** The primary key, walked from its end. */
const walked = 'SELECT max(id) AS id FROM deliveries';
/** Goes through as many rows as its own limit says. */
const listed = 'FROM json_each(?)';
const bounded = (text: string) => text.includes(listed) || (/\) *$/.test(text) && /LIMIT \d+\)/.test(text));

suite('what pages and webhooks read goes by an index', () => {
  const read = new Set(
    sql.filter((text) => /^\s*(SELECT|DELETE|UPDATE)/.test(text) && text !== walked && !bounded(text)),
  );
  for (const text of read) {
    const names = [...text.matchAll(/\b(?:FROM|UPDATE)\s+(\w+)/g)].map((match) => match[1] ?? '');
    if (names.every((name) => small.includes(name))) continue;
    test(text.replace(/\s+/g, ' '), () => {
      const isShort = names.every((name) => short.includes(name)) || small.includes(names[0] ?? '');
      assert.deepEqual(
        slow(planOf(text)).filter((step) => !(isShort && step.includes('TEMP B-TREE'))),
        [],
      );
    });
  }

  test('each way of listing has the index that was made for it', () => {
    const used = (part: string) => planOf(sql.find((text) => text.includes(part)) ?? '').join('; ');
    assert.match(used('FROM reports WHERE repo = ?'), /USING INDEX reports_by_repo \(repo=\? AND seq</);
    assert.match(used('FROM reports WHERE name = ?'), /USING INDEX reports_by_name \(name=\? AND seq</);
    assert.match(used('FROM reports WHERE seq < ?'), /USING INTEGER PRIMARY KEY \(rowid</);
    assert.match(used(`WHERE state = 'unhandled' AND id < ?`), /USING INDEX deliveries_by_state \(state=\? AND id</);
    assert.match(used('WHERE event = ? AND id < ?'), /USING INDEX deliveries_by_event \(event=\? AND id</);
    assert.match(used('WHERE repo = ? COLLATE NOCASE AND id < ?'), /USING INDEX deliveries_by_repo \(repo=\? AND id</);
    assert.match(used(`reason IS NOT NULL AND id < ?`), /USING INDEX deliveries_folded \(id</);
    assert.match(used('FROM audit WHERE object = ?'), /USING INDEX audit_by_object/);
    assert.equal(used('FROM in_turn WHERE installation').includes('TEMP B-TREE'), false);
    assert.match(used('FROM in_turn WHERE installation'), /in_turn_rows \(installation=\? AND ahead=\?\)/);
    assert.match(used('UPDATE in_turn SET taken'), /\(lane=\?\)/);
  });
});

test('the check can fail', () => {
  assert.deepEqual(slow(planOf('SELECT id FROM deliveries WHERE reason = ?')), ['SCAN deliveries']);
  assert.equal(slow(planOf('SELECT id FROM reports WHERE name = ? ORDER BY at')).length, 1);
});
