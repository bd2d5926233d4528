import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';
import type { Context } from '../../app/facts/merge-facts.ts';
import { nobody } from '../../app/merge-pool/line.ts';
import { nextStep } from '../../app/merge-pool/next-step.ts';
import type { Case } from '../../app/merge-pool/next-step.ts';
import { mergeOptions } from '../../app/merge-pool/options.ts';
import { refusalKey } from '../../app/wants/refusal.ts';

const head = 'b'.repeat(40);
const now = '2026-01-05T10:00:00Z';

function job(name: string, run: number, check: number, state: Context['state'] = 'failure', broke = true): Context {
  return { name, kind: 'check', app: 15368, state, ours: false, job: { run, check, broke } };
}
const elsewhere: Context = { name: 'ci', kind: 'check', app: 9, state: 'failure', ours: false };

function step(list: readonly Context[], given: Given = {}, options: object = {}, mode: Case['mode'] = 'enforce') {
  const facts = plainFacts({ now, ...given, contexts: { list } });
  return nextStep({ facts, rows: [], options: mergeOptions.parse(options), mode, held: [], line: nobody });
}
const key = (run: number, check: number) => `rerun:${head}:${run}:${check}`;
const want = (run: number, check: number) => ({ kind: 'rerun', head, run, once: key(run, check) });

suite('failed jobs run again', () => {
  const rows: readonly [title: string, list: readonly Context[], wants: readonly object[], given?: Given][] = [
    ['one', [job('build', 7, 70)], [want(7, 70)]],
    ['several of one run at once, known by the newest', [job('build', 7, 70), job('lint', 7, 71)], [want(7, 71)]],
    ['with those it ended', [job('build', 7, 70), job('other', 7, 71, 'failure', false)], [want(7, 71)]],
    ['those of each run', [job('build', 7, 70), job('docs', 8, 80)], [want(7, 70), want(8, 80)]],
    ['another failure of the same run', [job('build', 7, 72)], [want(7, 72)], { done: [key(7, 70)] }],
    [
      'of another head as if for the first time',
      [job('build', 7, 70)],
      [want(7, 70)],
      { done: ['rerun:c:7:1', 'rerun:c:7:2'] },
    ],
    ['not while the failure that ran again is still shown', [job('build', 7, 70)], [], { done: [key(7, 70)] }],
  ];
  for (const [title, list, wants, given] of rows) {
    test(title, () => {
      const found = step(list, given);
      assert.deepEqual([found.verdict, found.who, found.wants], ['wait', null, wants]);
      assert.match(found.because.en, /runs again; one head gets that 2 times at most/);
      assert.equal(found.revisitAt, '2026-01-05T10:10:00.000Z');
    });
  }
  test('not before the whole run has ended', () => {
    const list = [job('build', 7, 70), job('slow', 7, 71, 'pending', false)];
    assert.deepEqual(step(list, {}, { require: { checks: ['build'] } }).wants, []);
  });
});

suite('what failed stays failed', () => {
  type Row = readonly [string, readonly Context[], Given?, object?, Case['mode']?];
  const rows: readonly Row[] = [
    ['after as many tries as the rules say', [job('build', 7, 72)], { done: [key(7, 70), key(7, 71)] }],
    ['where the rules want no tries', [job('build', 7, 70)], {}, { retries: 0 }],
    ['where people cancelled it', [job('build', 7, 70, 'failure', false)]],
    ['where another App made the check', [elsewhere]],
    ['where only a part could run again', [job('build', 7, 70), elsewhere]],
    ['where something else is missing', [job('build', 7, 70)], { reviews: { list: [] } }],
    ['where another check still runs', [job('build', 7, 70), { ...elsewhere, state: 'pending' }]],
    ['where GitHub refused today', [job('build', 7, 70)], { done: [refusalKey(`rerun@${head}:7`, now)] }],
    ['in warn', [job('build', 7, 70)], {}, {}, 'warn'],
  ];
  for (const [title, ...given] of rows) {
    test(title, () => {
      const found = step(...given);
      assert.deepEqual([found.verdict, found.who, found.wants], ['wait', 'author', []]);
      assert.match(found.because.en, / failed/);
    });
  }
});
