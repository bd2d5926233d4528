import { hour, live, minute } from './live.ts';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Log } from '../../app/log.ts';
import { start } from '../../app/main.ts';
import { faultOf } from '../scenarios/arm-fault.ts';
import type { Stage } from '../scenarios/stage.ts';

const files = { '.github/github-bot.yml': 'issue-template: {headings: [Version], grace: never}\n' };
const world = { people: { lin: 'admin', bob: 'read' }, files };
const again = 'POST /app/hook/deliveries/{delivery_id}/attempts';
const list = 'GET /app/hook/deliveries';

/** Lets a bot live whose errors are kept. */
function told(
  work: (stage: Stage, errors: readonly string[]) => Promise<void>,
  between: (real: typeof fetch) => typeof fetch = (real) => real,
): Promise<void> {
  const errors: string[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error: (text) => void errors.push(text) };
  return live(world, (stage) => work(stage, errors), {
    startBot: (settings, { fetch = globalThis.fetch, ...given }) =>
      start(settings, { ...given, fetch: between(fetch), log }),
  });
}

async function missSome({ fake, clock, pace }: Stage, count: number): Promise<void> {
  fake.fault(faultOf({ kind: 'webhook-dropped', for: '1m' }, clock.now()));
  for (let number = 1; number <= count; number++)
    await fake.act('open-issue', { by: 'bob', as: `i${number}`, title: 'It breaks', body: 'Help' });
  await pace.settle();
}

const served = ({ fake }: Stage, count: number) =>
  Array.from({ length: count }, (_, index) => fake.thread(`i${index + 1}`)).filter(
    ({ labels, comments }) => labels.includes('invalid') && comments.length === 1,
  ).length;

suite('asking for failed deliveries', () => {
  test('when GitHub does not send them again for a while, they come afterwards, each once', () =>
    told(async (stage) => {
      const { fake, pace, clock } = stage;
      await missSome(stage, 5);
      fake.fault(faultOf({ kind: 'error-before-apply', status: 500, route: again, for: '20m' }, clock.now()));
      await pace.wait(20 * minute);
      assert.equal(served(stage, 5), 0);
      await pace.wait(10 * minute);
      assert.equal(served(stage, 5), 5);
      const tries = fake.journal.filter(({ route, status }) => route === again && status === 202);
      assert.equal(tries.length, 5);
    }));

  test('one that GitHub cannot send again holds nobody else up', () =>
    told(
      async (stage) => {
        const { fake, pace } = stage;
        await missSome(stage, 5);
        await pace.wait(10 * minute);
        assert.ok(served(stage, 5) >= 4, `${served(stage, 5)} of 5 are served`);
        assert.equal(fake.journal.filter(({ route, status }) => route === again && status === 202).length, 4);
      },
      (real) => {
        let first = '';
        return async (input, init) => {
          const url = input instanceof Request ? input.url : String(input);
          if (url.endsWith('/attempts')) first ||= url;
          return url === first ? Response.json({ message: 'Server Error' }, { status: 500 }) : real(input, init);
        };
      },
    ));

  test('when the list cannot be read, what is missed is found later, over all its pages', () =>
    told(async (stage) => {
      const { fake, pace, clock } = stage;
      await missSome(stage, 130);
      for (const kind of ['error-before-apply', 'truncated', 'wrong-type'])
        fake.fault(faultOf({ kind, route: list, times: 2 }, clock.now()));
      stage.crash();
      await pace.wait(20 * minute);
      assert.equal(served(stage, 130), 130);
    }));

  test('a gap that comes near the three days GitHub remembers is told every hour, while it lasts', () =>
    told(async (stage, errors) => {
      const { fake, pace, clock } = stage;
      await pace.wait(5 * minute);
      fake.fault(faultOf({ kind: 'error-before-apply', status: 502, route: list, for: '63h' }, clock.now()));
      await pace.wait(59 * hour);
      assert.deepEqual(errors, []);
      await pace.wait(3 * hour);
      assert.match(errors[0] ?? '', /deliveries of the last 6[01] hours are not made up for yet; GitHub forgets them/);
      assert.ok(errors.length >= 2 && errors.length <= 4, errors.join('\n'));
      await pace.wait(3 * hour);
      const count = errors.length;
      await pace.wait(3 * hour);
      assert.equal(errors.length, count, 'it is over');
    }));

  test('a delivery of 71 hours ago is made up for, and one that GitHub has forgotten is told as lost', () =>
    told(async (stage, errors) => {
      const { fake, pace, clock } = stage;
      await missSome(stage, 1);
      fake.fault(faultOf({ kind: 'error-before-apply', status: 500, route: again, for: '70h' }, clock.now()));
      await pace.wait(71 * hour);
      assert.equal(served(stage, 1), 1);
      assert.ok(!errors.some((text) => text.includes('is lost')));
      fake.fault(faultOf({ kind: 'webhook-dropped', event: 'issues.opened', times: 1 }, clock.now()));
      fake.fault(faultOf({ kind: 'error-before-apply', status: 500, route: again, for: '80h' }, clock.now()));
      await fake.act('open-issue', { by: 'bob', as: 'i2', title: 'It breaks', body: 'Help' });
      await pace.wait(75 * hour);
      const lost = errors.filter((text) => text.includes('is lost'));
      assert.equal(lost.length, 1, errors.join('\n'));
      assert.match(lost[0] ?? '', /issues is lost: GitHub kept it for three days/);
      assert.equal(served(stage, 2), 2, 'the sweep saw the thread all the same');
    }));
});
