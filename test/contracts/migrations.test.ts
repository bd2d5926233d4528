import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { suite, test } from 'node:test';
import { DatabaseRefused, pendingMigrations } from '../../app/store/migrate.ts';
import { databaseFile, openSqlite } from '../../app/store/open-sqlite.ts';

const openModule = join(import.meta.dirname, '../../app/store/open-sqlite.ts');

/** A folder for a database and one for its migrations, gone afterwards. */
class Ground {
  readonly root = mkdtempSync(join(tmpdir(), 'github-bot-migrations-'));
  readonly data = join(this.root, 'data');
  readonly migrations = join(this.root, 'migrations');
  constructor() {
    mkdirSync(this.migrations);
  }
  write(name: string, sql: string): void {
    writeFileSync(join(this.migrations, name), sql);
  }
  upgrade(): void {
    openSqlite(this.data, this.migrations).close();
  }
  /** What the database holds, opened as it is. */
  ask(sql: string): unknown[] {
    const db = new DatabaseSync(join(this.data, databaseFile));
    try {
      return db
        .prepare(sql)
        .all()
        .map((row) => ({ ...row }));
    } finally {
      db.close();
    }
  }
  /** Everything but the table of migrations. */
  content(): unknown {
    return [
      this.ask('PRAGMA user_version'),
      this.ask(`SELECT name, sql FROM sqlite_schema WHERE name <> 'migrations'`),
      this.ask('SELECT * FROM a'),
    ];
  }
}

function onGround(play: (ground: Ground) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const ground = new Ground();
    try {
      await play(ground);
    } finally {
      rmSync(ground.root, { recursive: true, force: true });
    }
  };
}

const refusal = (run: () => void): DatabaseRefused => {
  try {
    run();
  } catch (error) {
    if (error instanceof DatabaseRefused) return error;
    throw error;
  }
  throw new assert.AssertionError({ message: 'it was not refused' });
};

/** Opens the database in several processes at once; resolves with how they ended. */
async function openAtOnce({ data, migrations }: Ground, count: number): Promise<number[]> {
  const code = `import(${JSON.stringify(openModule)}).then(({ openSqlite }) => openSqlite(${JSON.stringify(data)}, ${JSON.stringify(migrations)}).close())`;
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'ignore', 'inherit'] }),
  );
  return Promise.all(children.map(async (child) => ((await once(child, 'exit')) as [number])[0]));
}

suite('migrations', () => {
  test(
    'run in order, once, and are written down',
    onGround((ground) => {
      ground.write('0001-a.sql', 'CREATE TABLE a (x)');
      ground.upgrade();
      ground.write('0002-b.sql', 'ALTER TABLE a ADD COLUMN y; INSERT INTO a VALUES (1, 2);');
      ground.write('0003-c.sql', 'UPDATE a SET y = y + 1');
      ground.upgrade();
      ground.upgrade();
      assert.deepEqual(ground.ask('SELECT * FROM a'), [{ x: 1, y: 3 }]);
      const rows = ground.ask('SELECT version, file, length(checksum) AS long FROM migrations');
      assert.deepEqual(rows, [
        { version: 1, file: '0001-a.sql', long: 64 },
        { version: 2, file: '0002-b.sql', long: 64 },
        { version: 3, file: '0003-c.sql', long: 64 },
      ]);
    }),
  );

  test(
    'one that fails leaves the database as it was, with those before it in the same update',
    onGround((ground) => {
      ground.write('0001-a.sql', 'CREATE TABLE a (x)');
      ground.upgrade();
      const before = ground.content();
      ground.write('0002-b.sql', 'ALTER TABLE a ADD COLUMN y; INSERT INTO a VALUES (1, 2);');
      ground.write('0003-c.sql', 'DELETE FROM a; INSERT INTO nowhere VALUES (1)');
      const { said, cause } = refusal(() => ground.upgrade());
      assert.match(said.en, /^migration 0003-c\.sql failed: .*nowhere/);
      assert.match(said['zh-CN'], /0003-c\.sql 失败/);
      assert.ok(cause instanceof Error);
      assert.deepEqual(ground.content(), before);
      rmSync(join(ground.migrations, '0003-c.sql'));
      rmSync(join(ground.migrations, '0002-b.sql'));
      ground.upgrade();
    }),
  );

  test(
    'a database made by a newer version is refused and left alone',
    onGround((ground) => {
      ground.write('0001-a.sql', 'CREATE TABLE a (x)');
      ground.write('0002-b.sql', 'ALTER TABLE a ADD COLUMN y');
      ground.upgrade();
      const before = ground.content();
      rmSync(join(ground.migrations, '0002-b.sql'));
      const { said } = refusal(() => ground.upgrade());
      assert.match(said.en, /version 2, made by a newer github-bot; this one knows versions up to 1.*npm run rollback/);
      assert.match(said['zh-CN'], /版本是 2/);
      assert.deepEqual(ground.content(), before);
    }),
  );

  test(
    'a migration that was changed after it ran is noticed, line ends are not',
    onGround((ground) => {
      ground.write('0001-a.sql', 'CREATE TABLE a (\n  x)');
      ground.upgrade();
      ground.write('0001-a.sql', 'CREATE TABLE a (\r\n  x)');
      ground.upgrade();
      ground.write('0001-a.sql', 'CREATE TABLE a (x, y)');
      assert.match(refusal(() => ground.upgrade()).said.en, /another text of 0001-a\.sql/);
    }),
  );

  test(
    'a database from before migrations were written down is taken over',
    onGround((ground) => {
      ground.write('0001-a.sql', 'CREATE TABLE a (x)');
      ground.upgrade();
      const db = new DatabaseSync(join(ground.data, databaseFile));
      db.exec('DROP TABLE migrations');
      assert.deepEqual(pendingMigrations(db, ground.migrations, 'a'), []);
      db.close();
      ground.upgrade();
      assert.deepEqual(ground.ask('SELECT version, file FROM migrations'), [{ version: 1, file: '0001-a.sql' }]);
    }),
  );

  test(
    'files are numbered without a gap',
    onGround((ground) => {
      ground.write('0001-a.sql', 'CREATE TABLE a (x)');
      ground.write('0003-c.sql', '');
      assert.throws(() => ground.upgrade(), /0003-c\.sql should be migration 2/);
      ground.write('0001-b.sql', '');
      assert.throws(() => ground.upgrade(), /0001-b\.sql should be migration 2/);
    }),
  );

  test(
    'processes that start at once run each of them once',
    onGround(async (ground) => {
      ground.write('0001-a.sql', 'CREATE TABLE a (x); INSERT INTO a VALUES (1)');
      ground.write('0002-b.sql', 'INSERT INTO a VALUES (2)');
      assert.deepEqual(await openAtOnce(ground, 6), [0, 0, 0, 0, 0, 0]);
      assert.deepEqual(ground.ask('SELECT x FROM a'), [{ x: 1 }, { x: 2 }]);
    }),
  );
});
