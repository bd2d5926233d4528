import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { guardFetch } from '../../app/github/guarded-fetch.ts';
import { api, reply, startStub, subjectOf, trouble } from '../github/stub-github.ts';
import { ManualClock } from '../contracts/manual-clock.ts';

const json = { 'content-type': 'application/json' };
const subject = subjectOf();

suite('an answer that is none is put off and costs no memory', () => {
  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    'with nothing in it': (response) => void response.writeHead(200, json).end(),
    'that is a page': (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Hello</h1>'),
    'said to be zipped and not': (response) =>
      void response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end('not zipped'),
    'of 9 MB': (response) => void response.writeHead(200, json).end(JSON.stringify('x'.repeat(9_000_000))),
    'of 50 MB in 50 KB': (response) =>
      void response
        .writeHead(200, { ...json, 'content-encoding': 'gzip' })
        .end(gzipSync(JSON.stringify('x'.repeat(50_000_000)))),
    'shorter than it says': (response) => {
      response.writeHead(200, { ...json, 'content-length': '100' });
      response.write('{"a":');
      setImmediate(() => response.destroy());
    },
  };
  for (const [title, answer] of Object.entries(answers)) {
    test(`one ${title}`, async (t) => {
      const { github, on, calls } = await startStub(t);
      on(api((_, response) => answer(response)));
      await assert.rejects(github.repo(subject).read.get('GET /x', {}), trouble('later'));
      assert.ok(calls(/GET \/x/).length <= 2);
    });
  }
});

test('a list whose next page is said to be elsewhere is not followed there', async (t) => {
  const evil = await startStub(t);
  const { github, on, journal } = await startStub(t);
  on(api((_, response) => reply(response, 200, [{ id: 1 }], { link: `<${evil.url}/x?page=2>; rel="next"` })));
  assert.deepEqual(await github.repo(subject).read.get('GET /x', {}), [{ id: 1 }]);
  assert.equal(evil.journal.length, 0);
  assert.ok(journal.every(({ url }) => !url.includes('page=2')));
});

suite('the one host that may be called', () => {
  const called: [string, RequestInit | undefined][] = [];
  const fetch = async (url: unknown, init?: RequestInit) => {
    called.push([String(url), init]);
    return new Response('{}');
  };
  const guarded = guardFetch({ fetch, clock: new ManualClock(), origin: 'https://api.github.com' });
  for (const address of [
    ...['http://api.github.com/x', 'https://api.github.com:8443/x', 'https://api.github.com.evil.example/x'],
    ...['https://evil.example/x', 'https://me:pw@api.github.com/x', 'file:///etc/passwd', 'https://127.0.0.1/x'],
    ...['https://169.254.169.254/latest/meta-data', 'https://[::1]/x', 'https://[::ffff:127.0.0.1]/x'],
    ...['https://2130706433/x', 'https://0x7f000001/x', 'https://0.0.0.0/x', 'https://10.0.0.1/x', 'data:,x'],
  ]) {
    test(`${address} is not it`, async () => {
      called.length = 0;
      await assert.rejects(guarded(address), /refused to call/);
      assert.deepEqual(called, []);
    });
  }
  test('is called without following where it leads', async () => {
    called.length = 0;
    await guarded('https://api.github.com/x', { redirect: 'follow' });
    assert.equal(called[0]?.[1]?.redirect, 'manual');
  });
});
