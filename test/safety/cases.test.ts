import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { projectFiles, root } from '../laws/source-files.ts';
import { cases } from './cases.ts';
import { gapsIn, staleIn, unnamedIn } from './faults.ts';

const files = projectFiles().filter((file) => /^test\/(scenarios\/.*\.yml|.*\.test\.ts)$/.test(file));

suite('the table of cases', () => {
  test('has every one of the 131 cases once, shown or with a reason', () => {
    assert.deepEqual(gapsIn(cases), []);
    assert.equal(cases.length, 131);
    assert.equal(cases.filter(({ starred }) => starred).length, 25);
  });
  test('names only tests and scenarios that are there', () => assert.deepEqual(staleIn(cases, root), []));
  test('names every test and scenario that says which case it shows', () =>
    assert.deepEqual(unnamedIn(cases, root, files), []));
});

suite('the check can fail', () => {
  const one = (id: string, ...shownBy: string[]) => ({ id, title: 'a case', shownBy });
  test('missing, unknown, twice, without a proof', () => {
    const gaps = gapsIn([...cases.slice(1), one('Z1'), one('D1', 'a › b')]);
    assert.deepEqual(gaps, ['E1 is missing', 'Z1 is unknown', 'D1 is there twice', 'Z1 shows nothing']);
  });
  test('a file or a title that is gone', () => {
    const here = 'test/safety/cases.test.ts';
    const stale = staleIn([one('E1', 'test/gone.test.ts › a', `${here} › a`, `${here} › the check can fail`)], root);
    assert.deepEqual(stale, ['E1: there is no test/gone.test.ts', `E1: ${here} has no «a»`]);
  });
  test('a scenario that is not named', () => {
    assert.ok(unnamedIn([], root, ['test/scenarios/safety.yml']).length > 30);
  });
});
