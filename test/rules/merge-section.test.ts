import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsIn } from '../../app/rules/read-rules.ts';
import { read, readBoth } from './stand-in.ts';

const merge = (rules: ReturnType<typeof read>) => rules.sections.find(({ module }) => module === 'merge');
const told = (text: string) =>
  faultsIn(read(text)).map(({ line, column, message }) => `${line}:${column} ${message.en}`);

test('merge is a section like a module’s', () => {
  const section = merge(read('merge: {mode: warn, only: {branches: [main]}, method: rebase}'));
  assert.equal(section?.mode, 'warn');
  assert.deepEqual(section.only, { branches: ['main'] });
  const { method, require } = section.options as { method: string; require: object };
  assert.equal(method, 'rebase');
  assert.deepEqual(require, {
    labels: [],
    'without-labels': ['do-not-merge/*', 'needs-rebase'],
    checks: 'all',
    optional: [],
    'up-to-date': 'pool',
  });
  assert.equal(merge(read('merge: false')), undefined);
  assert.equal(merge(readBoth('merge: {mode: preview}', 'merge: true'))?.mode, 'preview');
});

test('maps merge key by key through its layers, and locked keys stay', () => {
  const both = readBoth(
    'locked: [merge.method]\nmerge: {method: merge, require: {approvals: 2}}',
    'merge: {method: squash, require: {checks: required}}',
  );
  const { method, require } = merge(both)?.options as { method: string; require: Record<string, unknown> };
  assert.deepEqual([method, require['approvals'], require['checks']], ['merge', 2, 'required']);
  assert.match(both.warnings[0]?.message.en ?? '', /`merge\.method` is locked/);
});

for (const [text, says] of [
  ['merge: {metod: squash}', /^1:9 The section `merge` has no key `metod`\. Did you mean `method`/],
  ['merge:\n  method: squish', /^2:11 `squish` is no value that `method` knows/],
  ['merge:\n  freeze: [{cron: "soon", for: 1h}]', /^2:19 `soon` is no time to begin at\. .*`0 18 \* \* 5`/],
  ['merge:\n  freeze: [{cron: "0 0 * * *", for: 1h, zone: Mars}]', /^2:47 `Mars` is no time zone/],
  ['merge:\n  message: {title: "{% if x %}"}', /^2:20 This template cannot be used/],
  ['merge: {require: {optional: ["("]}}', /is no pattern of RE2/],
] as const) {
  test(`${text} is a fault with its place`, () => {
    const rules = read(text);
    assert.match(told(text).join('\n'), says);
    assert.equal(merge(rules), undefined);
  });
}

test('a section that asks nobody is at fault and stops nothing else', () => {
  const rules = read('pr-title: true\nmerge:\n  require: {approvals: 0}\n');
  assert.deepEqual(rules.problems, []);
  assert.deepEqual(
    rules.sections.map(({ module }) => module),
    ['merge', 'pr-title'],
  );
  const { fault } = merge(rules) ?? {};
  assert.match(fault?.message.en ?? '', /nobody has to agree to a merge.*Until then nothing is merged/);
  assert.equal(fault?.line, 3);
  assert.equal(told('merge: {require: {approvals: 0}}').length, 1);
});

test('who is asked may come from another layer', () => {
  const both = readBoth('merge: {require: {labels: [lgtm]}}', 'merge: {require: {approvals: 0}}');
  assert.equal(merge(both)?.fault, undefined);
});
