import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Call } from '../../app/commands/command.ts';
import type { Asked } from '../../app/facts/command-facts.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';
import type { Checked, Suite, WorkflowRun } from '../../app/facts/run-facts.ts';
import module from '../../app/modules/retest/module.ts';
import { trustOf } from '../../app/modules/retest/trust.ts';

const head = 'b'.repeat(40);
const startedAt = '2026-01-05T09:10:00Z';
const at = '2026-01-05T09:50:00Z';
const chen = { id: 2003, login: 'chen', bot: false, us: false };

const checked = (name: string, id: number, state: Checked['state'] = 'success'): Checked => ({
  ...{ name, id, app: 1, state, startedAt },
});
const workflow = (
  id: number,
  name: string,
  jobs: readonly Checked[],
  more: Partial<WorkflowRun> = {},
): WorkflowRun => ({
  ...{ id, name, file: `${name.toLowerCase()}.yml`, event: 'pull_request', state: 'success', startedAt, jobs, ...more },
});
const suiteOf = (id: number, checks: readonly Checked[], more: Partial<Suite> = {}): Suite => ({
  ...{ id, slug: 'ci', asked: false, updatedAt: startedAt, checks, ...more },
});

const names = ['build', 'build-docs', 'test (18, ubuntu)', 'Unit tests'];
const workflows = [
  workflow(
    7,
    'CI',
    names.map((name, index) => checked(name, 70 + index)),
  ),
  workflow(8, 'Nightly', [checked('build', 80)], { event: 'schedule' }),
];
const seen = { sha: head, tree: '1'.repeat(40), since: '2026-01-05T09:00:00Z', first: true };
const nobody = { level: 'none', member: false, teams: [] } as const;
const plain: Given = { head: seen, trust: { ...nobody, level: 'write' }, runs: { workflows } };

function say(name: string, what: string, given: Given = plain, options: object = {}, merge: unknown = null) {
  const command = module.commands?.(module.options.parse(options), (id) => (id === 'merge' ? merge : null))[name];
  const said = { key: 'IC_1:0', name, written: name, by: chen, at, surface: 'comment' } as const;
  const call: Call = { ...said, args: what === '' ? {} : { what } };
  const answer = command?.run(plainFacts(given), call, () => []);
  assert.ok(answer);
  const again = answer.wants.map((want) => (want.kind === 'retest' ? `${want.what} ${want.id}` : want.kind));
  return { again, says: answer.say?.en ?? '', outcome: answer.outcome };
}

suite('what `/test` names', () => {
  const rows: readonly [line: string, again: readonly string[]][] = [
    ['CI', ['run 7']],
    ['ci', ['run 7']],
    ['ci.yml', ['run 7']],
    ['.github/workflows/ci.yml', ['run 7']],
    ['build', ['job 70', 'job 80']],
    ['build-docs', ['job 71']],
    ['BUILD-docs', ['job 71']],
    ['build-doc', []],
    ['buil', []],
    ['test (18, ubuntu)', ['job 72']],
    ['Unit tests', ['job 73']],
    ['"Unit tests" build-docs', ['run 7']],
    ['build-docs,', ['job 71']],
    ['build-docs, nightly', ['job 71', 'run 8']],
    ['build-docs build-docs', ['job 71']],
    ['CI build-docs', ['run 7']],
    // What people start by themselves, and what the clock starts, is no part of everything.
    ['all', ['run 7']],
    ['ALL,', ['run 7']],
    ['all, nightly', ['run 7', 'run 8']],
    ['"', []],
  ];
  for (const [line, again] of rows) test(line, () => assert.deepEqual(say('test', line).again, again));
});

suite('what is asked of one run is asked at once', () => {
  const failed = [checked('a', 1, 'failure'), checked('b', 2, 'failure'), checked('c', 3)];
  const given: Given = { ...plain, runs: { workflows: [workflow(7, 'CI', failed, { state: 'failure' })] } };
  test('all that failed', () => assert.deepEqual(say('test', 'a b', given).again, ['failed 7']));
  test('some of it, and more', () => assert.deepEqual(say('test', 'a c', given).again, ['run 7']));
  test('one', () => assert.deepEqual(say('test', 'a', given).again, ['job 1']));
});

