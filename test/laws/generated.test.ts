import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { spawnSync } from 'node:child_process';
import prettier from 'prettier';
import { generate, staleFiles } from '../../scripts/generate.ts';
import { moduleFiles, nameFault } from '../../scripts/new-module.ts';
import { between, examplesTable, optionsTable } from '../../scripts/tables.ts';
import pullTitle from '../../app/modules/pr-title/module.ts';
import { forbiddenArrows } from './arrows.ts';
import { badNames, longFiles, longFunctions } from './shapes.ts';
import { importsOf, root } from './source-files.ts';

test('generated files are fresh: npm run generate', async () => assert.deepEqual(await staleFiles(), []));

test('what is generated says something', async () => {
  const files = await generate();
  assert.match(files.get('config/generated/rules.schema.json') ?? '', /"pr-title"/);
  assert.match(
    files.get('README.md') ?? '',
    /\| \[`pr-title`\]\(app\/modules\/pr-title\/README\.md\) \| pull requests \| /,
  );
  assert.match(files.get('README.zh-CN.md') ?? '', /\| \[`pr-title`\].*\p{Script=Han}/u);
  assert.match(
    files.get('README.md') ?? '',
    /\| Permission \| Pull requests: write \| for the facts .*`pull`.*; the wishes .*`label`/,
  );
  assert.match(
    files.get('app/modules/pr-title/README.md') ?? '',
    /\| `max-length` \| `100` \| .+ \| .*\p{Script=Han}.* \|/u,
  );
});

suite('tables', () => {
  test('a cell cannot break its row', () => {
    const text = examplesTable([
      { title: 'a | b\nc', given: {}, options: { pattern: 'x|`y`' }, expect: { verdict: 'pass' } },
    ]);
    assert.equal(text.split('\n').length, 3);
    assert.match(text, /^\| a \\\| b c \| `` \{pattern: "x\\\|`y`"\} `` \| pass \|$/m);
  });
  test('every option has a row', () => {
    const rows = optionsTable(pullTitle).split('\n').slice(2);
    assert.deepEqual(
      rows.map((line) => line.split('`')[1]),
      Object.keys(pullTitle.options.shape),
    );
  });
  test('a page without markers is refused', () => {
    assert.throws(() => between('# a page', 'options', 'x'), /<!-- options:begin -->/);
    assert.equal(between('<!-- a:begin -->\nold\n<!-- a:end -->', 'a', 'new'), '<!-- a:begin -->\nnew\n<!-- a:end -->');
  });
});

suite('npm run new:module', () => {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'github-bot-module-')));
  after(() => rmSync(copy, { recursive: true }));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', env: { PATH: process.env['PATH'] } });

  test('refuses names', () => {
    const bad = [
      '',
      'PrTitle',
      'pr_title',
      'pr--title',
      '../up',
      'title-utils',
      'language',
      'check-name',
      'pr-title',
      'a'.repeat(41),
    ];
    for (const name of bad) assert.notEqual(nameFault(name), null, name);
    assert.equal(nameFault('release-freeze'), null);
  });

  test('writes files in the house’s format', async () => {
    const config = JSON.parse(readFileSync(join(root, '.prettierrc.json'), 'utf8')) as prettier.Options;
    for (const [file, text] of moduleFiles('release-freeze')) {
      if (file.endsWith('.ts'))
        assert.equal(await prettier.format(text, { ...config, parser: 'typescript' }), text, file);
    }
  });

  test('writes a module that passes types and module tests as it is', () => {
    for (const name of [
      'app',
      'config',
      'scripts',
      'test',
      'package.json',
      'tsconfig.json',
      'README.md',
      'README.zh-CN.md',
    ]) {
      cpSync(join(root, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const made = run('scripts/new-module.ts', 'release-freeze');
    assert.equal(made.status, 0, made.stderr);
    assert.equal(run('scripts/generate.ts', '--check').status, 0);
    assert.match(readFileSync(join(copy, 'README.md'), 'utf8'), /release-freeze/);
    const types = { extends: './tsconfig.json', include: ['app/modules/release-freeze'] };
    writeFileSync(join(copy, 'tsconfig.module.json'), JSON.stringify(types));
    const checked = run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.module.json');
    assert.equal(checked.status, 0, checked.stdout);
    const tested = run('--test', 'test/modules.test.ts');
    assert.equal(tested.status, 0, tested.stdout);
    assert.match(tested.stdout, /module release-freeze/);
  });

  test('writes files within the laws', () => {
    for (const [name, text] of moduleFiles('release-freeze')) {
      const file = `app/modules/release-freeze/${name}`;
      assert.deepEqual(badNames([file]), []);
      assert.deepEqual(longFiles([[file, text]]), []);
      if (!file.endsWith('.ts')) continue;
      assert.deepEqual(longFunctions(file, text), []);
      assert.deepEqual(forbiddenArrows(importsOf(file, text)), []);
    }
  });

  test('never writes over a module', () => {
    const again = run('scripts/new-module.ts', 'release-freeze');
    assert.equal(again.status, 2);
    assert.match(again.stderr, /is there already/);
    assert.ok(existsSync(join(copy, 'app/modules/release-freeze/module.ts')));
  });
});
