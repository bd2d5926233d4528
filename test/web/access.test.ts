import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { suite, test } from 'node:test';
import { hashOf } from '../../app/receive/access.ts';
import type { ServerPorts } from '../../app/receive/server.ts';
import { delivery, memory, pull, report } from '../contracts/ground.ts';
import { hidden, openHouse } from './house.ts';
import type { Answer } from './house.ts';

const remote = { 'x-forwarded-for': '203.0.113.9' };
const minute = 60_000;

type House = Awaited<ReturnType<typeof openHouse>>;

async function addLink({ store, clock }: House, login = 'lin', token = 't'.repeat(43)): Promise<string> {
  await store.saveLink(hashOf(token), login, clock.now() + 10 * minute);
  return token;
}

async function signIn(house: House, headers: Record<string, string> = remote): Promise<Answer> {
  const token = await addLink(house);
  return house.ask('/operator', { headers, form: { token } });
}

const cookieOf = ({ headers }: Answer) => headers['set-cookie']?.[0]?.split(';')[0] ?? '';

/** A thread that has a report and one that has none, as somebody gets to see them. */
async function seen(house: House, headers: Record<string, string>): Promise<Answer[]> {
  await house.store.saveReport(report('r-1', pull(12)));
  return Promise.all(['/r/acme/shop/pull/12', '/r/acme/shop/pull/99'].map((path) => house.ask(path, { headers })));
}

suite('who may look', () => {
  const strangers: [string, Record<string, string>, Partial<ServerPorts>?][] = [
    ['through a proxy', remote],
    ['through a proxy with Forwarded', { forwarded: 'for=203.0.113.9' }],
    ['through a proxy that names only itself', { via: '1.1 cache' }],
    ['through a proxy that names only the scheme', { 'x-forwarded-proto': 'https' }],
    ['through a name that leads here', { host: 'evil.example:8000' }],
    ['through a name that begins like ours', { host: 'localhost.evil.example' }],
    ['through a name that ends like ours', { host: 'evil-localhost:80' }],
    ['through another address of this machine', { host: '0.0.0.0:8000' }],
    ['from loopback, while the bot has a public address', {}, { publicUrl: 'https://bot.example.com' }],
    ['from loopback, while a proxy is said to stand in front', {}, { trustProxy: true }],
    ['with a cookie of nobody', { ...remote, cookie: 'github-bot=abc' }],
  ];
  for (const [who, headers, ports] of strangers) {
    test(`somebody ${who} learns nothing, not even what is there`, async (t) => {
      const house = await openHouse(t, ports);
      const [there, missing] = await seen(house, headers);
      assert.deepEqual([there?.status, missing?.status], [403, 403]);
      assert.equal(there?.text.replaceAll('12', ''), missing?.text.replaceAll('99', ''));
      assert.match(there?.text ?? '', /npm run operator-link -- LOGIN/);
      const front = await house.ask('/', { headers });
      assert.equal(front.status, 200);
      assert.doesNotMatch(front.text, /acme/);
      assert.equal((await house.ask('/deliveries', { headers })).status, 403);
    });
  }

  for (const host of ['localhost', 'localhost:8000', '127.0.0.1:8000', '[::1]:8000']) {
    test(`somebody on this machine looks by ${host}`, async (t) => {
      const house = await openHouse(t, { publicUrl: 'http://127.0.0.1:8000' });
      const [there, missing] = await seen(house, { host });
      assert.deepEqual([there?.status, missing?.status], [200, 404]);
    });
  }

  test('a proxy that hides itself speaks HTTP/1.0', async (t) => {
    const house = await openHouse(t);
    const socket = connect(Number(new URL(house.url).port), '127.0.0.1');
    socket.end('GET /r/acme/shop/pull/12 HTTP/1.0\r\nhost: 127.0.0.1:8000\r\n\r\n');
    assert.match(await new Response(socket as never).text(), /^HTTP\/1\.1 403 /);
  });
});