suite('what has failed', () => {
  const failing = (state: WorkflowRun['state'], began = startedAt) =>
    workflow(7, 'CI', [checked('build', 70, 'failure')], { state, startedAt: began });
  const empty = (state: WorkflowRun['state']) => workflow(7, 'CI', [], { state });
  const e2e = (more: Partial<Suite> = {}) => ({ suites: [suiteOf(9, [checked('e2e', 90, 'failure')], more)] });
  type Row = readonly [title: string, runs: Given['runs'], again: readonly string[], says?: RegExp];
  const done: readonly Row[] = [
    ['has ended', { workflows: [failing('failure')] }, ['failed 7']],
    ['began since', { workflows: [failing('pending', at)] }, []],
    ['failed again since', { workflows: [failing('failure', at)] }, []],
    ['never began', { workflows: [empty('failure')] }, ['failed 7']],
    ['of an App', e2e(), ['suite 9']],
    ['of an App that was asked before', e2e({ asked: true }), ['suite 9']],
    ['of an App that was asked since', e2e({ asked: true, updatedAt: at }), []],
  ];
  const refused: readonly Row[] = [
    ['goes on', { workflows: [failing('pending')] }, [], /`CI`: still running/],
    ['waits', { workflows: [empty('waiting')] }, [], /waits to be allowed; write `\/ok-to-test b{12}`/],
    ['of an App, and we are none', { ...e2e(), asApp: false }, [], /`e2e`: made by an App/],
    ['cannot be seen', { workflows: null }, [], /Actions: write/],
    ['is more than we look at', { complete: false }, [], /more checks than I look at/],
  ];
  const holds = ([title, runs, again, says = /^$/]: Row, outcome: string) =>
    void test(title, () => {
      const answer = say('retest', '', { ...plain, runs: { workflows: [], ...runs } });
      assert.deepEqual([answer.again, answer.outcome], [again, outcome]);
      assert.match(answer.says, says);
    });
  for (const row of done) holds(row, 'done');
  for (const row of refused) holds(row, 'refused');
});

suite('what is required', () => {
  const jobs = [checked('build', 70, 'failure')];
  const runs = { workflows: [workflow(7, 'CI', jobs, { state: 'failure' })], required: [] };
  const of = (required: object, merge: unknown = null) =>
    say('retest-required', '', { ...plain, runs: { ...runs, ...required } }, {}, merge);
  test('by the base', () => assert.deepEqual(of({ required: [{ name: 'build', app: 1 }] }).again, ['failed 7']));
  test('of another App', () => assert.deepEqual(of({ required: [{ name: 'build', app: 2 }] }).again, []));
  test('by the rules of merging', () =>
    assert.deepEqual(of({}, { require: { checks: ['build'] } }).again, ['failed 7']));
  test('by nobody', () => assert.match(of({}, { require: { checks: 'all' } }).says, /no required check has failed/));
  test('and not to be read', () => assert.match(of({ required: null }).says, /does not say which checks/));
});

