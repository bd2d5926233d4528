import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from '../../app/facts/fact.ts';
import { fromLabels } from '../../app/merge-pool/blockers.ts';
import type { Row } from '../../app/merge-pool/blockers.ts';
import { mergeOptions } from '../../app/merge-pool/options.ts';

const label = 'do-not-merge/hold';
const hold: Row = {
  ...{ module: 'hold', mode: 'enforce', row: true, verdict: 'wait', who: 'maintainer' },
  wants: [{ kind: 'label', name: label, on: true }],
};

function told(row: Partial<Row>, labels: readonly string[] = ['Do-Not-Merge/Hold']): string[] {
  const facts = { thread: { labels } } as unknown as Facts;
  const options = mergeOptions.parse({ require: { approvals: 1 } });
  return fromLabels(facts, options, [{ ...hold, ...row }]).map(({ what }) => what.en);
}

test('a label that only says what an open row says is told of by that row alone', () => {
  assert.deepEqual(told({}), []);
  assert.deepEqual(told({}, [label, 'do-not-merge/design']), ['take off `do-not-merge/design`']);
});

test('one that no row in force keeps on is told of itself', () => {
  const itself = ['take off `Do-Not-Merge/Hold`'];
  assert.deepEqual(told({ verdict: 'pass', wants: [] }), itself);
  assert.deepEqual(told({ mode: 'warn' }), itself);
  assert.deepEqual(told({ mode: 'preview', row: false }), itself);
});
