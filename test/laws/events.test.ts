import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { loadFacts } from '../../app/engine/load.ts';
import { unknownEvents } from './tree.ts';

interface Published {
  readonly name: string;
  readonly actions: readonly string[];
}

const published = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly Published[];
const known = new Map(published.map(({ name, actions }) => [name, actions]));

test('facts change with webhooks that GitHub sends', async () => {
  const events = [...(await loadFacts()).values()].flatMap(({ changedBy }) => changedBy);
  assert.ok(events.length > 0);
  assert.deepEqual(unknownEvents(events, known), []);
});

test('the law can fail', () => {
  assert.deepEqual(unknownEvents(['issues.labeled', 'push', 'pull_request.synchronize'], known), []);
  assert.deepEqual(unknownEvents(['issue.labeled', 'issues.labelled', 'pushed'], known), [
    'issue.labeled',
    'issues.labelled',
    'pushed',
  ]);
});
