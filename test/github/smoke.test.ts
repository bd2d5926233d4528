import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budget } from '../../app/github/budget.ts';
import { createGitHub } from '../../app/github/octokit.ts';
import type { Subject } from '../../app/subject.ts';
import { startFakeGitHub } from '../fake-github/fake-github.ts';
import { HastyClock } from './manual-clock.ts';

const permissions = {
  read: { metadata: 'read', issues: 'read', pull_requests: 'read' },
  write: { metadata: 'read', issues: 'write', pull_requests: 'write' },
} as const;

const label = {
  via: 'rest',
  route: 'POST /repos/{owner}/{repo}/labels',
  params: { name: 'smoke', color: 'ff0000' },
} as const;

async function start(identity: 'app' | 'token') {
  const clock = new HastyClock();
  const fake = await startFakeGitHub({ world: {}, clock, webhookSecret: 'secret', identity });
  const settings = {
    apiUrl: fake.url,
    appId: identity === 'app' ? fake.app.id : '',
    privateKey: identity === 'app' ? fake.app.privateKey : '',
    token: identity === 'app' ? '' : fake.token,
  };
  const onNotice = () => undefined;
  const budget = new Budget({ clock, load: async () => [], save: async () => undefined, onNotice });
  const github = createGitHub({ settings, clock, fetch, budget, permissions, onNotice });
  const subject: Subject = { kind: 'repo', repo: fake.repo, installation: null };
  return { fake, repo: github.repo(subject) };
}

for (const identity of ['app', 'token'] as const) {
  test(`the whole way to the fake GitHub and back, as ${identity}`, async (t) => {
    const { fake, repo } = await start(identity);
    t.after(() => fake.stop());
    const query = 'query ($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { databaseId } }';
    const { owner, name, id } = fake.repo;
    assert.deepEqual(await repo.read.graphql(query, { owner, name }), { repository: { databaseId: id } });
    await repo.write.send(label);
    assert.ok(fake.repository().labels.some((one) => one.name === 'smoke'));
    fake.fault({ kind: 'reset-after-apply', route: 'POST /repos/{owner}/{repo}/labels' });
    const other = { ...label, params: { ...label.params, name: 'other' } };
    await assert.rejects(repo.write.send(other), { kind: 'lost' });
    await assert.rejects(repo.write.send(other), { kind: 'stale' });
    const got = (await repo.read.get('GET /repos/{owner}/{repo}/labels/{name}', { name: 'other' })) as {
      name?: string;
    };
    assert.equal(got.name, 'other');
    assert.equal(await repo.read.get('GET /repos/{owner}/{repo}/labels/{name}', { name: 'none' }), null);
  });
}
