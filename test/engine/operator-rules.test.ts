import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import { start } from '../../app/main.ts';
import { systemClock } from '../../app/clock.ts';
import { startFakeGitHub } from '../fake-github/fake-github.ts';

const secret = 'a-secret-of-more-than-32-characters-x';

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let left = 400; !holds(); left--) {
    assert.ok(left > 0, what);
    await pass(25);
  }
}

test('the operator edits the rules of a running bot: faults change nothing, the rest reaches open threads', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'github-bot-operator-'));
  const rulesFile = join(folder, 'rules.yml');
  writeFileSync(rulesFile, 'pr-title: {types: [feat]}\n');
  const fake = await startFakeGitHub({ world: { people: { bob: 'read' } }, clock: systemClock, webhookSecret: secret });
  const errors: string[] = [];
  const quiet = () => {};
  const log = { debug: quiet, info: quiet, warn: quiet, error: (text: string) => void errors.push(text) };
  let changed = quiet;
  let unwatched = false;
  const watch = (file: string, told: () => void) => {
    assert.equal(file, rulesFile);
    changed = told;
    return () => (unwatched = true);
  };
  const bot = await start(
    {
      ...{ role: 'both', production: false, host: '127.0.0.1', port: 0, publicUrl: '' },
      ...{ appId: fake.app.id, privateKey: fake.app.privateKey, token: '', apiUrl: fake.url },
      ...{ webhookSecrets: [secret], dataDir: join(folder, 'data'), rulesFile },
      ...{ operators: [], trustProxy: false, logType: 'console' as const, logLevel: 'off', logFormat: 'text' as const },
    },
    { log, watch },
  );
  t.after(async () => {
    await bot.stop();
    await fake.stop();
    rmSync(folder, { recursive: true });
  });
  fake.sendTo(`${bot.url}/webhook`);
  const conclusion = () => fake.commit('pr').checks['github-bot (main)'] ?? null;
  await fake.act('open-pull', { by: 'bob', as: 'pr', title: 'feat: add search', files: { 'a.ts': '1' } });
  await until(() => conclusion() === 'success', 'judged by the first rules');
  writeFileSync(rulesFile, 'pr-titel: true\n');
  changed();
  await until(() => errors.length > 0, 'told of the fault');
  assert.match(errors[0] ?? '', /rules\.yml:1:1 .*`pr-title`/);
  assert.equal(conclusion(), 'success');
  writeFileSync(rulesFile, 'pr-title: {types: [fix]}\n');
  changed();
  await until(() => conclusion() === 'failure', 'decided anew');
  assert.equal(unwatched, false);
});