suite('whom to trust', () => {
  const said: Asked = {
    ...{ key: 'IC_1:0', name: 'ok-to-test', module: 'retest', args: {}, surface: 'comment', by: chen, level: 'triage' },
    ...{ at: '2026-01-05T09:30:00Z', head, tree: '', base: 'main', withdrawn: false },
  };
  const bot = { id: 5, login: 'dependabot', bot: true, us: false };
  const stranger: Given = { trust: nobody };
  const rows: readonly [title: string, given: Given, kind: string, who?: readonly string[]][] = [
    ['somebody with triage', { trust: { ...nobody, level: 'triage' } }, 'author'],
    ['a member', { trust: { ...nobody, member: true } }, 'author'],
    ['a member where that is not enough', { trust: { ...nobody, member: true } }, 'none', ['write']],
    ['one of a team', { trust: { ...nobody, teams: ['@acme/ci'] } }, 'author', ['@acme/ci']],
    ['a stranger', stranger, 'none'],
    ['GitHub did not say', {}, 'unknown'],
    ['ourselves', { thread: { author: { ...bot, us: true } } }, 'author'],
    ['an App on a branch of the repository', { ...stranger, thread: { author: bot }, pull: { fork: false } }, 'author'],
    ['an App on a fork', { ...stranger, thread: { author: bot } }, 'none'],
    ['an App that is named', { ...stranger, thread: { author: bot } }, 'author', ['dependabot[bot]']],
    ['a stranger somebody vouched for', { ...stranger, asks: [said] }, 'said'],
    ['where GitHub did not say, too', { asks: [said] }, 'said'],
    ['of another head', { ...stranger, asks: [{ ...said, head: 'c'.repeat(40) }] }, 'none'],
    ['of another base', { ...stranger, asks: [{ ...said, base: 'next' }] }, 'none'],
    ['the comment is gone', { ...stranger, asks: [{ ...said, withdrawn: true }] }, 'none'],
    ['taken back', { ...stranger, asks: [said, { ...said, args: { what: 'cancel' }, withdrawn: true }] }, 'none'],
    ['said again', { ...stranger, asks: [said, { ...said, args: { what: 'cancel' } }, said] }, 'said'],
    ['a word of another module', { ...stranger, asks: [{ ...said, module: 'lgtm' }] }, 'none'],
  ];
  for (const [title, given, kind, who = ['triage', 'member']] of rows)
    test(title, () => assert.equal(trustOf(plainFacts(given), who).kind, kind));
});

suite('where nobody vouched, it is what the person looked at', () => {
  const replaced = { ...seen, first: false, since: '2026-01-05T09:49:30Z' };
  const runs = { workflows: [workflow(7, 'CI', [], { state: 'failure' })] } as const;
  const untrusted: Given = { trust: nobody, runs };
  const doubt = /head changed about when/;
  const lines = [
    ['retest', ''],
    ['test', 'all'],
  ] as const;
  for (const [name, what] of lines)
    test(`/${name}`, () => {
      assert.match(say(name, what, { ...untrusted, head: replaced }).says, doubt);
      assert.match(say(name, what, { ...untrusted, head: null }).says, doubt);
      assert.equal(say(name, what, { ...untrusted, head: seen }).outcome, 'done');
      assert.equal(say(name, what, { ...plain, runs, head: replaced }).outcome, 'done');
    });
});

suite('what waits starts, unless GitHub refused that', () => {
  test('where the author is trusted and nothing waited, the word is told to be needless', () => {
    const begun = workflow(7, 'CI', [], { state: 'pending', startedAt: '2026-01-05T09:51:00Z' });
    assert.match(say('ok-to-test', '').says, /the author is trusted/);
    assert.equal(say('ok-to-test', '', { ...plain, runs: { workflows: [begun] } }).says, '');
  });
  const runs = { workflows: [workflow(7, 'CI', [], { state: 'waiting' })] } as const;
  const rows: readonly [title: string, fork: boolean, want: string, id: string][] = [
    ['of a fork it is allowed', true, 'approve-run', `approve-run@${head}:7`],
    ['of the repository it is begun again', false, 'run 7', `retest@${head}:run:7:IC_1:0`],
  ];
  for (const [title, fork, want, id] of rows)
    test(title, () => {
      const given: Given = { ...plain, runs, pull: { fork } };
      assert.deepEqual(say('ok-to-test', '', given), { again: [want], says: '', outcome: 'done' });
      const refused = say('ok-to-test', '', { ...given, done: [`refused:${id}:2026-01-05`] });
      assert.deepEqual([refused.again, refused.outcome], [[], 'done']);
      assert.match(refused.says, /`CI`: GitHub refused/);
    });
});
