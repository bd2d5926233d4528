import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadFacts, loadKinds } from '../../app/engine/load.ts';
import type { Permissions } from '../../app/github/github.ts';
import { events as eventsWithRow } from '../../app/receive/lanes-of.ts';
import type { AppManifest } from '../../scripts/app-manifest.ts';
import { root } from './source-files.ts';
import { unknownEvents } from './tree.ts';

const file = readFileSync(join(root, 'config/generated/app-manifest.json'), 'utf8');
const manifest = JSON.parse(file) as AppManifest;
const { default_permissions: rights, default_events: events } = manifest;

/** The rights this project may come to ask for, named as in https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps */
const documentedRights = [
  ...['actions', 'administration', 'checks', 'contents', 'discussions', 'issues', 'merge_queues', 'metadata'],
  ...['pull_requests', 'statuses', 'workflows', 'members'],
];

/** One of which GitHub asks for before it lets an App subscribe: https://docs.github.com/en/webhooks/webhook-events-and-payloads */
const rightsByEvent: Readonly<Record<string, readonly string[]>> = {
  check_run: ['checks'],
  check_suite: ['checks'],
  create: ['contents'],
  issue_comment: ['issues', 'pull_requests'],
  issues: ['issues'],
  merge_group: ['merge_queues'],
  pull_request: ['pull_requests'],
  pull_request_review: ['pull_requests'],
  pull_request_review_comment: ['pull_requests'],
  pull_request_review_thread: ['pull_requests'],
  push: ['contents'],
  repository: ['metadata'],
  status: ['statuses'],
};

/** Events with a row that nobody subscribes to: sent unasked, needing a right we do not ask for, or of use to no fact yet. */
const notSubscribed = [
  ...['installation', 'installation_repositories'],
  ...['branch_protection_rule', 'repository_ruleset'],
  ...['pull_request_review_comment', 'pull_request_review_thread'],
];

test('every event of the manifest is one GitHub sends and one that makes work', () => {
  const published = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
    name: string;
    actions: string[];
  }[];
  assert.deepEqual(unknownEvents(events, new Map(published.map(({ name, actions }) => [name, actions]))), []);
  assert.deepEqual(
    events.filter((event) => !eventsWithRow.includes(event)),
    [],
  );
});

test('every event that makes work is in the manifest, or known not to be', () => {
  assert.deepEqual(
    eventsWithRow.filter((event) => !events.includes(event) && !notSubscribed.includes(event)),
    [],
  );
  for (const event of notSubscribed.slice(0, 4)) assert.ok(!events.includes(event), event);
});

test('every right of the manifest is one GitHub documents', () => {
  assert.deepEqual(
    Object.keys(rights).filter((name) => !documentedRights.includes(name)),
    [],
  );
});

test('GitHub lets an App with these rights subscribe to these events', () => {
  assert.deepEqual(
    events.filter((event) => !rightsByEvent[event]?.some((name) => name in rights)),
    [],
  );
});

test('the rights are those of facts and wants, and what subscriptions alone take', async () => {
  const units = [...(await loadFacts()).values(), ...(await loadKinds()).values()];
  const asked = units.flatMap((unit): Permissions[] => [unit.permissions('issue'), unit.permissions('pull')]);
  const entries = asked.flatMap((permissions) => Object.entries(permissions));
  const levels = Map.groupBy(entries, ([name]) => name);
  const union = [...levels].map(([name, all]) => [name, all.some(([, level]) => level === 'write') ? 'write' : 'read']);
  assert.deepEqual(rights, { ...Object.fromEntries(union), merge_queues: 'read' });
});

test('the App is private and hears webhooks where the bot listens', () => {
  assert.equal(manifest.public, false);
  assert.equal(new URL(manifest.hook_attributes.url).pathname, '/webhook');
  assert.equal(manifest.hook_attributes.active, true);
  assert.ok(!('redirect_url' in manifest));
});
