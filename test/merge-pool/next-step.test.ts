import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Facts } from '../../app/facts/fact.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';
import type { Row } from '../../app/merge-pool/blockers.ts';
import { nobody } from '../../app/merge-pool/line.ts';
import { nextStep } from '../../app/merge-pool/next-step.ts';
import type { Case } from '../../app/merge-pool/next-step.ts';
import { mergeOptions } from '../../app/merge-pool/options.ts';
import { refusalKey } from '../../app/wants/refusal.ts';
import { mergeUnit } from '../../app/merge-pool/section.ts';

const head = 'b'.repeat(40);
type Options = Readonly<Record<string, unknown>>;

function caseOf(given: Given = {}, options: Options = {}, more: Partial<Case> = {}): Case {
  const parsed = mergeOptions.parse(options);
  return { facts: plainFacts(given), rows: [], options: parsed, mode: 'enforce', held: [], line: nobody, ...more };
}
const row = (more: Partial<Row>): Row => {
  return { module: 'pr-title', mode: 'enforce', row: true, verdict: 'fail', who: 'author', ...more };
};
const merging = [
  { kind: 'merge', head, method: 'squash', message: { title: 'feat: dark mode (#12)', body: '' } },
] as const;

test('everything is true: merged, with the head, by squash', () => {
  const step = nextStep(caseOf());
  assert.deepEqual([step.verdict, step.wants, step.who], ['pass', merging, null]);
});

const by = { id: 2001, login: 'lin', bot: false, us: false } as const;
const review = {
  id: 1,
  by,
  state: 'approved',
  at: '2026-01-05T09:30:00Z',
  level: 'write',
  current: true,
  wrote: false,
};
const reviewed = (more: object, since: string | null = null): Given => ({
  reviews: { list: [{ ...review, ...more }] as unknown as Facts['reviews']['list'], since },
});

