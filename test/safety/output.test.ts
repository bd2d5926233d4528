import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Store } from '../../app/store/store.ts';
import { openHouse } from '../web/house.ts';
import { freshBody, headersFor, webhookSecret } from './server-process.ts';

suite('errors tell nothing', () => {
  const inside = 'SELECT secret FROM somewhere';
  const broken = new Proxy({} as Store, {
    get: () => async () => {
      throw new Error(`${inside} at /opt/github-bot/app/store/sqlite.ts:12`);
    },
  });
  for (const path of ['/', '/deliveries', '/deliveries/1', '/r/acme/shop', '/r/acme/shop/pull/1', '/readyz']) {
    test(`${path} on a broken store`, async (t) => {
      const { ask, lines } = await openHouse(t, { store: broken });
      const { text, headers, status } = await ask(path, { headers: { host: 'localhost' } });
      assert.doesNotMatch(text + JSON.stringify(headers), /SELECT|sqlite|\.ts\b|    at |node:|koa/i);
      assert.equal(headers['x-powered-by'] ?? headers['server'], undefined);
      if (status === 500)
        assert.ok(
          lines.some((line) => line.includes(inside)),
          'the operator reads it',
        );
    });
  }
  test('a delivery on a broken store', async (t) => {
    const { url } = await openHouse(t, { store: broken, secrets: [webhookSecret] });
    const body = freshBody();
    const answer = await fetch(`${url}/webhook`, { method: 'POST', headers: headersFor(body), body });
    assert.deepEqual([answer.status, await answer.text()], [503, 'refused\n']);
  });
});

suite('what is not there', () => {
  for (const path of [
    ...['/.env', '/.git/config', '/package.json', '/app.pem', '/data/github-bot.sqlite', '/logs/github-bot.log'],
    ...['/assets/', '/assets', '/assets/page.css.map', '/assets/page.css%00.png', '/assets/%2e%2e%2f%2e%2e%2f.env'],
    ...[
      '/assets/..%5c..%5c.env',
      '/assets//page.css',
      '/assets/page.css/',
      '/debug',
      '/debug/pprof',
      '/docs',
      '/metrics',
    ],
    ...['/r/acme/shop/pull/%00', '/r/%2e%2e/%2e%2e/pull/1', '/deliveries/%', '/r/%/x/pull/1'],
  ]) {
    test(`${path} is 404 or 400, and says nothing`, async (t) => {
      const { ask } = await openHouse(t);
      const { status, text } = await ask(path, { headers: { host: 'localhost' } });
      assert.ok([404, 400].includes(status), `${status}`);
      assert.doesNotMatch(text, /SECRET|PRIVATE KEY|dependencies|ENOENT|\[core\]/);
    });
  }
});

test('fields of a search are values, whatever they hold', async (t) => {
  const { url, store, ask } = await openHouse(t, { secrets: [webhookSecret] });
  const body = freshBody();
  await fetch(`${url}/webhook`, { method: 'POST', headers: headersFor(body), body });
  const hostile = [
    `' OR '1'='1`,
    `"; DROP TABLE deliveries; --`,
    '%',
    '_',
    '*',
    '\\',
    '\0',
    `x' UNION SELECT 1--`,
    '🂡'.repeat(99),
  ];
  for (const text of hostile) {
    for (const field of ['event', 'repo', 'before', 'outcome', 'lang']) {
      const { status, text: page } = await ask(`/deliveries?${field}=${encodeURIComponent(text)}`, {
        headers: { host: 'localhost' },
      });
      assert.equal(status, 200, `${field}=${text}`);
      if (field === 'event' || field === 'repo') assert.match(page, /No delivery fits/, `${field}=${text}`);
    }
  }
  assert.equal((await store.deliveries({ limit: 9 })).length, 1);
});
