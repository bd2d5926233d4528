import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import manifest from '../../config/generated/app-manifest.json' with { type: 'json' };
import { ask } from '../../scripts/doctor/ask-github.ts';
import { app, clock, judgeSkew, reach } from '../../scripts/doctor/github.ts';
import { events, installations, permissions } from '../../scripts/doctor/rights.ts';
import { deliveries, hook, judgeHook, judgeSent, publicUrl, type Sent } from '../../scripts/doctor/webhook.ts';
import { noon, privateKey, told } from './sick-ground.ts';

const seen = {
  ...{ id: 7, slug: 'our-bot', html_url: 'https://github.com/apps/our-bot' },
  ...{ permissions: manifest.default_permissions as Record<string, string>, events: manifest.default_events },
};
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(seen.permissions).filter(([name]) => !names.includes(name)));

suite('GitHub itself', () => {
  test('reached or not', async () => {
    assert.equal(await told(reach), 'ok: GitHub answers at https://api.github.com');
    const down = async () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));
    const direct = await told(reach, { answers: { '/rate_limit': down } });
    assert.match(direct, /^fail: .* cannot be reached: ENOTFOUND -> .*reach that address.*HTTPS_PROXY/);
    const proxied = await told(reach, { answers: { '/rate_limit': down }, env: { HTTPS_PROXY: 'http://p' } });
    assert.match(proxied, /^fail: .* -> Look at the proxy/);
    const login = { status: 200, body: '<html>', headers: { 'x-github-request-id': '' } };
    const other = async () => new Response(login.body, { status: 302 });
    assert.match(
      await told(reach, { answers: { '/rate_limit': other } }),
      /^fail: something else than GitHub.*302.* -> Correct GITHUB_API_URL/,
    );
    assert.match(await told(reach, { settings: null }), /^skip/);
  });

  test('an answer that never comes is given up', async () => {
    const hang = (_: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
      });
    const real = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = () => real(5);
    const { status, why } = await ask(hang, 'https://x').finally(() => (AbortSignal.timeout = real));
    assert.deepEqual([status, why], [0, 'no answer within 8 s']);
  });

  test('the clock', async () => {
    const at = (ms: number) => told(clock, { now: () => noon + 500 + ms });
    assert.equal(await at(0), "ok: the clock agrees with GitHub's");
    assert.match(await at(30_000), /^warn: .* 30 s ahead of GitHub's -> .*timedatectl/);
    assert.match(await at(-120_000), /^fail: .* 120 s behind GitHub's -> .*timedatectl/);
    assert.deepEqual(
      [10, 11, 60, 61].map((s) => judgeSkew(s * 1000).state),
      ['ok', 'warn', 'warn', 'fail'],
    );
  });
});