/** Each thing that holds a merge, alone. */
const holding: readonly [title: string, given: Given, options: Options, says: RegExp, more?: Partial<Case>][] = [
  ['a draft', { pull: { draft: true } }, {}, /author – mark it as ready/],
  ['a row that fails', {}, {}, /author – settle `pr-title`/, { rows: [row({})] }],
  ['a row that waits', {}, {}, /maintainers – settle/, { rows: [row({ verdict: 'wait', who: 'maintainer' })] }],
  ['a rule that broke', {}, {}, /settle `pr-title`/, { rows: [row({ verdict: 'wait', who: 'bot' })] }],
  ['something that holds every merge', {}, {}, /maintainers – no/, { held: [{ en: 'no', 'zh-CN': '否' }] }],
  ['no approval', { reviews: { list: [] } }, {}, /reviewers – one more approval/],
  ['two approvals asked', {}, { require: { approvals: 2 } }, /one more approval/],
  ['an approval of a reader', reviewed({ level: 'triage' }), {}, /one more approval/],
  ['an approval of another head', reviewed({ current: false }), {}, /one more approval/],
  ['an approval of who wrote it', reviewed({ wrote: true }), {}, /one more approval/],
  ['an approval before the base changed', reviewed({}, '2026-01-05T09:40:00Z'), {}, /one more approval/],
  ['changes asked for', reviewed({ state: 'changes' }), { require: { approvals: 0 } }, /author – do what `lin`/],
  ['reviews not all seen', { reviews: { complete: false } }, {}, /cannot see all reviews/],
  ['a label that holds', { thread: { labels: ['Do-Not-Merge/Hold'] } }, {}, /take off `Do-Not-Merge\/Hold`/],
  ['a label that is missing', {}, { require: { labels: ['ready'] } }, /put on `ready`/],
  ['lgtm by label only', { thread: { labels: ['lgtm'] } }, { require: { labels: ['lgtm'] } }, /switch on `lgtm`/],
  ['two methods', { thread: { labels: ['merge-method/merge', 'merge-method/rebase'] } }, {}, /leave one of/],
  ['a method that is off', { repo: { methods: ['merge'] } }, {}, /`squash` is switched off here; allowed: `merge`/],
  ['a method the branch forbids', { required: { methods: ['rebase'] } }, {}, /allowed: `rebase`/],
  ['protection unread', { required: null }, {}, /cannot be read/],
  ['checks unread', { contexts: { complete: false } }, {}, /could not be read whole/],
  ['conflicts', { mergeability: { mergeable: false } }, {}, /author – resolve the conflicts with `main`/],
  ['mergeability unknown', { mergeability: { mergeable: null } }, {}, /still working out/],
  ['protection wants more', { mergeability: { blocked: true } }, {}, /the protection of `main` wants more/],
  ['a freeze', {}, { freeze: [{ cron: '0 9 * * 1', for: '5h' }] }, /frozen until 2026-01-05 14:00 UTC/],
  ['a blocker issue', { blockers: { list: [{ number: 9, branches: [] }] } }, {}, /close #9/],
  ['a blocker issue of this branch', { blockers: { list: [{ number: 9, branches: ['main'] }] } }, {}, /close #9/],
  ['too many blocker issues', { blockers: { complete: false } }, {}, /too many open issues/],
  ['nobody asked', {}, { ask: 'command' }, /maintainers – say `\/merge`$/],
  ['a queue that may not be used', { required: { queue: true } }, { 'native-queue': 'off' }, /merge through it/],
  ['whether it is behind is unknown', { behind: null }, {}, /is not known/],
];

suite('each thing that holds a merge, alone', () => {
  for (const [title, given, options, says, more] of holding) {
    test(title, () => {
      const step = nextStep(caseOf(given, options, more));
      assert.equal(step.verdict, 'wait');
      assert.deepEqual(step.wants, []);
      assert.match(step.because.en, says);
      assert.match(step.because['zh-CN'], /\p{Script=Han}/u);
    });
  }
});

suite('what does not hold a merge', () => {
  const fine: readonly [title: string, given: Given, options?: Options, rows?: readonly Row[]][] = [
    ['a row in warn', {}, {}, [row({ mode: 'warn' })]],
    ['a row in preview', {}, {}, [row({ mode: 'preview', row: false })]],
    ['a row that skips', {}, {}, [row({ verdict: 'skip' })]],
    ['a blocker issue of another branch', { blockers: { list: [{ number: 9, branches: ['dev'] }] } }],
    [
      'changes asked for by a reader',
      { reviews: { list: [review, { ...review, id: 2, state: 'changes', level: 'read' }] as never } },
    ],
    ['behind where nobody minds', { behind: true }, { require: { 'up-to-date': 'no' } }],
    ['a freeze that is over', {}, { freeze: [{ cron: '0 8 * * 1', for: '2h' }] }],
    [
      'a freeze that excepts it',
      { thread: { labels: ['hotfix'] } },
      { freeze: [{ cron: '0 9 * * 1', for: '5h', 'except-labels': ['hotfix'] }] },
    ],
  ];
  for (const [title, given, options, rows = []] of fine) {
    test(title, () => assert.equal(nextStep(caseOf(given, options, { rows })).wants[0]?.kind, 'merge'));
  }
  test('protection that may only wait for our own check', () => {
    const given = {
      mergeability: { blocked: true },
      required: { contexts: [{ name: 'github-bot (main)', app: null }] },
    };
    assert.deepEqual(nextStep(caseOf(given)).wants, merging);
    const ours = [
      {
        id: 1,
        name: 'github-bot (main)',
        head,
        completed: true,
        conclusion: 'success',
        fingerprint: '',
        rerequested: false,
      },
    ];
    assert.deepEqual(nextStep(caseOf({ ...given, checks: { ours, statuses: [] } })).wants, []);
  });
  test('the bot’s own approval, once a module gives it', () => {
    const options = { require: { labels: ['lgtm', 'approved'] } };
    const rows = (verdict: Row['verdict']) => [
      row({ module: 'lgtm', verdict: 'pass' }),
      row({ module: 'approve', verdict }),
    ];
    assert.equal(nextStep(caseOf({ reviews: { list: [] } }, options, { rows: rows('pass') })).wants[0]?.kind, 'merge');
    assert.match(nextStep(caseOf({}, options, { rows: rows('wait') })).because.en, /the approval `approved` is open/);
  });
});

suite('instead of a merge', () => {
  const putIn = { kind: 'enqueue', head, on: true, once: `queued:${head}` };
  test('behind: the branch is updated', () => {
    for (const mode of ['pool', 'branch']) {
      const step = nextStep(caseOf({ behind: true }, { require: { 'up-to-date': mode } }));
      assert.deepEqual([step.verdict, step.wants], ['wait', [{ kind: 'update-branch', head }]]);
    }
  });
  test('behind and something else missing: nothing yet', () =>
    assert.deepEqual(nextStep(caseOf({ behind: true, reviews: { list: [] } })).wants, []));
  test('protection is strict', () => {
    const given = { behind: true, required: { strict: true } };
    assert.equal(nextStep(caseOf(given, { require: { 'up-to-date': 'no' } })).wants[0]?.kind, 'update-branch');
  });
  test('GitHub’s own queue', () => {
    const step = nextStep(caseOf({ behind: true, required: { queue: true } }));
    assert.deepEqual([step.verdict, step.wants], ['pass', [putIn]]);
  });
  test('what is in the queue already is known to have been there', () => {
    const given = { required: { queue: true }, mergeability: { queued: true } };
    const inMode = (mode: 'enforce' | 'warn') => nextStep(caseOf(given, {}, { mode })).wants;
    assert.deepEqual([inMode('enforce'), inMode('warn')], [[putIn], []]);
  });
  test('what the queue sent back is not put in again', () => {
    const done = [`queued:${head}`];
    const { verdict, who, wants, because } = nextStep(caseOf({ done, required: { queue: true } }));
    assert.deepEqual([verdict, who, wants, /sent this head back/.test(because.en)], ['wait', 'author', [], true]);
    const again = nextStep(caseOf({ done, required: { queue: true }, mergeability: { queued: true } }));
    assert.equal(again.verdict, 'pass');
    const other = nextStep(caseOf({ done: ['queued:other'], required: { queue: true } }));
    assert.equal(other.wants[0]?.kind, 'enqueue');
  });
  test('what we put into the queue comes out when the rules hold it, and may go in again', () => {
    const queued = { required: { queue: true }, mergeability: { queued: true } };
    const [first, out] = [`queued:${head}`, `taken-out:${head}:1`];
    const lacks = { ...queued, reviews: { list: [] } };
    assert.deepEqual(nextStep(caseOf({ ...lacks, done: [] })).wants, [], 'somebody else put it in');
    const held = nextStep(caseOf({ ...lacks, done: [first] }));
    assert.deepEqual([held.verdict, held.wants], ['wait', [{ kind: 'enqueue', head, on: false, once: out }]]);
    const free = nextStep(caseOf({ required: { queue: true }, done: [first, out] }));
    assert.deepEqual(free.wants, [{ kind: 'enqueue', head, on: true, once: `queued:${head}:1` }]);
    const back = nextStep(caseOf({ required: { queue: true }, done: [first, out, `queued:${head}:1`] }));
    assert.match(back.because.en, /sent this head back/);
    const { wants: awaited } = nextStep(caseOf({ ...queued, contexts: { list: [] }, done: [first] }));
    assert.ok(!awaited.some((want) => want.kind === 'enqueue' && !want.on), 'checks are for the queue to await');
    assert.deepEqual(nextStep(caseOf({ ...lacks, done: [first] }, {}, { mode: 'warn' })).wants, []);
  });
  test('warn and preview only say so', () => {
    for (const mode of ['warn', 'preview'] as const) {
      const step = nextStep(caseOf({}, {}, { mode }));
      assert.deepEqual([step.verdict, step.wants], ['pass', []]);
    }
  });
  test('what GitHub refused today is not tried again today', () => {
    const now = '2026-01-05T10:00:00Z';
    const step = nextStep(caseOf({ done: [refusalKey(`merge@${head}`, now)] }));
    assert.deepEqual([step.verdict, step.wants, step.revisitAt], ['wait', [], '2026-01-06T00:00:00.000Z']);
    assert.match(step.because.en, /GitHub refused my merge.*Workflows/);
    const next = nextStep(caseOf({ now: '2026-01-06T00:00:01Z', done: [refusalKey(`merge@${head}`, now)] }));
    assert.equal(next.wants[0]?.kind, 'merge');
  });
});

suite('once it is merged', () => {
  const merged: Given = { thread: { state: 'merged' }, leftover: 'dark-mode' };
  test('the branch goes', () =>
    assert.deepEqual(nextStep(caseOf(merged)).wants, [{ kind: 'delete-branch', branch: 'dark-mode' }]));
  test('unless the rules keep it, or nothing is enforced', () => {
    assert.deepEqual(nextStep(caseOf(merged, { 'delete-branch': false })).wants, []);
    assert.deepEqual(nextStep(caseOf(merged, {}, { mode: 'warn' })).wants, []);
    assert.deepEqual(nextStep(caseOf({ ...merged, leftover: null })).wants, []);
  });
  test('closed is left alone', () => assert.equal(nextStep(caseOf({ thread: { state: 'closed' } })).verdict, 'skip'));
});

test('times to look again', () => {
  const at = (given: Given, options: Options = {}) => nextStep(caseOf(given, options)).revisitAt;
  assert.equal(at({ contexts: { list: [], since: '2026-01-05T09:59:00Z' } }), '2026-01-05T10:01:00.000Z');
  assert.equal(at({}, { freeze: [{ cron: '0 9 * * 1', for: '5h' }] }), '2026-01-05T14:00:00.000Z');
  assert.equal(at({ reviews: { list: [] } }), null);
});

test('who can act comes first: author, reviewers, maintainers', () => {
  const given: Given = {
    reviews: { list: [] },
    mergeability: { mergeable: false },
    thread: { labels: ['needs-rebase'] },
  };
  const step = nextStep(caseOf(given));
  assert.equal(step.who, 'author');
  assert.match(step.because.en, /^3 things are left: author – .*; reviewers – .*; maintainers – /);
});

const pieces = fc.subarray(holding.map((_, at) => at));
const rowsOf = (picked: readonly number[]) => picked.flatMap((at) => holding[at]![4]?.rows ?? []);

test('never a want to land while anything holds the merge', () => {
  fc.assert(
    fc.property(pieces, (picked) => {
      fc.pre(picked.length > 0);
      const some = picked.map((at) => holding[at]!);
      const given = Object.assign({}, ...some.map(([, one]) => one)) as Given;
      const options = Object.assign({}, ...some.map(([, , one]) => one)) as Options;
      // Of two pieces that say different things of one fact the later one counts, and it alone holds the merge.
      const held = some.flatMap((one) => one[4]?.held ?? []);
      const step = nextStep(caseOf(given, options, { rows: rowsOf(picked), held }));
      assert.equal(step.verdict, 'wait');
      assert.deepEqual(step.wants, []);
    }),
    { numRuns: 500 },
  );
});

test('the step does not depend on the order of rows, labels, reviews and checks', () => {
  const names = fc.uniqueArray(fc.constantFrom('lgtm', 'needs-rebase', 'do-not-merge/x', 'ready'));
  const verdict = fc.constantFrom('pass' as const, 'fail' as const, 'wait' as const);
  const rows = fc.uniqueArray(fc.record({ module: fc.constantFrom('a', 'b', 'c'), verdict }), {
    selector: (r) => r.module,
  });
  const state = fc.constantFrom('success' as const, 'failure' as const, 'pending' as const, 'skipped' as const);
  const checks = fc.uniqueArray(fc.record({ name: fc.constantFrom('x', 'y', 'z'), state }), {
    selector: (c) => c.name,
  });
  fc.assert(
    fc.property(names, rows, checks, (labels, some, list) => {
      const step = (turn: <T>(all: readonly T[]) => T[]) => {
        const contexts = turn(list).map((one) => ({ ...one, kind: 'check' as const, app: 1, ours: false }));
        const turned = turn(some).map((one) => row({ ...one }));
        return nextStep(
          caseOf({ thread: { labels: turn(labels) }, contexts: { list: contexts } }, {}, { rows: turned }),
        );
      };
      const [one, two] = [step((all) => [...all]), step((all) => all.toReversed())];
      assert.deepEqual([one.verdict, one.wants, one.who], [two.verdict, two.wants, two.who]);
      assert.equal(one.because.en, two.because.en);
    }),
  );
});

test('cross-field faults: approvals of nobody, times, zones, templates', () => {
  const hold = (options: Options) => mergeUnit.hold(mergeOptions.parse(options))?.en ?? null;
  assert.match(hold({ require: { approvals: 0 } }) ?? '', /nobody has to agree to a merge/);
  for (const fine of [
    {},
    { ask: 'command' },
    { require: { labels: ['LGTM'] } },
    { require: { approvals: 0, labels: ['approved'] } },
  ])
    assert.equal(hold(fine), null);
  const paths = (options: Options) => mergeUnit.faults(mergeOptions.parse(options)).map(({ path }) => path.join('.'));
  assert.deepEqual(paths({ freeze: [{ cron: 'soon', for: '1h' }] }), ['freeze.0.cron']);
  assert.deepEqual(paths({ freeze: [{ cron: '0 0 * * *', for: '1h', zone: 'Mars' }] }), ['freeze.0.zone']);
  assert.deepEqual(paths({ message: { title: '{{ title', body: '{% if a %}' } }), ['message.title', 'message.body']);
  assert.deepEqual(paths({}), []);
});
