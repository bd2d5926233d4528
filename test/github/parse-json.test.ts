import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../app/github/parse-json.ts';

void test('Integers that a number cannot hold come as their digits, all others as numbers', () => {
  for (const [text, value] of [
    ['[{"id":3804004623172239366,"guid":"a"}]', [{ id: '3804004623172239366', guid: 'a' }]],
    ['{"id": -9007199254740993}', { id: '-9007199254740993' }],
    ['{"id":9007199254740991}', { id: 9007199254740991 }],
    ['{"at":[1776951234567890123,1]}', { at: ['1776951234567890123', 1] }],
    ['{"share":1234567890123456.75}', { share: 1234567890123456.75 }],
    ['{"text":"see [1776951234567890123]"}', { text: 'see [1776951234567890123]' }],
    ['', ''],
    ['<html>Unicorn!</html>', '<html>Unicorn!</html>'],
  ] as const)
    assert.deepEqual(parseJson(text), value, text);
});

void test('What holds no such integer is read as JSON.parse reads it', () => {
  const shortOnly = fc.json().filter((text) => !/\d{16}/.test(text));
  fc.assert(fc.property(shortOnly, (text) => assert.deepEqual(parseJson(text), JSON.parse(text))));
});

void test('Every 64-bit integer keeps all of its digits', () => {
  const number = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
  fc.assert(
    fc.property(number, (id) => {
      const { id: read } = parseJson(JSON.stringify({ id: 0 }).replace('0', String(id))) as { id: unknown };
      assert.equal(String(read), String(id));
    }),
  );
});
