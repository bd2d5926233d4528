import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { cycles, forbiddenArrows, otherOctokits } from './arrows.ts';
import { allImports, importsOf } from './source-files.ts';

const imports = allImports();

test('every import is an arrow of the architecture', () => assert.deepEqual(forbiddenArrows(imports), []));
test('only one file knows Octokit', () => assert.deepEqual(otherOctokits(imports), []));
// The fake GitHub is left out: what GitHub knows of a thread, its pull request and its repository is a ring itself.
const products = imports.filter(({ from }) => !from.startsWith('test/'));
test('no files import each other in a ring', () => assert.deepEqual(cycles(products), []));

suite('the law can fail', () => {
  const refused: [string, string][] = [
    ['app/modules/lgtm/module.ts', "import a from '../hold/module.ts';"],
    ['app/modules/lgtm/module.ts', "import { a } from '../../github/github.ts';"],
    ['app/modules/lgtm/module.ts', "import type { A } from '../../store/store.ts';"],
    ['app/modules/lgtm/module.ts', "import { readFile } from 'node:fs/promises';"],
    ['app/modules/lgtm/module.ts', "import { a } from '../../../config/env.ts';"],
    ['app/engine/learn.ts', "import { a } from '../github/octokit.ts';"],
    ['app/engine/learn.ts', "await import('../modules/lgtm/module.ts');"],
    ['app/engine/learn.ts', "export { a } from '../queue/sqlite.ts';"],
    ['app/engine/learn.ts', "import { a } from '../github/github.ts';"],
    ['app/queue/sqlite.ts', "import { a } from '../store/sqlite.ts';"],
    ['app/wants/label.ts', "import { a } from '../facts/fact.ts';"],
    ['app/receive/server.ts', "import { a } from '../store/sqlite.ts';"],
    ['app/receive/server.ts', "import { a } from '../../config/env.ts';"],
    ['app/receive/server.ts', "import { a } from '../../config/log4js.ts';"],
    ['app/text.ts', "import { a } from './engine/load.ts';"],
    ['app/new-folder/new.ts', "import { a } from '../text.ts';"],
    ['config/env.ts', "import type { A } from '../app/text.ts';"],
    ['app/rules/tree.ts', "import koa from 'koa';"],
  ];
  for (const [file, line] of refused) {
    test(`${file}: ${line}`, () => assert.equal(forbiddenArrows(importsOf(file, line)).length, 1));
  }

  const allowed: [string, string][] = [
    ['app/modules/lgtm/module.ts', "import { defineModule } from '../module.ts';"],
    ['app/modules/lgtm/module.ts', "import { a } from './words.ts';"],
    ['app/wants/label.ts', "import type { Facts } from '../facts/fact.ts';"],
    ['app/wants/label.ts', "import { type Facts } from '../facts/fact.ts';"],
    ['app/main.ts', "import { a } from './store/sqlite.ts';"],
    ['app/main.ts', "// import { a } from 'left-pad';"],
  ];
  for (const [file, line] of allowed) {
    test(`allowed: ${file}: ${line}`, () => assert.deepEqual(forbiddenArrows(importsOf(file, line)), []));
  }

  test('Octokit elsewhere', () => {
    const line = "import { Octokit } from '@octokit/core';";
    assert.deepEqual(otherOctokits(importsOf('app/github/budget.ts', line)), ['app/github/budget.ts']);
    assert.deepEqual(otherOctokits(importsOf('app/github/octokit.ts', line)), []);
  });

  test('a ring', () => {
    const lines = [
      ...importsOf('app/a.ts', "import { b } from './b.ts';"),
      ...importsOf('app/b.ts', "import type { c } from './c.ts'; import { d } from './d.ts';"),
      ...importsOf('app/c.ts', "import { a } from './a.ts';"),
      ...importsOf('app/d.ts', "import 'node:fs';"),
    ];
    assert.deepEqual(cycles(lines), ['app/a.ts -> app/b.ts -> app/c.ts -> app/a.ts']);
  });
});
