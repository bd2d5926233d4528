import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { faultKinds } from '../fake-github/fault-kinds.ts';
import { expectShape } from './expect-shapes.ts';
import { parseScenarios } from './format.ts';
import { idleBot } from './idle-bot.ts';
import { outcomeLine, play } from './play.ts';
import type { Shape } from './shapes.ts';
import { ownSteps, stepShapes } from './step-shapes.ts';
import { worldShape } from './world-shape.ts';

type Row = readonly string[];

const texts = new Map(
  ['README.md', 'README.zh-CN.md'].map((file) => [file, readFileSync(join(import.meta.dirname, file), 'utf8')]),
);

/** The tables of a page in order, each a list of rows without its head. */
function tablesOf(text: string): Row[][] {
  const tables: Row[][] = [];
  let open = false;
  for (const line of text.split('\n')) {
    const cells = line.startsWith('|') ? line.split(/(?<!\\)\|/).slice(1, -1) : null;
    if (cells && !open) tables.push([]);
    if (cells) tables.at(-1)?.push(cells.map((cell) => cell.trim()));
    open = cells !== null;
  }
  return tables.map((rows) => rows.slice(2));
}

const codes = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? '');
const blocksOf = (text: string) => [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, , code]) => code ?? '');

/** Every key that may stand somewhere in a value; the steps inside `do` have rows of their own. */
function keysIn(shape: Shape | undefined): string[] {
  return Object.entries(shape?.fields ?? {}).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}

/** The columns with the name and the keys alone. */
const keyCells = (rows: readonly Row[]): Row[] => rows.map((row) => row.slice(0, 2));

const missing = (wanted: readonly string[], there: readonly string[]) => wanted.filter((key) => !there.includes(key));

for (const [file, text] of texts)
  suite(file, () => {
    const [world = [], steps = [], expects = [], kinds = [], faults = []] = tablesOf(text);
    const namesOf = (rows: readonly Row[]) => rows.map(([first = '']) => codes(first)[0] ?? '');
    const words = (rows: readonly Row[], name: string) =>
      rows
        .filter(([first = '']) => codes(first)[0] === name)
        .flatMap((row) =>
          row
            .flatMap(codes)
            .join(' ')
            .split(/[^\w-]+/),
        );

    test('every key of the world has a row', () => {
      assert.deepEqual(namesOf(world).sort(), Object.keys(worldShape.fields ?? {}).sort());
      for (const [key, shape] of Object.entries(worldShape.fields ?? {}))
        assert.deepEqual(missing(keysIn(shape), words(world, key)), [], key);
    });

    test('every step has a row with all its keys', () => {
      assert.deepEqual(namesOf(steps).sort(), Object.keys(stepShapes).sort());
      for (const [name, shape] of Object.entries(stepShapes))
        if (name !== 'expect' && name !== 'fault')
          assert.deepEqual(missing(keysIn(shape), words(keyCells(steps), name)), [], name);
    });

    test('every key of expect has a row with all its keys', () => {
      const fields = expectShape.fields ?? {};
      assert.deepEqual(namesOf(expects).sort(), Object.keys(fields).sort());
      for (const [key, shape] of Object.entries(fields))
        assert.deepEqual(missing(keysIn(shape), words(expects, key)), [], key);
    });

    test('every kind of fault and every key of it has a row', () => {
      assert.deepEqual(namesOf(kinds).sort(), [...faultKinds].sort());
      assert.deepEqual(namesOf(faults).sort(), Object.keys(stepShapes['fault']?.fields ?? {}).sort());
    });
  });

const english = texts.get('README.md') ?? '';
const chinese = texts.get('README.zh-CN.md') ?? '';

test('both languages show the same code', () => {
  assert.deepEqual(blocksOf(chinese), blocksOf(english));
  const shown = (text: string) => tablesOf(text).map((rows) => rows.map((row) => row.slice(0, -1)));
  assert.deepEqual(shown(chinese), shown(english));
});

