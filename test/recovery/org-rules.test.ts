import { hour, live, minute } from './live.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stage } from '../scenarios/stage.ts';

const path = '.github/github-bot.yml';
const [repos, pulls, atOnce] = [30, 2, 20];
const numbers = Array.from({ length: repos }, (_, index) => index + 1);
const world = {
  people: { lin: 'admin', bob: 'read' } as const,
  repositories: {
    'acme/.github': { files: { [path]: 'pr-title: true\n' } },
    ...Object.fromEntries(numbers.map((n) => [`acme/r${n}`, { files: { 'a.md': '1' } }])),
  },
};

const open = ({ fake }: Stage, n: number, as: string) =>
  fake.act('open-pull', { repo: `acme/r${n}`, by: 'bob', as, title: 'feat: add', files: { [`${as}.ts`]: '1' } });

async function openAll(stage: Stage): Promise<void> {
  for (const n of numbers) {
    for (let one = 1; one <= pulls; one++) {
      await open(stage, n, `p${n}-${one}`);
      await stage.pace.settle();
    }
  }
  await stage.pace.wait(hour);
}

test('where the rules of thirty repositories change, all their threads stand in one row, and what is new is not behind it', () =>
  live(world, async (stage) => {
    await openAll(stage);
    const { fake, pace } = stage;
    const from = fake.journal.length;
    const looks = () => fake.journal.slice(from).filter(({ route }) => route === 'POST /graphql').length;
    await fake.act('push-base', { repo: 'acme/.github', by: 'lin', files: { [path]: 'pr-title: {max-length: 50}\n' } });
    await pace.settle();
    const first = looks();
    assert.ok(first <= 1 + atOnce, `${first} looks in the same instant`);
    await pace.wait(20_000);
    const more = looks() - first;
    assert.ok(more > 20 && more <= 40, `${more} looks in twenty seconds, and not two a second`);
    await open(stage, repos, 'new');
    await pace.settle();
    assert.equal(fake.commit('new').checks['github-bot (main)'], 'success');
    assert.ok(looks() < repos * (1 + pulls), 'the row has not ended yet');
    await pace.wait(minute);
    assert.ok(looks() >= 1 + repos * (1 + pulls), `${looks()} looks, and somebody was left out`);
  }));
