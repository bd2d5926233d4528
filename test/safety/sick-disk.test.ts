import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, suite, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { databaseFile } from '../../app/store/open-sqlite.ts';
import { deliver, freshBody, startServer } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'github-bot-disk-'));
const disk = join(folder, 'data');
mkdirSync(disk);

const run = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const mount = (...options: string[]) => run('mount', '-t', 'tmpfs', ...options, 'tmpfs', disk);
const remount = (options: string) => run('mount', '-o', `remount,${options}`, disk);
const mounted = process.platform === 'linux' && mount('-o', 'size=3m,mode=700');
const skip = mounted ? false : 'only root can give the test a disk of its own';

const kept = () => {
  const db = new DatabaseSync(join(disk, databaseFile), { readOnly: true });
  try {
    return Number(db.prepare('SELECT count(*) AS n FROM deliveries').get()?.['n']);
  } finally {
    db.close();
  }
};

suite('a disk that takes nothing', { skip }, () => {
  let server: ServerProcess;
  let accepted = 0;
  const send = async (padding = 0) => {
    const status = await deliver(server.url, freshBody(padding));
    if (status === 202) accepted += 1;
    return status;
  };
  const ready = async () => (await fetch(`${server.url}/readyz`)).status;
  const heals = async () => {
    for (let tries = 0; tries < 100 && (await ready()) !== 200; tries++) await setTimeout(50);
    assert.deepEqual([await ready(), await send()], [200, 202]);
    assert.equal(kept(), accepted, 'what was acknowledged is there, and nothing else');
    assert.equal(server.child.exitCode, null);
  };

  before(async () => {
    server = await startServer(folder);
    assert.equal(await send(), 202);
  });
  after(async () => {
    await server.end();
    assert.ok(run('umount', disk));
    rmSync(folder, { recursive: true });
  });

  test('because it is full: 503, and as soon as there is room 202', async () => {
    const filler = join(disk, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k']);
    const statuses: number[] = [];
    for (let sent = 0; sent < 60; sent++) statuses.push(await send(20_000));
    assert.deepEqual(
      [...new Set(statuses)].filter((status) => ![202, 503].includes(status)),
      [],
    );
    assert.equal(statuses.at(-1), 503, 'at last nothing fits');
    assert.equal(await ready(), 503);
    rmSync(filler);
    await heals();
  });

  // A disk does not become read-only while files on it are open for writing, unless it breaks.
  test('because it is read-only: the bot does not start, and as soon as it can be written it does', async () => {
    await server.end();
    assert.ok(remount('ro'));
    try {
      await assert.rejects(startServer(folder), /did not start[\s\S]*read-only/);
    } finally {
      assert.ok(remount('rw'));
    }
    server = await startServer(folder);
    await heals();
  });

  test('because another process holds the lock: 503 in time, and afterwards 202', async () => {
    const other = new DatabaseSync(join(disk, databaseFile));
    other.exec('BEGIN IMMEDIATE');
    try {
      assert.equal(await send(), 503);
    } finally {
      other.exec('COMMIT');
      other.close();
    }
    await heals();
  });
});

test('a folder that nobody can write keeps the bot from starting, and it says so', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'github-bot-file-')), 'data');
  writeFileSync(file, 'a file where the folder should be');
  await assert.rejects(startServer(join(file, '..')), /did not start[\s\S]*(EEXIST|ENOTDIR|data)/);
  rmSync(join(file, '..'), { recursive: true });
});
