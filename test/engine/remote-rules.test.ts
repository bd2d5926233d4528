import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRemoteRules } from '../../app/engine/remote-rules.ts';
import { reply, startStub, subjectOf, trouble } from '../github/stub-github.ts';
import type { Stub } from '../github/stub-github.ts';

const asking = subjectOf();
const file = (text: string, etag: string) => ({
  body: {
    type: 'file',
    encoding: 'base64',
    size: text.length,
    sha: etag,
    content: Buffer.from(text).toString('base64'),
  },
  headers: { etag: `"${etag}"` },
});

interface There {
  file: ReturnType<typeof file> | null;
  status: number;
}

/** A GitHub on which the App may use `acme/rules`, number 77, and nothing else besides the one who asks. */
function rulesRepo({ on }: Stub, there: There): void {
  on((seen, response) => {
    const names: string[] = seen.body?.repositories ?? [];
    if (seen.url.endsWith('/access_tokens') && names.length > 0) {
      if (names[0] !== 'rules') return reply(response, 422, { message: 'a repository that does not exist' });
      const repositories = [{ id: 77, name: 'rules', owner: { login: 'acme' } }];
      return reply(response, 201, { token: 'ghs_find', expires_at: '2026-01-05T10:00:00Z', repositories });
    }
    if (!seen.url.includes('/contents/')) return 'next';
    if (there.status !== 200) return reply(response, there.status, { message: 'no' });
    if (!there.file) return reply(response, 404, { message: 'Not Found' });
    if (seen.headers['if-none-match'] === there.file.headers.etag) return reply(response, 304);
    return reply(response, 200, there.file.body, there.file.headers);
  });
}

async function startRemote(t: Parameters<typeof startStub>[0], there: There) {
  const stub = await startStub(t);
  rulesRepo(stub, there);
  const { github, clock, calls } = stub;
  const remote = createRemoteRules(github, clock);
  return { remote, clock, contents: () => calls(/contents/), tokens: () => calls(/access_tokens/) };
}

test('read with a token of its own repository, at most once a minute, then conditionally', async (t) => {
  const there: There = { file: file('pr-title: true', 'one'), status: 200 };
  const { remote, clock, contents, tokens } = await startRemote(t, there);
  const both = await Promise.all([remote.read(asking, 'rules'), remote.read(asking, 'Rules')]);
  assert.deepEqual(both[0], {
    repo: { id: 77, owner: 'acme', name: 'rules' },
    file: { oid: 'one', text: 'pr-title: true' },
  });
  assert.equal(contents().length, 1);
  assert.match(contents()[0]?.url ?? '', /^\/repos\/acme\/rules\/contents\/\.github\/github-bot\.yml$/);
  assert.deepEqual(tokens().at(-1)?.body.repository_ids, [77]);
  clock.leap(59_000);
  await remote.read(asking, 'rules');
  assert.equal(contents().length, 1);
  clock.leap(2_000);
  assert.equal((await remote.read(asking, 'rules'))?.file?.oid, 'one');
  assert.deepEqual([contents().length, contents()[1]?.headers['if-none-match']], [2, '"one"']);
  there.file = file('pr-title: false', 'two');
  remote.forget({ owner: 'ACME', name: 'rules' });
  assert.equal((await remote.read(asking, 'rules'))?.file?.text, 'pr-title: false');
});

test('no file is no file; a repository the App was not given is none, and is not asked about every minute', async (t) => {
  const { remote, clock, tokens, contents } = await startRemote(t, { file: null, status: 200 });
  assert.equal((await remote.read(asking, 'rules'))?.file, null);
  const before = tokens().length;
  assert.equal(await remote.read(asking, 'secret'), null);
  clock.leap(120_000);
  assert.equal(await remote.read(asking, 'secret'), null);
  assert.equal(tokens().length, before + 1);
  assert.equal(contents().length, 1);
});

for (const status of [403, 500, 502]) {
  test(`${status} is unknown: it is asked again and never taken for absent`, async (t) => {
    const there: There = { file: file('pr-title: true', 'one'), status };
    const { remote } = await startRemote(t, there);
    await assert.rejects(remote.read(asking, 'rules'), trouble('later'));
    there.status = 200;
    assert.equal((await remote.read(asking, 'rules'))?.file?.oid, 'one');
  });
}

test('a folder, a submodule and a file that is too large are no rules', async (t) => {
  const there: There = { file: file('x', 'one'), status: 200 };
  const { remote } = await startRemote(t, there);
  for (const body of [[], { type: 'submodule', size: 0, sha: 'a' }, { ...file('x', 'b').body, size: 70_000 }]) {
    there.file = { body: body as never, headers: { etag: '"other"' } };
    remote.forget({ owner: 'acme', name: 'rules' });
    assert.equal((await remote.read(asking, 'rules'))?.file?.text, null);
    there.file = { ...there.file, headers: { etag: `"${Math.random()}"` } };
  }
});
