import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadModules } from '../../app/engine/load.ts';
import { readRules } from '../../app/rules/read-rules.ts';
import { rulesSchema } from '../../app/rules/schema.ts';
import { catalogue, layer } from './stand-in.ts';

const run = promisify(execFile);
const script = new URL('../../scripts/check-rules.ts', import.meta.url).pathname;
const shipped = new URL('../../config/rules.yml', import.meta.url);

test('the JSON Schema names every key and explains it in both languages', () => {
  const schema = rulesSchema(catalogue) as { additionalProperties: boolean; properties: Record<string, any> };
  assert.equal(schema.additionalProperties, false);
  assert.deepEqual(Object.keys(schema.properties), [
    ...['language', 'checks', 'check-name', 'commands', 'extends', 'locked'],
    ...['issue-template', 'labels', 'merge', 'pr-title'],
  ]);
  const title = schema.properties['pr-title'];
  assert.equal(title.description, 'Stands in\n替身');
  assert.equal(title.anyOf[0].properties.pattern.description, 'Pattern\n正则');
  assert.equal(title.anyOf[0].properties.mode.enum.length, 4);
  assert.equal(title.anyOf[0].required, undefined);
  assert.doesNotMatch(JSON.stringify(schema), /"who"|"zh"|"format"/);
});

test('the shipped rules are silent, and sound once switched on', async () => {
  const text = await readFile(shipped, 'utf8');
  const modules = await loadModules();
  const silent = readRules([layer(text, 'operator')], modules);
  assert.deepEqual([silent.sections, silent.problems], [[], []]);
  const on = readRules([layer(text.replace(/^# (?=[a-z-]+:( |$)| )/gm, ''), 'operator')], modules);
  assert.deepEqual(on.problems, []);
  assert.deepEqual(
    on.sections.map(({ module }) => module),
    [...modules.keys(), 'merge'].sort(),
  );
  for (const { module, options } of on.sections) {
    const defaults = readRules([layer(`${module}: true`)], modules).sections[0]?.options;
    assert.deepEqual(options, defaults, `${module}: the values shown are the defaults`);
  }
});

async function check(text: string | null, env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'rules-'));
  const file = join(folder, 'rules.yml');
  if (text !== null) await writeFile(file, text);
  const result = await run(process.execPath, [script, file], { env: { ...process.env, LANG: 'C', ...env } }).catch(
    (error: unknown) => error as { code: number; stdout: string; stderr: string },
  );
  await rm(folder, { recursive: true });
  return { code: 'code' in result ? result.code : 0, out: result.stdout.replaceAll(file, 'FILE'), err: result.stderr };
}

test('check-rules: what it prints and how it ends', async () => {
  assert.deepEqual(await check('language: en\n'), { code: 0, out: 'FILE ok\n', err: '' });
  const english = await check('language: english\n');
  assert.equal(english.code, 1);
  assert.match(english.out, /^FILE:1:11 `english` is no value that `language` knows\./);
  assert.match((await check('language: x\n', { LANG: 'zh_CN.UTF-8' })).out, /^FILE:1:11 `x` 不是 `language` 的可用值/);
  assert.equal((await check(null)).code, 2);
  const bare = await run(process.execPath, [script]).catch(
    (error: unknown) => error as { code: number; stderr: string },
  );
  assert.equal('code' in bare && bare.code, 2);
});
