import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handle } from '../../app/engine/handle.ts';
import { loadFacts, loadKinds, loadModules } from '../../app/engine/load.ts';
import type { Ports } from '../../app/engine/outcome.ts';
import { Trouble } from '../../app/github/troubles.ts';
import type { Job } from '../../app/queue/queue.ts';
import { readRules } from '../../app/rules/read-rules.ts';
import type { Subject } from '../../app/subject.ts';

const place = { repo: { id: 7, owner: 'acme', name: 'shop' }, installation: 1 };
const pull: Subject = { ...place, kind: 'thread', number: 12 };
const text = 'lgtm: true\nmerge: {require: {labels: [lgtm]}}';

/** What is woken when an issue with this label is not there any more. */
async function wokenBy(label: string) {
  const modules = await loadModules();
  const rules = readRules([{ name: 'operator', file: 'rules.yml', oid: 'o', text }], modules);
  const setup = { rules, broken: [], modules, kinds: await loadKinds(), identity: 'app', oid: null, good: null };
  const gone = () => Promise.reject(new Trouble('gone', 'Could not resolve to an issue'));
  const body = Buffer.from(JSON.stringify({ issue: { labels: [{ name: label }] } }));
  const ports = {
    github: { identity: 'app', appId: 42, repo: () => ({ read: { graphql: gone, get: gone } }) },
    ...{ sources: await loadFacts(), setUp: { last: () => setup, of: async () => setup } },
    store: {
      ...{ delivery: async () => ({ body }), openPulls: async () => [pull], lastConsidered: async () => null },
      ...{ doneOn: async () => [], asksOn: async () => [], haltOf: async () => null },
    },
    clock: { now: () => Date.parse('2026-01-05T10:00:00Z'), random: () => 0 },
    log: { warn: () => undefined },
  } as unknown as Ports;
  const hints = [{ delivery: '1', event: 'issues', action: 'deleted' }];
  const job = {
    subject: { ...place, kind: 'thread', number: 3 },
    lane: '7#3',
    hints,
    receivedAt: [],
    errors: 4,
    woken: false,
  };
  const { memory, inTurn } = await handle(job as unknown as Job, ports);
  return { outcome: memory?.report.outcome, woken: inTurn?.subjects };
}

test('an issue that is not there any more holds no merge, and whoever it held is looked at', async () => {
  const outcome = 'gone: Could not resolve to an issue';
  assert.deepEqual(await wokenBy('merge-blocker'), { outcome, woken: [pull] });
  assert.deepEqual(await wokenBy('bug'), { outcome, woken: [] });
});
