import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScenarios } from '../scenarios/format.ts';
import { outcomeLine, play } from '../scenarios/play.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { endStateOf, madeIn } from './end-state.ts';

const source = `
title: a pick with a conflict
world:
  people: {lin: admin, chen: write, bob: read}
  members: [chen]
  files: {a.txt: "1\\n", .github/github-bot.yml: "cherry-pick: true\\n"}
steps:
  - create-branch: {branch: v1}
  - push-base: {by: lin, branch: v1, files: {a.txt: "other\\n"}}
  - open-pull: {by: bob, as: it, title: "feat: x", files: {a.txt: "2\\n", d/b.txt: "1\\n"}}
  - merge: {of: it, by: lin}
  - comment: {of: it, by: chen, body: "/cherry-pick v1"}
  - wait: 30m
`;

/** The bot dies in this write after the command, counted from 0. */
interface Crash {
  readonly at: number;
  readonly applied: boolean;
}

const commandStep = 5;

async function run(scenario: Scenario, crash: Crash | null) {
  let writes = 0;
  const played = await play(scenario, {
    keep: true,
    before({ number }, _sentence, stage) {
      if (number !== commandStep) return;
      stage.fake.gate(() => {
        if (writes++ !== crash?.at) return 'pass';
        return { apply: crash.applied, stopped: () => stage.crash() };
      });
    },
  });
  try {
    assert.ok(played.outcome.ok && played.stage, outcomeLine(played.outcome));
    const { fake } = played.stage;
    const repository = fake.repository();
    const { pulls, branches } = repository;
    const heads = branches.filter((name) => name.startsWith('cherry-pick'));
    const held = heads.map((name) => [name, repository.file(name, 'a.txt'), repository.file(name, 'd/b.txt')]);
    return { end: { ...endStateOf(played.stage, ['it']), held, pulls }, made: madeIn(played.stage), writes };
  } finally {
    await played.close();
  }
}

for (const parsed of parseScenarios(source, 'crash')) {
  assert.equal(parsed.kind, 'scenario');
  const { scenario } = parsed;
  test(`killed in any write of ${scenario.title}, the bot ends where it ends without`, async () => {
    const clean = await run(scenario, null);
    assert.equal(clean.end.pulls.length, 2);
    assert.equal(clean.end.held.length, 1);
    // The reaction, tree, commit, ref and pull request, who is assigned, and the comment.
    assert.equal(clean.writes, 7);
    for (let at = 0; at < clean.writes; at++) {
      for (const applied of [true, false]) {
        const { end, made } = await run(scenario, { at, applied });
        const which = `killed in write ${at}, ${applied ? '' : 'not '}applied`;
        assert.deepEqual(end, clean.end, which);
        for (const [route, times] of Object.entries(made))
          assert.ok(times <= (clean.made[route] ?? 0), `${which}: ${route} was made ${times} times`);
      }
    }
  });
}
