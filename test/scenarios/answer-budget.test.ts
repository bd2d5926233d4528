import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ThreadView } from '../fake-github/fake-github.ts';
import { budgetAfter, overBudget } from './answer-budget.ts';
import { parseScenarios } from './format.ts';

const comment = (body: string, more: Partial<ThreadView['comments'][number]> = {}) => ({
  ...{ id: 1, as: null, by: 'github-bot[bot]', us: true, body, minimized: false, reactions: [] },
  ...more,
});
const card = comment('<!-- github-bot:card -->\ntitle');
const answer = comment('<!-- github-bot:say-1 -->\nno');
const asked = comment('/lgtm', { us: false, by: 'bob' });
const thread = (...comments: ThreadView['comments'][number][]) => ({ comments, reviews: [] }) as unknown as ThreadView;

test('a card, and an answer for each text of a person', () => {
  assert.deepEqual(overBudget(thread(card, answer, asked, answer), false), []);
});

test('two cards, unless one of them is folded away', () => {
  assert.deepEqual(overBudget(thread(card, card), false), ['2 cards']);
  assert.deepEqual(overBudget(thread(card, comment(card.body, { minimized: true })), false), []);
});

test('an answer to nobody', () => {
  assert.deepEqual(overBudget(thread(answer, answer), false), ['2 answers to 1 texts']);
  assert.deepEqual(overBudget(thread(answer, answer), false, 1), []);
  assert.deepEqual(overBudget(thread(answer, answer), true), []);
});

test('a comment of another kind', () => {
  const faults = overBudget(thread(comment('hello')), true);
  assert.deepEqual(faults, ['1 comments that are neither the card nor an answer']);
});

test('every thread that a scenario has opened by then is looked at', () => {
  const [parsed] = parseScenarios(
    'title: t\nsteps:\n  - open-issue: {by: bob, as: one}\n  - open-issue: {by: bob, as: two}\n',
    't.yml',
  );
  assert.ok(parsed?.kind === 'scenario');
  const fake = { thread: (as: string) => (as === 'two' ? thread(card, card) : thread(card)) };
  assert.deepEqual(budgetAfter(parsed.scenario, 1, fake), []);
  assert.deepEqual(budgetAfter(parsed.scenario, 2, fake), ['two: 2 cards']);
});