suite('a link of an operator', () => {
  test('opened, it only asks; confirmed, it signs in; then it is used up', async (t) => {
    const house = await openHouse(t);
    const token = await addLink(house);
    for (const method of ['GET', 'HEAD', 'GET']) {
      const page = await house.ask(`/operator?token=${token}`, { method, headers: remote });
      assert.equal(page.status, 200);
      assert.equal(page.headers['set-cookie'], undefined);
    }
    const first = await house.ask('/operator', { headers: remote, form: { token } });
    assert.deepEqual([first.status, first.headers.location], [303, '/']);
    const [there] = await seen(house, { ...remote, cookie: cookieOf(first) });
    assert.equal(there?.status, 200);
    const second = await house.ask('/operator', { headers: remote, form: { token } });
    assert.deepEqual([second.status, second.headers['set-cookie']], [403, undefined]);
    assert.equal((await house.ask(`/operator?token=${token}`, { headers: remote })).status, 403);
    assert.ok(house.lines.includes('lin signed in with a link'));
    assert.ok(!house.lines.some((line) => line.includes(token)));
  });

  test('works once, whoever is first', async (t) => {
    const house = await openHouse(t);
    const token = await addLink(house);
    const all = await Promise.all(
      Array.from({ length: 8 }, () => house.ask('/operator', { headers: remote, form: { token } })),
    );
    assert.deepEqual(all.map(({ status }) => status).toSorted(), [303, 403, 403, 403, 403, 403, 403, 403]);
  });

  test('does not work after ten minutes', async (t) => {
    const house = await openHouse(t);
    const token = await addLink(house);
    house.clock.jump(10 * minute);
    assert.equal((await house.ask('/operator', { headers: remote, form: { token } })).status, 403);
  });

  test('does not work for somebody who is no operator', async (t) => {
    const house = await openHouse(t);
    const token = await addLink(house, 'eve');
    assert.equal((await house.ask(`/operator?token=${token}`, { headers: remote })).status, 403);
    assert.equal((await house.ask('/operator', { headers: remote, form: { token } })).status, 403);
  });

  for (const sender of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    test(`does not work from another site: ${Object.keys(sender).join()}`, async (t) => {
      const house = await openHouse(t);
      const token = await addLink(house);
      const answer = await house.ask('/operator', { headers: { ...remote, ...sender }, form: { token } });
      assert.deepEqual([answer.status, answer.headers['set-cookie']], [403, undefined]);
    });
  }

  test('is kept as a hash only, like the session', async (t) => {
    const house = await openHouse(t);
    const answer = await signIn(house);
    const [, session = ''] = cookieOf(answer).split('=');
    const rows = ['operator_links', 'sessions'].flatMap((table) => house.db.prepare(`SELECT * FROM ${table}`).all());
    assert.deepEqual(
      rows.map(({ hash }) => hash),
      [hashOf(session)],
    );
  });
});

suite('a session', () => {
  const https = { publicUrl: 'https://bot.example.com' };
  const cookies: [string, Partial<ServerPorts>, Record<string, string>, RegExp][] = [
    ['over http', {}, {}, /^github-bot=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/],
    ['over https', https, {}, /^__Host-github-bot=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure$/],
    ['behind a trusted proxy', { trustProxy: true }, { 'x-forwarded-proto': 'https' }, /^__Host-.*; Secure$/],
    ['behind a proxy nobody trusts', {}, { 'x-forwarded-proto': 'https' }, /^github-bot=(?!.*Secure)/],
  ];
  for (const [where, ports, headers, form] of cookies) {
    test(`has a cookie of its own kind ${where}`, async (t) => {
      const house = await openHouse(t, ports);
      const answer = await signIn(house, { ...remote, ...headers });
      assert.match(answer.headers['set-cookie']?.[0] ?? '', form);
    });
  }

  test('ends after twelve hours', async (t) => {
    const house = await openHouse(t);
    const cookie = cookieOf(await signIn(house));
    house.clock.jump(12 * 60 * minute - 1);
    assert.equal((await house.ask('/deliveries', { headers: { ...remote, cookie } })).status, 200);
    house.clock.jump(1);
    assert.equal((await house.ask('/deliveries', { headers: { ...remote, cookie } })).status, 403);
  });

  test('ends when its login leaves OPERATORS, in any case of letters', async (t) => {
    const operators = ['LIN'];
    const house = await openHouse(t, { operators });
    const cookie = cookieOf(await signIn(house));
    assert.equal((await house.ask('/deliveries', { headers: { ...remote, cookie } })).status, 200);
    operators[0] = 'chen';
    assert.equal((await house.ask('/deliveries', { headers: { ...remote, cookie } })).status, 403);
  });

  test('ends when its owner signs out, for good', async (t) => {
    const house = await openHouse(t);
    const headers = { ...remote, cookie: cookieOf(await signIn(house)) };
    const csrf = hidden((await house.ask('/', { headers })).text, 'csrf');
    assert.equal((await house.ask('/operator/sign-out', { headers, form: { csrf: 'x' } })).status, 403);
    const left = await house.ask('/operator/sign-out', { headers, form: { csrf } });
    assert.deepEqual([left.status, left.headers.location], [303, '/']);
    assert.match(left.headers['set-cookie']?.[0] ?? '', /^github-bot=; Path=\/; Max-Age=0;/);
    assert.equal((await house.ask('/deliveries', { headers })).status, 403);
  });
});

