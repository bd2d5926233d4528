import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Fault } from './fault-kinds.ts';
import { createFaults, type Passing } from './faults.ts';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let now = 1_000_000;
const clock = { now: () => now, random: () => 0.5, sleep: async () => undefined };
const call = (more: Partial<Passing> = {}): Passing => ({
  ...{ route: 'POST /x/{name}', method: 'POST', path: '/x/y', as: 'installation', write: true, tokenAge: 0 },
  ...more,
});

/** Which of so many calls a fault hits, `x` for a hit. */
function hits(fault: Omit<Fault, 'kind'>, calls: readonly Passing[], each: () => void = () => undefined): string {
  const faults = createFaults(clock);
  faults.arm({ kind: 'error-before-apply', ...fault });
  return calls
    .map((one) => {
      const strike = faults.take(one);
      strike?.spend();
      each();
      return strike ? 'x' : '.';
    })
    .join('');
}

const many = (count: number) => Array.from({ length: count }, () => call());

test('a fault happens once, so many times, or after so many calls', () => {
  assert.equal(hits({}, many(3)), 'x..');
  assert.equal(hits({ times: 2 }, many(4)), 'xx..');
  assert.equal(hits({ skip: 2, times: 1 }, many(4)), '..x.');
});

test('a fault keeps to its route, whatever its placeholders are called, and its method', () => {
  const calls = [call({ route: 'GET /x/{name}', method: 'GET', write: false }), call(), call({ route: 'POST /y' })];
  assert.equal(hits({ times: 9, route: 'POST /x/{id}' }, calls), '.x.');
  assert.equal(hits({ times: 9, method: 'GET' }, calls), 'x..');
  assert.equal(hits({ times: 9, only: 'writes' }, calls), '.xx');
  assert.equal(hits({ times: 9, only: 'reads' }, calls), 'x..');
});

test('a fault keeps to calls of the App or of its installation', () => {
  const calls = [call({ as: 'app', tokenAge: null }), call(), call({ as: 'token', tokenAge: null })];
  assert.equal(hits({ times: 9, caller: 'app' }, calls), 'x..');
  assert.equal(hits({ times: 9, caller: 'installation' }, calls), '.x.');
  assert.equal(hits({ times: 9, caller: 'token' }, calls), '..x');
});

test('a window begins, ends, and holds as often as calls come', () => {
  now = 1_000_000;
  const later = () => void (now += 1000);
  assert.equal(hits({ from: 1_002_000, until: 1_004_000 }, many(6), later), '..xx..');
  now = 1_000_000;
  assert.equal(hits({ until: 1_003_000, times: 1 }, many(4), later), 'x...');
});

test('dice fall the same way for the same seed and another way for another', () => {
  const thrown = (seed: number) => hits({ probability: 0.3, seed }, many(400));
  assert.equal(thrown(7), thrown(7));
  assert.notEqual(thrown(7), thrown(8));
  const share = thrown(7).replaceAll('.', '').length / 400;
  assert.ok(share > 0.2 && share < 0.4, `${share} of 400`);
  assert.equal(hits({ probability: 1, times: 2 }, many(3)), 'xx.');
});

test('an unknown kind is an error', () => {
  assert.throws(() => createFaults(clock).arm({ kind: 'flood' }), /unknown kind/);
});

let one: Fixture;
before(async () => {
  one = await startFixture({ people: { lin: 'admin' } });
  await one.github.act('open-issue', { by: 'lin', as: 'issue', title: 'It breaks' });
});
after(() => one.stop());

test('a token that is new is refused while it is new', async () => {
  one.github.fault({ kind: 'unauthorized', token: 'fresh', seconds: 30, times: 2 });
  const token = await one.token();
  const read = () => one.call('GET /repos/acme/shop', undefined, { token });
  assert.equal((await read()).status, 401);
  one.pass(31_000);
  assert.equal((await read()).status, 200);
  assert.equal((await one.call('GET /repos/acme/shop')).status, 401, 'another new token');
});

test('every token runs out at once', async () => {
  const token = await one.token();
  const read = () => one.call('GET /repos/acme/shop', undefined, { token });
  one.github.fault({ kind: 'unauthorized', token: 'expired' });
  assert.deepEqual([(await read()).status, (await read()).status], [401, 401]);
  assert.equal((await one.call('GET /repos/acme/shop')).status, 200, 'a new one is good');
});

test('the API that sends deliveries again can fail', async () => {
  await one.quiet();
  const route = 'POST /app/hook/deliveries/{delivery_id}/attempts';
  const [delivery] = (await one.asApp('GET /app/hook/deliveries')).body;
  one.github.fault({ kind: 'error-before-apply', status: 500, route, caller: 'app' });
  const sent = one.github.deliveries.length;
  assert.equal((await one.asApp(`POST /app/hook/deliveries/${delivery.id}/attempts`)).status, 500);
  await one.quiet();
  assert.equal(one.github.deliveries.length, sent);
  assert.equal((await one.asApp(`POST /app/hook/deliveries/${delivery.id}/attempts`)).status, 202);
  await one.quiet();
  assert.equal(one.github.deliveries.length, sent + 1);
});
