import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../fake-github/seeded-random.ts';
import { parseScenarios } from '../scenarios/format.ts';
import { outcomeLine, play } from '../scenarios/play.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { endStateOf } from './end-state.ts';
import { openMailRoom } from './mail-room.ts';

const histories = 16;

const deeds = [
  'edit: {of: pr, by: bob, title: add search}',
  'edit: {of: pr, by: bob, title: "feat: add search"}',
  'edit: {of: pr, by: bob, title: "feet: add search"}',
  'push: {of: pr, by: bob, files: {a.ts: "%"}}',
  'draft: {of: pr, by: bob}',
  'ready: {of: pr, by: bob}',
  'comment: {of: pr, by: bob, body: hello %}',
  'label: {of: pr, by: lin, labels: [bug]}',
  'edit: {of: bug, by: bob, body: Help %}',
  'edit: {of: bug, by: bob, body: "## Version\\n1.%"}',
  'close: {of: bug, by: lin}',
  'reopen: {of: bug, by: lin}',
];

function scenarioOf(seed: number): Scenario {
  const chance = seededRandom(seed);
  const steps = Array.from({ length: 9 }, (_, index) => {
    const deed = deeds[Math.floor(chance() * deeds.length)] ?? '';
    return `  - ${deed.replaceAll('%', String(index))}`;
  });
  // A closed thread keeps what it had when it was closed, so that would hang on what the bot had seen by then.
  steps.push('  - reopen: {of: bug, by: lin}');
  const text = `
title: history ${seed}
world:
  people: {bob: read, lin: admin}
  labels: [bug]
  files: {.github/github-bot.yml: "pr-title: true\\nissue-template: {headings: [Version], grace: never}\\n"}
steps:
  - open-pull: {by: bob, as: pr, title: add search, files: {a.ts: "1"}}
  - open-issue: {by: bob, as: bug, title: It breaks, body: Help}
${steps.join('\n')}
  - wait: 10m
  - wait: 10m
`;
  const [parsed] = parseScenarios(text, `history ${seed}`);
  assert.ok(parsed?.kind === 'scenario');
  return parsed.scenario;
}

async function endOf(scenario: Scenario, seed: number | null) {
  const chance = seededRandom(seed ?? 0);
  const room = seed === null ? null : await openMailRoom(chance);
  const last = scenario.steps.length;
  const played = await play(scenario, {
    keep: true,
    before({ number }, _sentence, stage) {
      if (!room) return;
      stage.fake.sendTo(room.url);
      // The last but one wait is for what the first copies caused, the last one for what came of that.
      stage.act(room.deliver(`${stage.botUrl}/webhook`, number >= last - 1 ? 1 : 0.4));
    },
  });
  try {
    assert.ok(played.outcome.ok && played.stage, outcomeLine(played.outcome));
    return endStateOf(played.stage, ['pr', 'bug']);
  } finally {
    await played.close();
    await room?.close();
  }
}

test(`${histories} histories end the same when deliveries are late, doubled and in any order`, async () => {
  for (let seed = 1; seed <= histories; seed++) {
    const scenario = scenarioOf(seed);
    const clean = await endOf(scenario, null);
    const { threads } = await endOf(scenario, seed * 7919);
    assert.deepEqual(threads, clean.threads, JSON.stringify(scenario.steps.map(({ name, keys }) => [name, keys])));
  }
});