suite('a form that changes something', () => {
  async function aside(t: Parameters<typeof openHouse>[0]) {
    const house = await openHouse(t);
    await house.store.saveDelivery(delivery(house.clock), [pull(12)]);
    const [row] = await house.store.deliveries({ limit: 1 });
    house.db.exec(`UPDATE deliveries SET state = 'aside', reason = 'it broke'; DELETE FROM hints; DELETE FROM lanes`);
    await house.store.saveReport(memory(report('r-1', pull(12))).report);
    const path = `/deliveries/${row?.id}/replay`;
    const page = await house.ask(path);
    return { house, path, csrf: hidden(page.text, 'csrf'), confirm: hidden(page.text, 'confirm'), id: row?.id ?? '' };
  }
  const state = async (house: House) => (await house.store.deliveries({ limit: 1 }))[0]?.state;

  const refused: [string, number, (good: { csrf: string; confirm: string }) => Record<string, string>, object?][] = [
    ['without its token', 403, ({ confirm }) => ({ confirm })],
    ['with a wrong token', 403, ({ confirm }) => ({ confirm, csrf: 'x'.repeat(43) })],
    ['with an empty token', 403, ({ confirm }) => ({ confirm, csrf: '' })],
    ['without what was confirmed', 400, ({ csrf }) => ({ csrf })],
    ['for something else than was confirmed', 400, ({ csrf }) => ({ csrf, confirm: 'another' })],
    ['from another site', 403, (good) => good, { origin: 'https://evil.example' }],
    ['from a page of another site', 403, (good) => good, { 'sec-fetch-site': 'cross-site' }],
    ['from a neighbour of the site', 403, (good) => good, { 'sec-fetch-site': 'same-site' }],
    ['by a name that leads here', 403, (good) => good, { host: 'evil.example' }],
  ];
  for (const [how, status, form, headers = {}] of refused) {
    test(`${how} changes nothing`, async (t) => {
      const { house, path, csrf, confirm } = await aside(t);
      const answer = await house.ask(path, {
        headers: headers as Record<string, string>,
        form: form({ csrf, confirm }),
      });
      assert.equal(answer.status, status);
      assert.equal(await state(house), 'aside');
    });
  }

  test('is done once, and who did it is kept and told', async (t) => {
    const { house, path, csrf, confirm, id } = await aside(t);
    const sender = { origin: 'null', 'sec-fetch-site': 'same-origin' };
    const answer = await house.ask(path, { headers: sender, form: { csrf, confirm } });
    assert.deepEqual([answer.status, answer.headers.location], [303, `/deliveries/${id}`]);
    assert.equal(await state(house), 'waiting');
    const again = await house.ask(path, { form: { csrf, confirm } });
    assert.equal(again.status, 409);
    const { deeds } = await house.store.trail(id);
    assert.deepEqual(deeds, [{ at: house.clock.now(), who: null, what: 'release' }]);
    assert.match((await house.ask(`/deliveries/${id}`)).text, /somebody on this machine/);
    assert.ok(house.lines.some((line) => /^somebody on this machine had pull_request \S+ done again$/.test(line)));
  });

  test('a page that only asks changes nothing', async (t) => {
    const { house, path } = await aside(t);
    for (const method of ['GET', 'HEAD']) await house.ask(path, { method });
    assert.equal(await state(house), 'aside');
    assert.equal((await house.ask(path, { method: 'PUT' })).status, 405);
  });

  test('a token of one reader is none of another’s', async (t) => {
    const { house, path, csrf, confirm } = await aside(t);
    const cookie = cookieOf(await signIn(house));
    const answer = await house.ask(path, { headers: { ...remote, cookie }, form: { csrf, confirm } });
    assert.equal(answer.status, 403);
    assert.equal(await state(house), 'aside');
  });
});
