import { hour, live, minute } from './live.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stage } from '../scenarios/stage.ts';

const world = {
  people: { lin: 'admin', chen: 'write', bob: 'read' } as const,
  protection: { main: { checks: [{ name: 'build', app: 'ci' }], approvals: 0 } },
  files: { '.github/github-bot.yml': 'merge: {require: {checks: required}}\n' },
};

async function open({ fake, pace }: Stage, count: number): Promise<void> {
  for (let n = 1; n <= count; n++) {
    await fake.act('open-pull', { by: 'bob', as: `p${n}`, title: `feat: ${n}`, files: { [`${n}.ts`]: '1' } });
    await pace.settle();
  }
}

/** Requests of one installation that its limit counts. */
const counted = ({ fake }: Stage, from: number) =>
  fake.journal.slice(from).filter(({ route, status }) => status !== 304 && !/ \/app\//.test(route)).length;

test('pull requests that wait for people cost two requests an hour each at most, however long they wait', () =>
  live(world, async (stage) => {
    const count = 12;
    await open(stage, count);
    await stage.pace.wait(hour);
    const from = stage.fake.journal.length;
    await stage.pace.wait(10 * hour);
    const [asked, most] = [counted(stage, from), 10 * count * 2 + 10 * 12];
    assert.ok(asked <= most, `${asked} requests, and not ${most}: two each, and twelve for the repository, in an hour`);
  }));

/** The check passes a while later, and GitHub tells nobody. */
async function passUntold({ fake, pace, clock }: Stage): Promise<void> {
  await pace.settle();
  await pace.wait(20 * minute);
  fake.fault({ kind: 'webhook-silenced', until: clock.now() + minute });
  await fake.act('check', { of: 'p1', name: 'build', conclusion: 'success' });
  await pace.settle();
}

test('a check that GitHub did not tell of is seen within 15 minutes where only it is awaited', () =>
  live(world, async (stage) => {
    await open(stage, 1);
    await stage.fake.act('review', { of: 'p1', by: 'chen', state: 'approve' });
    await passUntold(stage);
    assert.equal(stage.fake.thread('p1').state, 'open');
    await stage.pace.wait(15 * minute);
    assert.equal(stage.fake.thread('p1').state, 'merged');
  }));

test('and within an hour where somebody was awaited', () =>
  live(world, async (stage) => {
    await open(stage, 1);
    await stage.fake.act('check', { of: 'p1', name: 'build', conclusion: 'failure' });
    await stage.fake.act('review', { of: 'p1', by: 'chen', state: 'approve' });
    await passUntold(stage);
    await stage.pace.wait(hour);
    assert.equal(stage.fake.thread('p1').state, 'merged');
  }));
