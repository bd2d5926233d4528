import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScenarios } from './format.ts';
import { outcomeLine, play, type PlayOptions } from './play.ts';
import type { Scenario } from './scenario.ts';
import { called, seenComment, type Shown, shown, standIns } from './stand-in.ts';

function scenario(steps: readonly string[]): Scenario {
  const source = `title: t\nsteps:\n${steps.map((step) => `  - ${step}\n`).join('')}`;
  const [parsed] = parseScenarios(source, 'a.yml');
  assert.ok(parsed?.kind === 'scenario', JSON.stringify(parsed));
  return parsed.scenario;
}

async function played(steps: readonly string[], state: Shown = shown(), options: PlayOptions = {}) {
  const { cast, lives } = standIns(state);
  const { outcome } = await play(scenario(steps), { ...cast, ...options });
  return { outcome, lives, line: outcomeLine(outcome) };
}

const open = 'open-pull: {by: bob, as: pr, title: x}';

async function misses(expect: string, state: Partial<Shown>): Promise<string[]> {
  const { outcome } = await played([open, `expect: ${expect}`], shown(state));
  assert.equal(outcome.failed?.error ?? null, null);
  return (outcome.failed?.failures ?? []).map(({ key }) => key);
}

test('acts of the world reach the fake with their keys as written', async () => {
  const state = shown();
  const { outcome } = await played([open, 'push: {of: pr, by: bob, same-tree: true}'], state);
  assert.equal(outcome.ok, true);
  assert.deepEqual(state.acts[1], ['push', { of: 'pr', by: 'bob', 'same-tree': true }]);
});

test('an act that the fake refuses fails the step with the words of the fake', async () => {
  const { line } = await played([open, 'lock: {of: pr, by: bob}']);
  assert.equal(line, 'FAILED  t: a.yml:4: step 2 (lock): the fake cannot lock yet');
});

test('every key that does not hold is told, with what was expected and seen', async () => {
  const { line } = await played([open, 'expect: {of: pr, state: closed, comments: 1, title: a title}']);
  assert.match(line, /step 2 \(expect\): state: expected closed, seen open; comments: expected 1, seen 0/);
});

test('labels, people and plain values are compared as the format says', async () => {
  const thread = { labels: ['bug', 'p1'], assignees: ['lin', 'wu'], reviewers: ['chen'], milestone: null } as const;
  assert.deepEqual(await misses('{of: pr, labels: [p1, bug], has-labels: [bug], lacks-labels: [x]}', { thread }), []);
  assert.deepEqual(await misses('{of: pr, labels: [bug], has-labels: [x], lacks-labels: [p1]}', { thread }), [
    ...['labels', 'has-labels', 'lacks-labels'],
  ]);
  assert.deepEqual(await misses('{of: pr, assignees: [wu, lin], reviewers: [wu], milestone: null}', { thread }), [
    'reviewers',
  ]);
});

test('only visible comments of the bot speak, without their hidden parts', async () => {
  const comments = [
    seenComment('<!-- github-bot:card -->\nUse feat: or FIX:'),
    seenComment('minimised words', { minimized: true }),
    seenComment('words of bob', { us: false, by: 'bob' }),
    seenComment('the last word'),
  ];
  const state = { thread: { comments } };
  assert.deepEqual(await misses('{of: pr, comments: 2, says: [FEAT, "last word$"], last-says: last}', state), []);
  assert.deepEqual(await misses('{of: pr, says: [card], last-says: feat}', state), ['says', 'last-says']);
  assert.deepEqual(await misses('{of: pr, never-says: [minimised, bob, card]}', state), []);
  assert.deepEqual(await misses('{of: pr, never-says: [feat]}', state), ['never-says']);
});

test('rulings are read from the table of our check', async () => {
  const summary =
    '| module | verdict | because |\n| --- | --- | --- |\n| `pr-title` | fail | no type |\n| `dco` | ✅ pass | |';
  const checkSummaries = {
    'github-bot (main)': { title: '', summary, text: '' },
    'github-bot (v1)': { title: '', summary: '', text: '' },
  };
  const state = { commit: { checks: { 'github-bot (main)': 'failure' }, checkSummaries } };
  assert.deepEqual(await misses('{of: pr, rulings: {pr-title: fail, dco: pass, lgtm: none}}', state), []);
  assert.deepEqual(await misses('{of: pr, rulings: {pr-title: pass, lgtm: wait}}', state), [
    ...['rulings pr-title', 'rulings lgtm'],
  ]);
  assert.deepEqual(await misses('{of: pr, checks: {"github-bot (main)": failure, other: none}}', state), []);
  assert.deepEqual(await misses('{of: pr, checks: {"github-bot (main)": none}}', state), ['checks github-bot (main)']);
});

test('a summary that cannot be read, and a check that is not there, are told', async () => {
  const checkSummaries = { 'github-bot (main)': { title: '', summary: 'all is well', text: '' } };
  const read = await played([open, 'expect: {of: pr, rulings: {dco: pass}}'], shown({ commit: { checkSummaries } }));
  assert.match(
    read.line,
    /expected pass, seen none: the summary of `github-bot \(main\)` cannot be read: "all is well"/,
  );
  const missing = await played([open, 'expect: {of: pr, rulings: {dco: pass}}']);
  assert.match(missing.line, /seen none: there is no check of ours/);
});

test('where there is no commit, nothing is there and the reason is told', async () => {
  const { cast } = standIns(shown());
  const nowhere = () => {
    throw new Error('there is no candidate');
  };
  const startFake: typeof cast.startFake = async (options) => ({ ...(await cast.startFake(options)), commit: nowhere });
  const look = async (checks: string) =>
    outcomeLine(
      (await play(scenario([open, `expect: {of: pr, on: pool, ${checks}}`]), { ...cast, startFake })).outcome,
    );
  assert.equal(await look('checks: {a: none}, rulings: {dco: none}'), 'ok      t');
  assert.match(
    await look('checks: {a: success}'),
    /checks a: expected success, seen none of \{\}: there is no candidate/,
  );
});

