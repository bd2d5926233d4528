import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, suite, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { DatabaseRefused } from '../../app/store/migrate.ts';
import { unusable } from '../../app/store/unusable.ts';
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
      await assert.rejects(
        startServer(folder),
        /did not start[\s\S]*cannot be used: the disk is read-only[\s\S]*remount,rw/,
      );
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

suite('a start says what is wrong with the folder of the data, and what to do', () => {
  const place = mkdtempSync(join(tmpdir(), 'github-bot-file-'));
  after(() => rmSync(place, { recursive: true }));
  const file = join(place, 'data');
  writeFileSync(file, 'a file where the folder should be');
  const said = (env: Readonly<Record<string, string>> = {}) =>
    startServer(place, [], env).then(
      () => '',
      (error: Error) => error.message,
    );
  test('a file where the folder should be, in the language of the reader', async () => {
    assert.match(await said({ LANG: 'C' }), /cannot be used: something else has that name[\s\S]*DATA_DIR/);
    assert.match(await said({ LANG: 'zh_CN.UTF-8' }), /无法使用数据库[\s\S]*同名[\s\S]*请把它移走/);
    assert.doesNotMatch(await said(), /^\s+at /m, 'no trace of the stack');
  });

  const nobody = process.getuid?.() === 0 && run('setpriv', '--reuid=65534', 'true');
  test('a folder of somebody else', { skip: nobody ? false : 'only root can start as another user' }, async () => {
    const own = join(place, 'own');
    mkdirSync(join(own, 'data'), { recursive: true, mode: 0o755 });
    const as = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    await assert.rejects(startServer(own, as), /this user may not write there[\s\S]*chown/);
  });

  for (const [code, error, why] of [
    ['EROFS', { code: 'EROFS' }, /read-only[\s\S]*remount/],
    ['EACCES', { code: 'EACCES' }, /may not write[\s\S]*chown/],
    ['ENOSPC', { code: 'ENOSPC' }, /full/],
    ['SQLITE_READONLY_DIRECTORY', { errcode: 1544 }, /read-only/],
    ['SQLITE_FULL', { errcode: 13 }, /full/],
    ['SQLITE_NOTADB', { errcode: 26 }, /damaged[\s\S]*restore/],
  ] as const)
    test(code, () => {
      const found = unusable('/d/bot.sqlite', Object.assign(new Error('odd'), error));
      assert.ok(found instanceof DatabaseRefused);
      assert.match(found.said.en, why);
      assert.ok(found.said.en.includes('/d/bot.sqlite') && found.said['zh-CN'].includes('/d/bot.sqlite'));
    });
  test('what nobody can mend stays as it is', () => {
    const bug = new TypeError('bug');
    assert.equal(unusable('/d/bot.sqlite', bug), bug);
  });
});
