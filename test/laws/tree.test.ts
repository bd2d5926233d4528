import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import { projectFiles, read, root } from './source-files.ts';
import { filesRunBy, linksIn, machinePathsIn, scriptsNamedIn } from './tree.ts';

const files = projectFiles().filter((file) => !/\.(png|jpg|ico|woff2?)$/.test(file));
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const pages = files.filter((file) => file.endsWith('.md'));

test('no file names a folder of one machine', () => {
  assert.deepEqual(
    files.flatMap((file) => machinePathsIn(file, read(file))),
    [],
  );
});

test('every npm script a page or program names exists', () => {
  const readers = files.filter((file) => /\.(md|example|ts|yml)$|^\.ci\/run$/.test(file) && !file.startsWith('test/'));
  const missing = readers.flatMap((file) =>
    scriptsNamedIn(read(file))
      .filter((name) => !scripts[name])
      .map((name) => `${file}: ${name}`),
  );
  assert.deepEqual(missing, []);
});

test('every npm script runs a file that is there', () => {
  const run = Object.entries(scripts).flatMap(([name, script]) =>
    filesRunBy(script).map((file) => [name, file] as const),
  );
  assert.deepEqual(
    run.filter(([, file]) => !files.includes(file)),
    [],
  );
});

test('every link to a file leads to one', () => {
  const broken = pages.flatMap((page) =>
    linksIn(read(page))
      .filter((link) => !existsSync(join(root, dirname(page), link)))
      .map((link) => `${page}: ${link}`),
  );
  assert.deepEqual(broken, []);
});

test('packages come from the public registry', () => {
  const hosts = [...read('package-lock.json').matchAll(/"resolved": "([a-z+]+:\/\/[^/"]+)/g)].map((match) => match[1]);
  assert.deepEqual(
    [...new Set(hosts)].filter((host) => host !== 'https://registry.npmjs.org'),
    [],
  );
});

suite('the law can fail', () => {
  const path = (name: string) => `/${name}/lin/app`;
  for (const text of [path('home'), `see ${path('Users')}`, `import '${path('root')}'`, `file://${path('work')}`]) {
    test(`a path: ${text.length}`, () => assert.deepEqual(machinePathsIn('a.md', `fine\n${text}`), ['a.md:2']));
  }
  const relative = (start: string) => start + path('work').replace('/app', '');
  for (const text of ['https://example.com/home/lin', relative('app'), relative('~'), 'the work/home balance']) {
    test(`no path: ${text}`, () => assert.deepEqual(machinePathsIn('a.md', text), []));
  }
  test('scripts', () => {
    const text =
      'npm ci && npm run demo, `npm test`, npm run --silent scenario -- FILE, npm run new:module x, npm start';
    assert.deepEqual(scriptsNamedIn(text), ['demo', 'test', 'scenario', 'new:module', 'start']);
    assert.deepEqual(filesRunBy('node --watch app/main.ts both && node scripts/new-module.ts'), [
      'app/main.ts',
      'scripts/new-module.ts',
    ]);
    assert.deepEqual(filesRunBy('node --test "app/**/*.test.ts"'), []);
  });
  test('links', () => {
    assert.deepEqual(linksIn('[a](b.md#c) [d](https://e) [f](#g) [h](i/)'), ['b.md', 'i/']);
  });
});