const setting = `
title: an example
world:
  people: {lin: admin, chen: write, bob: read}
  teams: {reviewers: [chen]}
  labels: [bug]
  milestones: [v1.0]
  repositories: {acme/other: {installed: false}}
  protection: {v1: {queue: true, checks: [build]}}
  files: {.github/github-bot.yml: "pr-title: true\\n", .github/workflows/ci.yml: "on: pull_request\\n"}
steps:
  - open-pull: {by: bob, as: pr, title: "feat: a title", branch: topic}
  - open-issue: {by: bob, as: bug, title: It breaks, labels: [bug]}
  - comment: {of: pr, by: bob, as: c, body: Hello}
  - review: {of: pr, by: chen, as: r, state: approve}
`;

/** What an example needs to have happened before. */
const before: Readonly<Record<string, string>> = {
  unlabel: '',
  reopen: '  - close: {of: bug, by: lin}\n',
  up: '  - down: {}\n',
  unqueue:
    '  - create-branch: {branch: v1}\n  - edit: {of: pr, base: v1}\n  - status: {of: pr, name: build, state: success}\n  - queue-group: {of: pr}\n',
  unarchive: '  - archive: {by: lin}\n',
  unsuspend: '  - suspend: {by: lin}\n',
  'delete-bot-comment': '  - comment: {of: pr, by: lin, body: /ping}\n',
};

const [world = [], steps = [], expects = [], , faults = []] = tablesOf(english);
const examples = [...steps.map((row) => row[2] ?? ''), ...[...expects, ...faults].map((row) => row[1] ?? '')];

test('every example is one of the format', () => {
  for (const cell of examples) {
    const [example = ''] = codes(cell);
    const [parsed] = parseScenarios(`${setting}  - ${example}\n`, 'example.yml');
    assert.equal(parsed?.kind, 'scenario', `${example}: ${JSON.stringify(parsed)}`);
  }
  for (const row of world) {
    const [parsed] = parseScenarios(`title: t\nworld:\n  ${codes(row[1] ?? '')[0]}\nsteps: []\n`, 'example.yml');
    assert.equal(parsed?.kind, 'scenario', `${row[1]}: ${JSON.stringify(parsed)}`);
  }
});

for (const row of steps) {
  const [name = ''] = codes(row[0] ?? '');
  const [example = ''] = codes(row[2] ?? '');
  test(`the example of ${name} can be done`, async () => {
    const [parsed] = parseScenarios(`${setting}${before[name] ?? ''}  - ${example}\n`, 'example.yml');
    assert.ok(parsed?.kind === 'scenario');
    const real = ownSteps.includes(name) || name === 'rerequest' || name === 'delete-bot-comment';
    const { outcome } = await play(parsed.scenario, real ? {} : { startBot: idleBot });
    assert.ok(outcome.ok, outcomeLine(outcome));
  });
}

for (const block of blocksOf(english).filter((code) => code.startsWith('title:')))
  test(`it says of itself: ${block.split('\n')[0]}`, async () => {
    const [parsed] = parseScenarios(block, 'README.md');
    assert.ok(parsed?.kind === 'scenario', JSON.stringify(parsed));
    const { outcome } = await play(parsed.scenario);
    assert.ok(outcome.ok, outcomeLine(outcome));
  });

test('the object of --json is as shown', async () => {
  const [story = ''] = blocksOf(english).filter((code) => code.startsWith('title:'));
  const [parsed] = parseScenarios(story.replace('comments: 1', 'comments: 2'), 'my-rules.yml');
  assert.ok(parsed?.kind === 'scenario');
  const { outcome } = await play(parsed.scenario);
  const shown = JSON.parse(blocksOf(english).find((code) => code.startsWith('{')) ?? '') as typeof outcome;
  const cut = (one: typeof outcome) => JSON.parse(JSON.stringify(one).replace(/"1: [^"]*"/, '"1: …"')) as unknown;
  assert.deepEqual(cut(shown), cut(outcome));
});
