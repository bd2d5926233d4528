import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { faultOf } from '../scenarios/arm-fault.ts';
import type { Stage } from '../scenarios/stage.ts';
import { live, minute, sightOf } from './live.ts';
import type { Deed } from './live.ts';
import { people, usualRepository } from './usual-repository.ts';

const world = { people, ...usualRepository() };

type Trouble = (stage: Stage) => void;

/** The head of `pr` is old enough to be approved when somebody does. */
const story: readonly (Deed | Trouble)[] = [
  ['open-pull', { by: 'bob', as: 'pr', title: 'add search', files: { 'a.ts': '1' } }],
  ['open-issue', { by: 'bob', as: 'bug', title: 'It breaks', body: 'Help' }],
  ['label', { of: 'bug', by: 'lin', labels: ['need demo'] }],
  (stage) => stage.crash(),
  ['open-pull', { by: 'bob', as: 'other', title: 'feet: add more', files: { 'b.ts': '1' } }],
  (stage) => stage.crashAtNextWrite(true),
  ['edit', { of: 'bug', by: 'bob', body: '## Version\n\n1' }],
  (stage) => stage.crashAtNextWrite(false),
  ['edit', { of: 'pr', by: 'bob', title: 'feat: add search' }],
  (stage) => stage.down(),
  ['comment', { of: 'other', by: 'alice', as: 'yes', body: '/lgtm' }],
  ['edit', { of: 'other', by: 'bob', title: 'fix: add more' }],
  ['unlabel', { of: 'bug', by: 'lin', labels: ['need demo'] }],
  ['label', { of: 'bug', by: 'lin', labels: ['need demo'] }],
  (stage) => stage.up(),
  ['review', { of: 'pr', by: 'lin', as: 'fine', state: 'approve' }],
];
const threads = ['pr', 'bug', 'other'];

async function tell(stage: Stage): Promise<void> {
  for (const step of story) {
    if (typeof step === 'function') step(stage);
    else await stage.fake.act(...step);
    await stage.pace.wait(5 * minute);
  }
  await stage.pace.wait(30 * minute);
}

const routesOf = ({ fake }: Stage, route: string) => fake.journal.filter((one) => one.route === route);
const oneOfLog = 'GET /app/hook/deliveries/{delivery_id}';

const inPull = <T>(work: (stage: Stage) => Promise<T>) => live(world, work, { receive: 'pull' });

suite('a bot that nobody can call lives off the log of deliveries', () => {
  test('every event counts, once, over crashes, lost answers and an absence', async () => {
    const seen = await inPull(async (stage) => {
      await tell(stage);
      const { fake } = stage;
      assert.deepEqual([...new Set(fake.deliveries.map(({ status }) => status))], [0], 'nothing was ever delivered');
      const [pr, bug, other] = threads.map((as) => fake.thread(as));
      assert.equal(pr?.state, 'merged');
      assert.deepEqual(other?.labels, ['lgtm']);
      const replies = bug?.comments.filter(({ body }) => body.includes('link to a demo')).length;
      assert.equal(replies, 2, 'the label was put on twice');
      return sightOf(stage, threads);
    });
    const called = await live(world, async (stage) => {
      await tell(stage);
      return sightOf(stage, threads);
    });
    assert.deepEqual(seen, called, 'it ends as for a bot that is called');
  });

  test('each body is fetched once, nothing is asked to be sent again, and old news is left alone', () =>
    inPull(async (stage) => {
      await tell(stage);
      const fetched = routesOf(stage, oneOfLog).map(({ path }) => path);
      assert.equal(new Set(fetched).size, fetched.length);
      assert.equal(fetched.length, stage.fake.deliveries.length);
      assert.equal(routesOf(stage, 'POST /app/hook/deliveries/{delivery_id}/attempts').length, 0);
      const before = stage.fake.journal.length;
      stage.crash();
      await stage.pace.wait(20 * minute);
      const after = stage.fake.journal.slice(before);
      assert.ok(after.some(({ route }) => route === 'GET /app/hook/deliveries'));
      const news = after.filter(({ write, route }) => write || route === oneOfLog);
      assert.deepEqual(news, []);
    }));

  test('an event is answered within a minute and a half, whenever it comes', () =>
    inPull(async ({ pace, fake }) => {
      for (let number = 1; number <= 5; number++) {
        await pace.wait((3 + number) * minute + number * 7_000);
        await fake.act('open-issue', { by: 'bob', as: `i${number}`, title: 'It breaks', body: 'Help' });
        await pace.wait(90_000);
        assert.deepEqual(fake.thread(`i${number}`).labels, ['invalid']);
      }
    }));

  test('while GitHub does not give out its log, nothing is lost, and everything comes afterwards', () =>
    inPull(async ({ pace, fake, clock }) => {
      await fake.act('open-issue', { by: 'bob', as: 'first', title: 'It breaks', body: 'Help' });
      for (const route of ['GET /app/hook/deliveries', oneOfLog])
        fake.fault(faultOf({ kind: 'error-before-apply', status: 502, route, for: '40m' }, clock.now()));
      await pace.wait(20 * minute);
      await fake.act('open-issue', { by: 'bob', as: 'second', title: 'It breaks', body: 'Help' });
      await pace.wait(19 * minute);
      assert.deepEqual(fake.thread('second').labels, []);
      await pace.wait(6 * minute);
      for (const as of ['first', 'second']) assert.deepEqual(fake.thread(as).labels, ['invalid']);
    }));
});
