import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { readSettings } from '../../config/env.ts';
import { reachGitHub } from '../../scripts/deploy/reach-github.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

suite('whether GitHub is in reach before a deployment', () => {
  let answer = 200;
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization?.split(' ')[0]}`);
    response.writeHead(answer).end('{}');
  });
  const settings = (identity: Record<string, string>) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return readSettings('worker', { ...identity, GITHUB_API_URL: url });
  };
  const app = { GITHUB_APP_ID: '7', GITHUB_PRIVATE_KEY: key };
  before(() => once(server.listen(0, '127.0.0.1'), 'listening'));
  after(() => server.close());

  test('as an App, and with a token', async () => {
    assert.equal(await reachGitHub(settings(app), {}), null);
    assert.equal(await reachGitHub(settings({ GITHUB_TOKEN: 'canary' }), {}), null);
    assert.deepEqual(asked, ['/app Bearer', '/user token']);
  });

  test('one that does not know us', async () => {
    answer = 401;
    assert.match((await reachGitHub(settings(app), {})) ?? '', /127\.0\.0\.1:\d+\/app does not know App 7.*clock/);
    const text = (await reachGitHub(settings({ GITHUB_TOKEN: 'canary' }), {})) ?? '';
    assert.match(text, /does not accept GITHUB_TOKEN/);
    assert.doesNotMatch(text, /canary/);
  });

  test('one that is in trouble, and the proxies on the way, without their passwords', async () => {
    answer = 503;
    const env = { HTTPS_PROXY: 'http://ann:canary@proxy:3128', no_proxy: 'localhost' };
    const unused = (await reachGitHub(settings(app), env)) ?? '';
    assert.match(unused, /HTTP 503\. The bot is deployed all the same/);
    assert.match(unused, /HTTPS_PROXY=http:\/\/proxy:3128 no_proxy=localhost, which Node\.js does not use/);
    const used = (await reachGitHub(settings(app), { ...env, NODE_USE_ENV_PROXY: '1' })) ?? '';
    assert.match(used, /no_proxy=localhost NODE_USE_ENV_PROXY=1$/);
    assert.doesNotMatch(unused + used, /canary|ann/);
  });
});