suite('the App', () => {
  test('known, unknown, another one', async () => {
    assert.equal(await told(app, { answers: { '/app': seen } }), 'ok: GitHub knows the App: our-bot (7)');
    const unknown = { '/app': { status: 401, body: { message: 'A JSON web token could not be decoded' } } };
    assert.match(
      await told(app, { answers: unknown }),
      /^fail: .*App 7 by this key \(status 401: A JSON.* -> Compare GITHUB_APP_ID/,
    );
    assert.match(
      await told(app, { answers: { '/app': { ...seen, id: 8 } } }),
      /^fail: the key belongs to App 8, not 7 -> Write GITHUB_APP_ID=8/,
    );
    assert.match(await told(app), /^skip/);
  });

  test('is asked in GitHub’s time and the key stays here', async () => {
    const heard: string[] = [];
    await told(app, { answers: { '/app': seen }, heard, now: () => noon + 7_200_000 });
    const [, jwt = ''] = /Bearer ([^"]+)/.exec(heard.find((line) => line.startsWith('/app ')) ?? '') ?? [];
    const claims = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as {
      iat: number;
      iss: string;
    };
    assert.deepEqual([claims.iat, claims.iss], [noon / 1000 - 60, '7']);
    assert.ok(!heard.join().includes(privateKey.slice(40, 80)));
  });

  test('a personal token', async () => {
    const settings = { appId: '', privateKey: '', token: 't'.repeat(20) };
    assert.equal(
      await told(app, { settings, answers: { '/user': { login: 'bot' } } }),
      'ok: GitHub knows the token: bot',
    );
    const refused = { '/user': { status: 401, body: {} } };
    assert.match(
      await told(app, { settings, answers: refused }),
      /^fail: GitHub does not take the token -> Make a new one/,
    );
    for (const check of [permissions, events, installations, hook, deliveries])
      assert.match(await told(check, { settings }), /^skip: .*Apps only/);
  });

  test('permissions, and what stays off without them', async () => {
    const lacking = (...names: string[]) => ({ '/app': { ...seen, permissions: without(...names) } });
    assert.match(await told(permissions, { answers: { '/app': seen } }), /^ok/);
    const rules = 'release-notes: true\nissue-labels: {allow: [bug]}\n';
    const read = { '/app': { ...seen, permissions: { ...seen.permissions, contents: 'read' } } };
    assert.match(
      await told(permissions, { answers: read, rules }),
      /^fail: missing: contents: write; these stay off: release-notes -> .*grant contents: write/,
    );
    assert.match(
      await told(permissions, { answers: read }),
      /^warn: missing: contents: write \(for .*merge.*release-notes.*has off\)/,
    );
    assert.match(
      await told(permissions, { answers: lacking('contents') }),
      /^fail: nothing works without contents: write/,
    );
    const two = await told(permissions, { answers: lacking('issues', 'members'), rules });
    assert.match(two, /^fail: missing: issues: write, members: read; these stay off: issue-labels/);
  });

  test('events, and what stays off without them', async () => {
    assert.match(await told(events, { answers: { '/app': seen } }), /^ok/);
    const lacking = (event: string) => ({ '/app': { ...seen, events: seen.events.filter((one) => one !== event) } });
    const rules = 'pr-title: true\n';
    assert.match(
      await told(events, { answers: lacking('pull_request'), rules }),
      /^fail: missing: pull_request; these stay off: pr-title -> .*subscribe to pull_request/,
    );
    assert.match(await told(events, { answers: lacking('status'), rules }), /^warn: missing: status \(for merge/);
    assert.match(await told(events, { answers: lacking('push') }), /^fail: nothing works without push/);
  });

  test('installations', async () => {
    const one = {
      html_url: 'https://github.com/x',
      account: { login: 'acme' },
      suspended_at: null,
      permissions: seen.permissions,
    };
    const at = (...all: object[]) =>
      told(installations, { answers: { '/app': seen, '/app/installations?per_page=100': all } });
    assert.equal(await at(one), 'ok: installed at acme');
    assert.match(
      await at(),
      /^fail: .*installed nowhere -> Install it: https:\/\/github\.com\/apps\/our-bot\/installations\/new$/,
    );
    assert.match(
      await at({ ...one, suspended_at: '2026-01-01' }),
      /^warn: .*acme is suspended.* -> .*https:\/\/github\.com\/x/,
    );
    assert.match(await at(one, { ...one, permissions: without('checks') }), /^warn: acme has not accepted checks -> /);
  });
});

suite('the webhook', () => {
  const config = {
    url: 'https://bot.example.com/webhook',
    content_type: 'json',
    insecure_ssl: '0',
    secret: '********',
  };
  const bot = 'https://bot.example.com';
  const cases: readonly [string, object, string, RegExp][] = [
    ['set', {}, 'ok', /https:\/\/bot\.example\.com\/webhook$/],
    ['at the root of the bot', { url: `${bot}/` }, 'ok', /bot\.example\.com\/$/],
    [
      'without address',
      { url: '' },
      'fail',
      /no webhook address -> Write https:\/\/bot\.example\.com\/webhook as Webhook URL/,
    ],
    ['elsewhere', { url: 'https://old.example.com/webhook' }, 'warn', /old\.example\.com.*PUBLIC_URL is/],
    [
      'without secret',
      { secret: undefined },
      'fail',
      /no secret on GitHub.* -> Write the value of GITHUB_WEBHOOK_SECRET/,
    ],
    ['as a form', { content_type: 'form' }, 'fail', /sends form.* -> Set its content type/],
    ['without certificate', { insecure_ssl: '1' }, 'warn', /certificate.* -> Enable SSL/],
  ];
  for (const [title, change, state, text] of cases) {
    test(title, async () => {
      const answers = { '/app/hook/config': { ...config, ...change } };
      const said = await told(hook, { answers });
      assert.ok(said.startsWith(state), said);
      assert.match(said, text);
      assert.equal(judgeHook({ ...config, ...change }, bot)[0]?.state, state);
    });
  }

  const sent = (...codes: number[]): Sent[] =>
    codes.map((status_code) => ({ delivered_at: '', status: 'said', status_code, event: 'issues' }));
  const outcomes: readonly [readonly number[], string, RegExp][] = [
    [[202, 202], 'ok', /the last 2 deliveries arrived/],
    [[], 'warn', /nothing in the last three days -> .*Active/],
    [[202, 502], 'warn', /1 of the last 2 .*502.*newer ones arrived -> .*Recent Deliveries/],
    [[401, 202], 'fail', /1 of the last 2 .*401.* -> The secrets differ/],
    [[404], 'fail', /-> The address has another path/],
    [[413], 'fail', /-> .*client_max_body_size/],
    [[415], 'fail', /-> .*application\/json/],
    [[502], 'fail', /-> The address cannot be reached/],
    [[503], 'fail', /-> The bot could not save/],
    [[500], 'fail', /-> Look at the answers/],
  ];
  for (const [codes, state, text] of outcomes) {
    test(`deliveries answered ${codes.join() || 'never'}`, async () => {
      const said = await told(deliveries, { answers: { '/app/hook/deliveries?per_page=50': sent(...codes) } });
      assert.ok(said.startsWith(state), said);
      assert.match(said, text);
      assert.equal(judgeSent(sent(...codes)).state, state);
    });
  }

  test('the public address', async () => {
    const health = 'https://bot.example.com/healthz';
    assert.match(await told(publicUrl, { answers: { [health]: 'ok\n' } }), /^ok/);
    assert.match(
      await told(publicUrl, { answers: { [health]: { status: 502, body: 'no' } } }),
      /^warn: .*\(502\) -> Start the bot/,
    );
    assert.match(await told(publicUrl), /^warn: .*\(ECONNREFUSED\)/);
    assert.match(await told(publicUrl, { settings: { publicUrl: '' } }), /^skip/);
  });
});
