import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

interface Examples {
  readonly name: string;
  readonly examples: readonly Record<string, unknown>[];
}

const file = new URL('../../node_modules/@octokit/webhooks-examples/api.github.com/index.json', import.meta.url);
const published = JSON.parse(readFileSync(file, 'utf8')) as Examples[];

/** Fields of things the fake has none of: deployments behind checks, `app` objects written out in full. */
const gone = new Set(['organization', 'license', 'deployment', 'app']);

/** One example of `issues` is of a pull request. */
const ofPulls = new Set(['draft', 'pull_request']);

function lacking(example: unknown, ours: unknown, path: string): string[] {
  if (typeof example !== 'object' || example === null || Array.isArray(example)) return [];
  if (typeof ours !== 'object' || ours === null) return [];
  const seen = ours as Record<string, unknown>;
  return Object.entries(example).flatMap(([key, value]) => {
    if (gone.has(key) || (/^issue(s|_comment)\./.test(path) && ofPulls.has(key))) return [];
    return key in seen ? lacking(value, seen[key], `${path}.${key}`) : [`${path}.${key}`];
  });
}

let one: Fixture;
before(async () => {
  one = await startFixture({ people: { lin: 'admin', chen: 'write' }, labels: ['bug'], milestones: ['v1'] });
});
after(() => one.stop());

async function play(): Promise<void> {
  const act = (step: string, keys: Record<string, unknown>) => one.github.act(step, keys);
  await act('open-issue', { by: 'lin', as: 'issue', title: 'It breaks', labels: ['bug'] });
  await act('edit', { of: 'issue', by: 'lin', title: 'It breaks more' });
  await act('comment', { of: 'issue', by: 'lin', as: 'said', body: 'x' });
  await act('edit-comment', { comment: 'said', by: 'lin', body: 'y' });
  await act('delete-comment', { comment: 'said' });
  await act('assign', { of: 'issue', by: 'lin', people: ['chen'] });
  await act('milestone', { of: 'issue', by: 'lin', title: 'v1' });
  await act('unlabel', { of: 'issue', by: 'lin', labels: ['bug'] });
  await act('close', { of: 'issue', by: 'lin' });
  await act('open-pull', { by: 'lin', as: 'pr', title: 'feat: x', files: { 'x.txt': 'x' }, draft: true });
  await act('ready', { of: 'pr', by: 'lin' });
  await act('request-review', { of: 'pr', by: 'lin', people: ['chen'] });
  await act('review', { of: 'pr', by: 'chen', as: 'review', state: 'approve', body: 'good' });
  await act('dismiss-review', { review: 'review', by: 'lin' });
  await act('status', { of: 'pr', name: 'ci', state: 'success' });
  await act('check', { of: 'pr', name: 'build', conclusion: 'success' });
  await act('push', { of: 'pr', by: 'lin', files: { 'x.txt': 'y' } });
  await act('queue-group', { of: 'pr' });
  await act('merge', { of: 'pr', by: 'lin' });
  await act('tag', { by: 'lin', name: 'v1.0.0' });
  await act('role', { login: 'zoe', role: 'triage' });
  await one.call('POST /repos/acme/shop/releases', { tag_name: 'v1.0.0' });
  await one.quiet();
}

test('every webhook holds what its published example holds', async () => {
  await play();
  const problems = new Set<string>();
  for (const { event, payload } of one.heard) {
    const examples = published.find(({ name }) => name === event)?.examples ?? [];
    const example = examples.find((candidate) => candidate['action'] === payload.action);
    for (const path of lacking(example, payload, event)) problems.add(path);
  }
  assert.deepEqual([...problems].sort(), []);
  assert.ok(one.heard.every(({ signed }) => signed));
});
