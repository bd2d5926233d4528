import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { secretNames } from '../../config/secrets.ts';

const root = join(import.meta.dirname, '../..');
const home = '/opt/github-bot';
const units = { 'github-bot': 'server', 'github-bot-worker': 'worker' } as const;
const textOf = (name: string) => readFileSync(join(root, 'scripts', 'systemd', `${name}.service`), 'utf8');

/** `Section.Key` and its values, in the order they are written. */
function settingsIn(text: string): ReadonlyMap<string, readonly string[]> {
  const settings = new Map<string, string[]>();
  let section = '';
  for (const line of text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))) {
    const [, header, key = '', value = ''] =
      /^\[(\w+)\]$|^(\w+)=(.*)$/.exec(line) ?? assert.fail(`not a setting: ${line}`);
    if (header !== undefined) section = header;
    else settings.set(`${section}.${key}`, [...(settings.get(`${section}.${key}`) ?? []), value]);
  }
  return settings;
}

const wanted: Readonly<Record<string, string>> = {
  'Service.User': 'github-bot',
  'Service.Restart': 'always',
  'Service.NoNewPrivileges': 'yes',
  'Service.ProtectSystem': 'strict',
  'Service.ReadWritePaths': `${home}/data ${home}/logs`,
  'Service.WorkingDirectory': home,
  'Service.Environment': 'NODE_ENV=production',
  'Service.UMask': '0077',
  'Install.WantedBy': 'multi-user.target',
};

for (const [name, role] of Object.entries(units)) {
  suite(`${name}.service`, () => {
    const text = textOf(name);
    const settings = settingsIn(text);

    test('is hardened, and starts again by itself', () => {
      for (const [key, value] of Object.entries(wanted)) assert.deepEqual(settings.get(key), [value], key);
      for (const secret of secretNames) assert.ok(!text.includes(secret), secret);
    });

    test('runs its role with a program that is there', () => {
      const [program = '', ...args] = (settings.get('Service.ExecStart')?.[0] ?? '').split(' ');
      assert.ok(existsSync(program.replace(home, root)), program);
      assert.deepEqual(args, ['--disable-warning=ExperimentalWarning', 'app/main.ts', role]);
      assert.ok(existsSync(join(root, 'app/main.ts')));
    });

    test('waits longer for its end than the bot takes', () => {
      assert.ok(Number(settings.get('Service.TimeoutStopSec')?.[0]) > 15);
    });
  });
}

test('only the worker can read the key', () => {
  const hidden = (name: string) => settingsIn(textOf(name)).get('Service.InaccessiblePaths') ?? [];
  assert.match(hidden('github-bot').join(' '), /app\.pem/);
  assert.deepEqual(hidden('github-bot-worker'), []);
});

const verify = (files: readonly string[]) => spawnSync('systemd-analyze', ['verify', ...files], { encoding: 'utf8' });

test('systemd finds nothing wrong', { skip: spawnSync('systemd-analyze', ['--version']).status !== 0 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'github-bot-units-'));
  try {
    const files = Object.keys(units).map((name) => {
      const file = join(folder, `${name}.service`);
      writeFileSync(file, textOf(name).replaceAll(home, root));
      return file;
    });
    const { status, stdout, stderr } = verify(files);
    // It may also find fault with other units of the machine.
    const ours = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('github-bot'));
    assert.deepEqual(ours, [], String(status));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