test('keys of the repository are checked', async () => {
  const repository = {
    branches: ['main', 'v1'],
    file: (branch: string, path: string) => (branch === 'v1' && path === 'a' ? 'text\n' : null),
    releases: [{ tag: 'v1.0', body: '## Features', draft: false }],
    pulls: [{ number: 1, title: '[v1] fix: x', base: 'v1', draft: false, labels: ['bug', 'p1'] }],
    dispatches: [{ workflow: 'ci.yml', inputs: { job: 'e2e', ref: 'x' } }],
  };
  const state = { repository };
  const good = [
    '{branch: v1, no-branch: v2, branch-has: {v1: {a: text, b: null}}, pull-count: 1}',
    '{release: {tag: v1.0, body: [features], draft: false}, dispatches: 1}',
    '{pull: {title: "fix: x", base: v1, labels: [bug]}, dispatched: {workflow: ci.yml, inputs: {job: e2e}}}',
  ];
  for (const expect of good) assert.deepEqual(await misses(expect, state), []);
  assert.deepEqual(await misses('{branch: v2, no-branch: v1, branch-has: {v1: {a: other}}}', state), [
    ...['branch', 'no-branch', 'branch-has'],
  ]);
  assert.deepEqual(await misses('{release: {tag: v1.0, body: [fixes]}, pull-count: 2, dispatches: 0}', state), [
    ...['release', 'pull-count', 'dispatches'],
  ]);
  assert.deepEqual(await misses('{pull: {base: main}, dispatched: {workflow: cd.yml}, status: 200}', state), [
    ...['pull', 'dispatched', 'status'],
  ]);
});

test('reactions are those of the bot on that comment', async () => {
  const comments = [seenComment('/lgtm', { as: 'c', us: false, reactions: ['rocket'] })];
  const steps = (names: string) => [
    open,
    'comment: {of: pr, by: wu, as: c, body: /lgtm}',
    `expect: {reactions: {c: ${names}}}`,
  ];
  assert.equal((await played(steps('[rocket]'), shown({ thread: { comments } }))).outcome.ok, true);
  assert.equal((await played(steps('[]'), shown({ thread: { comments } }))).outcome.ok, false);
});

test('calls count the ordinary work since the last expect, but not in a wait and not as the App', async () => {
  const state = shown();
  const calling: PlayOptions = {
    before: (step) => {
      if (step.name === 'down') state.journal.push(called(true));
    },
  };
  const { cast } = standIns(state, () => state.journal.push(called(true), called(false, 'app')));
  const steps = [
    open,
    'crash: {}',
    'expect: {calls: {max: 1, writes: 1}}',
    'wait: 1m',
    'expect: {calls: {max: 0, writes: 0}}',
  ];
  assert.equal((await play(scenario(steps), { ...cast, ...calling })).outcome.ok, true);
  const { outcome } = await play(scenario([open, 'crash: {}', 'expect: {calls: {writes: 0}}']), cast);
  assert.match(outcomeLine(outcome), /calls: expected at most {"writes":0}, seen 1 calls, 1 of them writes/);
});

test('crash, down and up make new lives on the same files; deliveries go to the old address while down', async () => {
  const state = shown();
  const { lives, outcome } = await played(
    ['crash: {}', 'down: {}', 'http: {path: /healthz}', 'expect: {status: 0}', 'up: {}'],
    state,
  );
  assert.equal(outcome.ok, true, outcomeLine(outcome));
  assert.deepEqual([lives.started, lives.stopped, lives.killed], [3, 1, 2]);
  assert.deepEqual(
    state.sentTo,
    [1, 2, 3].map((port) => `http://127.0.0.1:${port}/webhook`),
  );
  assert.deepEqual([lives.settings?.role, lives.settings?.port, lives.settings?.logLevel], ['both', 0, 'off']);
  assert.equal(lives.settings?.webhookSecrets[0]?.length, 40);
});

test('an armed crash kills the bot in its next write and starts it again', async () => {
  const state = shown();
  const { lives } = await played(['crash: {at: next-write, applied: true}', 'wait: 1m', open], state, {
    before: (step) => {
      if (step.name !== 'wait') return;
      const verdict = state.gate?.({ route: 'POST /x' });
      assert.ok(verdict !== 'pass' && verdict?.apply === true);
      assert.equal(state.gate, null);
      verdict.stopped();
    },
  });
  assert.deepEqual([lives.started, lives.killed], [2, 2]);
});

test('what cannot be done to a bot that is down is an error of the step', async () => {
  assert.match((await played(['up: {}'])).line, /step 1 \(up\): the bot is up already/);
  assert.match((await played(['down: {}', 'crash: {}'])).line, /step 2 \(crash\): the bot is down/);
});

test('a bot that does not start fails the scenario', async () => {
  const startBot = () => Promise.reject(new Error('no database'));
  const { line } = await played([open], shown(), { startBot });
  assert.equal(line, 'FAILED  t: a.yml: start: no database');
});

test('hooks hear a sentence about each step, and what is kept goes on until it is closed', async () => {
  const heard: string[] = [];
  const { cast, lives } = standIns(shown());
  const kept = await play(scenario([open]), {
    ...cast,
    keep: true,
    before: (_, sentence) => void heard.push(sentence),
  });
  assert.deepEqual(heard, ['bob opens the pull request “x”']);
  assert.equal(kept.stage?.isUp, true);
  assert.equal(lives.killed, 0);
  await kept.close();
  assert.equal(lives.killed, 1);
});
