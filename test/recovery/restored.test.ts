import { live, minute, sightOf } from './live.ts';
import type { Deed } from './live.ts';
import { people, usualRepository } from './usual-repository.ts';
import assert from 'node:assert/strict';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { databaseFile } from '../../app/store/open-sqlite.ts';

const world = { people, ...usualRepository() };

const before: readonly Deed[] = [
  ['open-pull', { by: 'bob', as: 'pr', title: 'add search', files: { 'a.ts': '1' } }],
  ['open-pull', { by: 'bob', as: 'other', title: 'feat: add more', files: { 'b.ts': '1' } }],
  ['open-issue', { by: 'bob', as: 'bug', title: 'It breaks', body: 'Help' }],
];
const hourAfter: readonly Deed[] = [
  ['open-pull', { by: 'bob', as: 'new', title: 'feet: add a third', files: { 'c.ts': '1' } }],
  ['open-issue', { by: 'bob', as: 'fresh', title: 'It breaks too', body: 'Help' }],
  ['label', { of: 'bug', by: 'lin', labels: ['need demo'] }],
  ['label', { of: 'fresh', by: 'lin', labels: ['need demo'] }],
  ['comment', { of: 'other', by: 'alice', as: 'yes', body: '/lgtm' }],
  ['comment', { of: 'new', by: 'alice', as: 'wait', body: '/hold Not today.' }],
  ['comment', { of: 'new', by: 'bob', as: 'no', body: '/lgtm' }],
  ['edit', { of: 'pr', by: 'bob', title: 'feat: add search' }],
  ['review', { of: 'pr', by: 'lin', state: 'approve' }],
  ['edit', { of: 'bug', by: 'bob', body: '## Version\n\n1' }],
];
const threads = ['pr', 'other', 'bug', 'new', 'fresh'];

/** As a backup is made: one file, whole at one moment. */
function copyOf(dataDir: string): string {
  const copy = join(dataDir, 'an-hour-ago');
  const db = new DatabaseSync(join(dataDir, databaseFile));
  db.prepare('VACUUM INTO ?').run(copy);
  db.close();
  return copy;
}

function putBack(copy: string, dataDir: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(join(dataDir, `${databaseFile}${end}`), { force: true });
  copyFileSync(copy, join(dataDir, databaseFile));
}

test('put back from a copy of an hour ago, the bot does nothing twice and is right within half an hour', () =>
  live(world, async (stage) => {
    const { fake, pace, dataDir } = stage;
    const tell = async (deeds: readonly Deed[], each: number) => {
      for (const deed of deeds) {
        await fake.act(...deed);
        await pace.wait(each);
      }
    };
    await tell(before, 5 * minute);
    const copy = copyOf(dataDir);
    await tell(hourAfter, 6 * minute);
    assert.equal(fake.thread('pr').state, 'merged');
    const seen = sightOf(stage, threads);
    stage.down();
    await pace.settle();
    putBack(copy, dataDir);
    const from = fake.journal.length;
    stage.up();
    await pace.wait(30 * minute);
    assert.deepEqual(sightOf(stage, threads), seen);
    const made = fake.journal.slice(from).filter(({ write, applied, as }) => write && applied && as !== 'app');
    assert.deepEqual(
      made.map(({ route }) => route),
      [],
      'nothing was left to do',
    );
    assert.ok(
      fake.journal.slice(from).some(({ route }) => route.endsWith('/attempts')),
      'what the copy does not know was asked for again',
    );

    // What was learnt from GitHub alone is as good as what was forgotten.
    await tell([['comment', { of: 'new', by: 'alice', as: 'go', body: '/unhold' }]], 5 * minute);
    await tell([['push', { of: 'other', by: 'bob', files: { 'b.ts': '2' } }]], 5 * minute);
    assert.deepEqual(
      ['new', 'other'].map((as) => fake.thread(as).labels.toSorted()),
      [['invalid-title'], []],
    );
  }));
