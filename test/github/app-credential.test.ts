import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appCredential } from '../../app/github/credentials.ts';
import { ManualClock } from './manual-clock.ts';

const minute = 60_000;

test('the App signs anew after four minutes', async () => {
  const clock = new ManualClock();
  let signed = 0;
  const app = appCredential(clock, async () => `jwt${++signed}`);
  assert.equal(await app.authorization(), 'bearer jwt1');
  clock.leap(4 * minute - 1);
  assert.equal(await app.authorization(), 'bearer jwt1');
  clock.leap(1);
  assert.equal(await app.authorization(), 'bearer jwt2');
});

test('what could not be signed is not kept, and does not take away what was signed since', async () => {
  const clock = new ManualClock();
  const first = Promise.withResolvers<string>();
  const answers = [first.promise, Promise.resolve('good')];
  const app = appCredential(clock, () => answers.shift() ?? Promise.resolve('one too many'));
  const early = [app.authorization(), app.authorization()];
  clock.leap(4 * minute);
  assert.equal(await app.authorization(), 'bearer good');
  first.reject(new Error('the key is away'));
  for (const one of early) await assert.rejects(one, /the key is away/);
  assert.equal(await app.authorization(), 'bearer good');
});

test('a key that was away for a moment is asked again at once', async () => {
  let isAway = true;
  const app = appCredential(new ManualClock(), async () => {
    if (isAway) throw new Error('the key is away');
    return 'jwt';
  });
  await assert.rejects(app.authorization(), /the key is away/);
  isAway = false;
  assert.equal(await app.authorization(), 'bearer jwt');
});
