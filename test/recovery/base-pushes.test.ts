import { hour, live, minute } from './live.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stage } from '../scenarios/stage.ts';

const world = {
  people: { lin: 'admin', bob: 'read' } as const,
  files: { '.github/github-bot.yml': 'needs-rebase: true\n' },
};
/** Open pull requests; pushes to their base, so many seconds apart. */
const [count, pushes, apart] = [60, 30, 10];

async function openMany({ fake, pace }: Stage): Promise<void> {
  for (let n = 1; n <= count; n++) {
    await fake.act('open-pull', { by: 'bob', as: `p${n}`, title: `feat: ${n}`, files: { [`${n}.ts`]: '1' } });
    await pace.settle();
  }
  await pace.wait(hour);
}

test('however often somebody pushes to a base, the open pull requests onto it are looked at in turn, and none is left out', () =>
  live(world, async (stage) => {
    await openMany(stage);
    const { fake, pace } = stage;
    const from = fake.journal.length;
    for (let push = 1; push <= pushes; push++) {
      await fake.act('push-base', { by: 'lin', files: { [`base${push}.ts`]: '1' } });
      await pace.wait(apart * 1_000);
    }
    const looks = fake.journal.slice(from).filter(({ route }) => route === 'POST /graphql').length;
    // Twenty at once with each push, and one every two seconds in between.
    const most = pushes * 20 + (pushes * apart) / 2;
    assert.ok(looks <= most, `${looks} looks, and not ${most} (${pushes * count} if each push had woken everybody)`);
    const all = Array.from({ length: count }, (_, index) => index + 1);
    await fake.act('push-base', { by: 'lin', files: Object.fromEntries(all.map((n) => [`${n}.ts`, '2'])) });
    await pace.wait(5 * minute);
    const labelled = all.filter((n) => fake.thread(`p${n}`).labels.includes('needs-rebase'));
    assert.deepEqual(labelled, all);
  }));
