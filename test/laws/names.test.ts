import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { badNames, missingContracts, missingModuleFiles } from './shapes.ts';
import { projectFiles } from './source-files.ts';

const files = projectFiles().filter((file) => /^(app|config|scripts|test)\//.test(file));
const withContract = ['facts', 'wants', 'modules', 'rules', 'queue', 'store', 'github'];

test('names are in kebab-case and say something', () => assert.deepEqual(badNames(files), []));
test('a folder’s contract has the folder’s name', () => assert.deepEqual(missingContracts(files, withContract), []));
test('every module has its three files', () => assert.deepEqual(missingModuleFiles(files), []));

suite('the law can fail', () => {
  const bad = [
    ...['app/index.ts', 'app/utils/a.ts', 'app/helpers.ts', 'app/common/a.ts', 'app/base.ts', 'app/job-manager.ts'],
    ...[
      'app/mail-service.ts',
      'app/Store.ts',
      'app/readRules.ts',
      'app/read_rules.ts',
      'app/Facts/a.ts',
      'test/utils.ts',
    ],
  ];
  for (const file of bad) test(file, () => assert.deepEqual(badNames([file]), [file]));

  const good = [
    'app/store/migrations/0001-start.sql',
    'app/modules/lgtm/README.md',
    'config/log4js.ts',
    'test/a-b.test.ts',
  ];
  test('good names', () => assert.deepEqual(badNames(good), []));

  test('a folder without its contract', () => {
    assert.deepEqual(missingContracts(['app/facts/facts.ts', 'app/store/store.ts'], ['facts', 'store']), ['app/facts']);
  });
  test('a module without a page', () => {
    const two = ['app/modules/lgtm/module.ts', 'app/modules/lgtm/examples.ts', 'app/modules/module.ts'];
    assert.deepEqual(missingModuleFiles(two), ['app/modules/lgtm/README.md']);
  });
});
