import { SimStage } from '../sim/sim-stage.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../scenarios/virtual-clock.ts';
import { installDate } from '../scenarios/virtual-date.ts';

const files = { '.github/github-bot.yml': 'issue-template: {headings: [Version], grace: never}\n' };
const repository = { labels: ['invalid'], files };
const world = { people: { lin: 'admin', bob: 'read' }, files, repositories: { 'acme/docs': repository } };
const quietOnes = 12;

/** How long the issues of a quiet installation wait for their label, beside another with so much noise, in milliseconds. */
async function waits(noise: number): Promise<readonly number[]> {
  const clock = new VirtualClock(5);
  const restoreDate = installDate(() => clock.now());
  const stage = await SimStage.open(clock, world, {});
  try {
    const { fake } = stage;
    await fake.act('transfer', { repo: 'acme/docs', by: 'lin', to: 'umbrella', installed: true });
    await stage.settle();
    const opened: number[] = [];
    for (let number = 1; number <= quietOnes; number++) {
      for (let loud = 0; loud < noise; loud++)
        await fake.act('open-issue', { repo: 'acme/shop', by: 'bob', title: 'It breaks', body: 'Help' });
      opened.push(clock.now());
      await fake.act('open-issue', { repo: 'umbrella/docs', by: 'bob', as: `q${number}`, title: 'It', body: 'Help' });
      await stage.wait(15_000);
    }
    await stage.wait(600_000);
    return opened.map((at, index) => {
      const path = `/repos/umbrella/docs/issues/${fake.thread(`q${index + 1}`).number}/labels`;
      return (fake.journal.find((entry) => entry.path === path && entry.write)?.at ?? Infinity) - at;
    });
  } finally {
    await stage.strike();
    restoreDate();
  }
}

const slowest = (times: readonly number[]) => Math.max(...times);

test('T6: beside an account that makes nine tenths of the traffic and more, another waits at most twice as long', async (t) => {
  const [alone, beside] = [await waits(0), await waits(10)];
  t.diagnostic(`the slowest alone ${slowest(alone)} ms, beside the noise ${slowest(beside)} ms: ${beside.join(' ')}`);
  assert.ok(slowest(beside) <= Math.max(2 * slowest(alone), 2_000), `${alone.join(' ')} | ${beside.join(' ')}`);
});

test('twenty installations are each given a label and a comment within three seconds in all', async (t) => {
  const names = Array.from({ length: 20 }, (_, index) => `r${index}`);
  const clock = new VirtualClock(5);
  const restoreDate = installDate(() => clock.now());
  const repositories = Object.fromEntries(names.map((name) => [`acme/${name}`, repository]));
  const stage = await SimStage.open(clock, { ...world, repositories }, {});
  t.after(async () => {
    await stage.strike();
    restoreDate();
  });
  const { fake } = stage;
  for (const name of names)
    await fake.act('transfer', { repo: `acme/${name}`, by: 'lin', to: `org-${name}`, installed: true });
  await stage.wait(60_000);
  const [at, from] = [clock.now(), fake.journal.length];
  for (const name of names)
    await fake.act('open-issue', { repo: `org-${name}/${name}`, by: 'bob', as: name, title: 'It', body: 'Help' });
  await stage.wait(60_000);
  const writes = fake.journal.slice(from).filter(({ write }) => write);
  const accounts = new Set(writes.map(({ account }) => account));
  assert.equal(accounts.size, 20);
  for (const name of names) assert.equal(fake.thread(name).comments.length, 1);
  const last = Math.max(...writes.map((entry) => entry.at)) - at;
  t.diagnostic(`${writes.length} writes, the last after ${last} ms`);
  assert.ok(last <= 3_000, `${last} ms`);
});
