import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScenarios } from '../scenarios/format.ts';
import type { Stage } from '../scenarios/stage.ts';
import { killEverywhere } from './kill-everywhere.ts';

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

const commandStep = 5;

/** What the pick left behind. */
function pickedIn({ fake }: Stage) {
  const repository = fake.repository();
  const { pulls } = repository;
  const heads = repository.branches.filter((name) => name.startsWith('cherry-pick'));
  return { pulls, held: heads.map((name) => [name, repository.file(name, 'a.txt'), repository.file(name, 'd/b.txt')]) };
}

for (const parsed of parseScenarios(source, 'crash')) {
  assert.equal(parsed.kind, 'scenario');
  const { scenario } = parsed;
  test(`killed in any write of ${scenario.title}, the bot ends where it ends without`, async () => {
    const { more, writes } = await killEverywhere(scenario, { from: commandStep, look: pickedIn });
    assert.deepEqual([more?.pulls.length, more?.held.length], [2, 1]);
    // The reaction, tree, commit, ref and pull request, who is assigned, and the comment.
    assert.equal(writes, 7);
  });
}
