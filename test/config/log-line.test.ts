import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { fieldNames, readLine, visible, writeLine } from '../../config/log-line.ts';

const time = '2026-01-05T09:00:00.000Z';
const about = { delivery: 'd-1,d-2', repo: 'acme/shop', lane: '7#12', report: 'r-1' };
const formats = ['text', 'json'] as const;

/** What people may choose: titles, logins, names of branches and labels. */
const hostile = [
  'x\r\n2026-01-05T09:00:00.000Z INFO  forged delivery=d-9',
  'x\n{"time":"2026-01-05T09:00:00.000Z","level":"info","text":"forged"}',
  'x\u2028forged\u2029forged\u0085forged\u000bforged\u000cforged',
  '\u001b[2J\u001b[1;31mred\u001b]8;;https://evil.example\u0007link\u009b1m',
  '\u202egnp.exe\u2066hidden\u2069\u200b\u200f\u061c\ufeff',
  'a delivery=d-9 repo=evil/repo lane=9#9 report=r-9',
  'delivery=d-9',
  '\ud83d half a letter \udc00',
  '\u{e0041}\u{e0042} tags\u00ad',
  '","delivery":"d-9',
  'a  b   c',
  '',
];

suite('what people wrote stays on its line and in its field', () => {
  for (const format of formats) {
    for (const text of hostile) {
      test(`${format}: ${JSON.stringify(text).slice(0, 40)}`, () => {
        const line = writeLine(format, { time, level: 'warn', text, ...about, lane: `7:${text}` });
        assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/);
        assert.equal(Buffer.from(line).toString(), line, 'not valid UTF-8');
        const read = readLine(line);
        assert.deepEqual(
          { ...read, text: '', lane: '' },
          { time, level: 'warn', text: '', ...about, lane: '' },
          `read otherwise: ${line}`,
        );
        assert.equal(read?.lane, `7:${visible(text)}`);
      });
      test(`${format}: ${JSON.stringify(text).slice(0, 40)} without a field`, () => {
        const read = readLine(writeLine(format, { time, level: 'info', text }));
        assert.deepEqual(Object.keys(read ?? {}), ['time', 'level', 'text']);
      });
    }
  }

  test('whatever the letters, a line is read as it was written', () => {
    const letters = fc.string({ unit: 'binary', maxLength: 40 });
    const spiced = fc
      .array(fc.oneof(letters, fc.constantFrom(...hostile, ...fieldNames, '=', ' ', '\\')))
      .map((parts) => parts.join(''));
    const fields = fc.record(Object.fromEntries(fieldNames.map((name) => [name, spiced])), { requiredKeys: [] });
    fc.assert(
      fc.property(fc.constantFrom(...formats), spiced, fields, (format, text, some) => {
        const line = writeLine(format, { time, level: 'error', text, ...some });
        assert.ok(!/[\r\n\u2028\u2029\u001b]/.test(line));
        const read = readLine(line);
        assert.equal(read?.level, 'error');
        assert.deepEqual(
          Object.keys(read ?? {}).slice(3),
          fieldNames.filter((name) => some[name] !== undefined),
        );
      }),
      { numRuns: 500 },
    );
  });
});

test('lines that are none of ours are not read', () => {
  for (const line of ['', 'PM2 | online', '{', '{}', '[]', '{"time":"yesterday","level":"info","text":"x"}', 'null']) {
    assert.equal(readLine(line), null, line);
  }
});
