import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branchesIn } from '../../app/facts/blockers.ts';

const rows: readonly [title: string, ...branches: string[]][] = [
  ['CI is down'],
  ['branch:main is red', 'main'],
  ['Branch:"release 1" and branch:\'dev\'', 'release 1', 'dev'],
  ['CI is on fire branch:main, branch:dev', 'main,', 'main', 'dev'],
  ['Frozen: branch:release/1.2.', 'release/1.2.', 'release/1.2'],
  ['冻结 branch:main，请勿合并', 'main，请勿合并', 'main'],
  ['冻结（ branch:main）', 'main）', 'main'],
  ['branch:feature,x', 'feature,x', 'feature'],
  ['a subbranch:main'],
];
for (const [title, ...branches] of rows)
  test(`a blocker "${title}" names ${branches.join(' ') || 'no branch'}`, () =>
    assert.deepEqual(branchesIn(title), branches));
