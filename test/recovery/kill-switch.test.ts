import { live, minute } from './live.ts';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { Stage } from '../scenarios/stage.ts';

const script = join(import.meta.dirname, '../../scripts/pause.ts');
const files = { '.github/github-bot.yml': 'issue-template: {headings: [Version], grace: never}\n' };
const world = { people: { lin: 'admin', bob: 'read' }, files, repositories: { 'acme/docs': { files } } };

/** As an operator does it, in another process. */
function say({ dataDir }: Stage, ...args: readonly string[]): void {
  const env = {
    ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C', DATA_DIR: dataDir },
    GITHUB_WEBHOOK_SECRET: '3f9a1c7e5b2d8046af13ce5790b8d264e1f7a35c',
  };
  const { status, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    env,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
}

const threads = 20;

/** Twenty issues want forty writes, which take forty seconds; after ten of them somebody says stop. */
async function stopInTheMiddle(stage: Stage, ...scope: readonly string[]) {
  const { fake } = stage;
  let writes = 0;
  let stoppedAt = Infinity;
  fake.gate(() => {
    writes += 1;
    if (writes === 10) {
      say(stage, 'pause', ...scope, 'incident');
      stoppedAt = stage.clock.now();
    }
    return 'pass';
  });
  for (let number = 1; number <= threads; number++)
    await fake.act('open-issue', { by: 'bob', as: `i${number}`, title: 'It breaks', body: 'Help' });
  await stage.pace.wait(10 * minute);
  return { stoppedAt, later: fake.journal.filter(({ write, at }) => write && at > stoppedAt) };
}

const isServed = ({ fake }: Stage, as: string) => {
  const { labels, comments } = fake.thread(as);
  return labels.includes('invalid') && comments.length === 1;
};
const served = (stage: Stage) =>
  Array.from({ length: threads }, (_, index) => `i${index + 1}`).filter((as) => isServed(stage, as)).length;

suite('the switch that stops all writing', () => {
  for (const [what, scope] of [
    ['everything', []],
    ['everything of one owner', ['--repo', 'Acme']],
    ['one repository', ['--repo', 'acme/shop']],
  ] as const)
    test(`${what}: not one write more, what comes in is kept, and all of it is done once when it goes on`, () =>
      live(world, async (stage) => {
        const { stoppedAt, later } = await stopInTheMiddle(stage, ...scope);
        assert.ok(stoppedAt < Infinity, 'it was stopped in the middle');
        assert.deepEqual(later, []);
        assert.ok(served(stage) < threads);
        await stage.fake.act('open-issue', { by: 'bob', as: 'late', title: 'It breaks', body: 'Help' });
        await stage.pace.settle();
        stage.crash();
        await stage.pace.wait(30 * minute);
        const { deliveries } = stage.fake;
        assert.deepEqual([...new Set(deliveries.map(({ status }) => status))], [202]);
        assert.equal(isServed(stage, 'late'), false);

        stage.fake.gate(null);
        say(stage, 'resume', ...scope);
        await stage.pace.wait(5 * minute);
        assert.equal(served(stage), threads);
        assert.ok(isServed(stage, 'late'));
      }));

  test('elsewhere the bot goes on', () =>
    live(world, async (stage) => {
      say(stage, 'pause', '--repo', 'acme/shop', 'incident');
      for (const repo of ['acme/shop', 'acme/docs'])
        await stage.fake.act('open-issue', { repo, by: 'bob', as: repo, title: 'It breaks', body: 'Help' });
      await stage.pace.wait(5 * minute);
      assert.deepEqual([isServed(stage, 'acme/shop'), isServed(stage, 'acme/docs')], [false, true]);
    }));
});
