import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { longFiles, longFunctions } from './shapes.ts';
import { read, sources } from './source-files.ts';

/** Beginnings of lines of the report that are allowed, each with the reason why. */
const exceptions: Readonly<Record<string, string>> = {};

const texts = sources().map((file) => [file, read(file)] as const);
const isNoTest = ([file]: readonly [string, string]) => !file.startsWith('test/');
const excused = (line: string) => Object.keys(exceptions).some((start) => line.startsWith(start));

test('files have at most 300 lines, modules 150', () => {
  assert.deepEqual(
    longFiles(texts).filter((line) => !excused(line)),
    [],
  );
});

// A suite of tests is a list, not something to be understood at once.
test('functions have at most 40 lines', () => {
  const long = texts.filter(isNoTest).flatMap(([file, text]) => longFunctions(file, text));
  assert.deepEqual(
    long.filter((line) => !excused(line)),
    [],
  );
});

test('no exception is out of date', () => {
  const long = [...longFiles(texts), ...texts.flatMap(([file, text]) => longFunctions(file, text))];
  assert.deepEqual(
    Object.keys(exceptions).filter((start) => !long.some((line) => line.startsWith(start))),
    [],
  );
});

suite('the law can fail', () => {
  const lines = (count: number) => '// one line\n'.repeat(count);

  test('a file', () => {
    assert.deepEqual(longFiles([['app/a.ts', lines(301)]]), ['app/a.ts: 301 lines']);
    assert.deepEqual(longFiles([['app/a.ts', lines(300)]]), []);
  });
  test('a module', () => {
    assert.deepEqual(longFiles([['app/modules/lgtm/module.ts', lines(151)]]), [
      'app/modules/lgtm/module.ts: 151 lines',
    ]);
    assert.deepEqual(longFiles([['app/modules/lgtm/words.ts', lines(151)]]), []);
  });
  const forms = [
    (body: string) => `function long() {\n${body}}`,
    (body: string) => `const long = () => {\n${body}};`,
    (body: string) => `const a = { long() {\n${body}} };`,
    (body: string) => `class A { long() {\n${body}} }`,
    (body: string) => `const a = { long: async function () {\n${body}} };`,
  ];
  for (const form of forms) {
    test(form(''), () => {
      assert.match(longFunctions('app/a.ts', form(lines(39)))[0] ?? '', /^app\/a\.ts:1 long: 41 lines$/);
      assert.deepEqual(longFunctions('app/a.ts', form(lines(38))), []);
    });
  }
});
