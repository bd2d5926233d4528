import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laneOf } from '../../app/subject.ts';
import type { Subject } from '../../app/subject.ts';
import { delivery, memory, pull, report } from '../contracts/ground.ts';
import { sqliteGround, startSqlite } from '../contracts/sqlite-ground.ts';

const day = 86_400_000;

test('bodies go after a week, rows after ninety days; what waits and the newest report stay', async (t) => {
  const ground = sqliteGround();
  t.after(() => ground.remove());
  const clock = ground.clock;
  const { db, store, queue, kill } = startSqlite(ground.folder, clock);
  t.after(kill);
  const count = (table: string) => Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
  const counts = () => ['bodies', 'deliveries', 'looks', 'reports', 'done'].map(count);

  const ids: string[] = [];
  const running = queue.run(
    async (job) => {
      const made = report(`r${ids.push(job.lane)}`, job.subject, job.hints);
      const at = new Date(clock.now()).toISOString();
      return { memory: { ...memory({ ...made, at }), done: [`key${ids.length}`] }, revisitAt: null, wake: [] };
    },
    { concurrency: 1 },
  );
  for (let number = 1; number <= 60; number++) await store.saveDelivery(delivery(clock), [pull(1 + (number % 2))]);
  while ((await queue.depth()).oldest !== null) await new Promise(setImmediate);
  await running.stop(0);
  await store.saveDelivery(delivery(clock), [pull(3)]);
  const before = counts();
  assert.equal(await store.prune(clock.now() + 6 * day), 0);
  assert.deepEqual(counts(), before);

  await store.prune(clock.now() + 7 * day);
  assert.deepEqual(counts(), [1, ...before.slice(1)]);
  const [waits, done] = await store.deliveries({ limit: 2 });
  assert.ok((await store.delivery(waits?.id ?? ''))?.body.length !== 0);
  assert.equal((await store.delivery(done?.id ?? ''))?.body.length, 0);

  await store.prune(clock.now() + 91 * day);
  const [, deliveries, looks, reports, keys] = counts();
  assert.deepEqual([deliveries, looks, reports, keys], [1, 0, 2, before[4]]);
  assert.equal(await store.prune(clock.now() + 91 * day), 0);
  await store.prune(clock.now() + 181 * day);
  assert.equal(count('done'), 0);
  assert.equal(Number(db.prepare('PRAGMA freelist_count').get()?.['freelist_count']), 0);
});

test('what was noted of commits, branches and tags goes for good, and commands go with the keys of their thread', async (t) => {
  const ground = sqliteGround();
  t.after(() => ground.remove());
  const clock = ground.clock;
  const { db, store, kill } = startSqlite(ground.folder, clock);
  t.after(kill);
  const count = (table: string) => Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
  const { repo, installation } = pull(1);
  const place = { repo, installation };
  const others: Subject[] = [
    { ...place, kind: 'commit', sha: 'a'.repeat(40) },
    { ...place, kind: 'commit', sha: '0'.repeat(40) },
    { ...place, kind: 'branch', branch: 'fix#12' },
    { ...place, kind: 'tag', tag: 'v1' },
    { ...place, kind: 'group', sha: 'b'.repeat(40), base: 'main', number: 1 },
  ];
  const at = new Date(clock.now()).toISOString();
  for (const subject of [pull(1), ...others])
    await store.saveReport({ ...report(`r-${laneOf(subject)}`, subject), at });
  const by = { id: 1, login: 'zoe', bot: false, us: false };
  const said = {
    key: 'IC_1:0',
    name: 'lgtm',
    module: 'lgtm',
    args: {},
    surface: 'comment',
    by,
    level: 'write',
  } as const;
  const asked = [{ ...said, at, head: '', tree: '', base: '', withdrawn: false }];
  await store.keepHeard({ ...report('r', pull(1)), at, asked }, ['accepted:IC_1:0'], []);
  assert.deepEqual([count('reports'), count('asks')], [6, 1]);

  await store.prune(clock.now() + 91 * day);
  assert.deepEqual([count('reports'), count('asks')], [1, 1]);
  await store.prune(clock.now() + 181 * day);
  assert.deepEqual([count('reports'), count('asks'), count('done')], [1, 0, 0]);
});
