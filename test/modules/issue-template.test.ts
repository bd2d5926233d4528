import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import { formOf, readForm } from '../../app/modules/issue-template/forms.ts';
import { missingIn } from '../../app/modules/issue-template/missing.ts';
import type { Wanted } from '../../app/modules/issue-template/missing.ts';
import issueTemplate from '../../app/modules/issue-template/module.ts';
import { outlineOf } from '../../app/modules/markdown.ts';

const nothing: Wanted = { headings: [], checkboxes: [], marker: '', forms: [] };

const lacks = (body: string, wanted: Partial<Wanted>) =>
  missingIn(body, { ...nothing, ...wanted })?.map(({ kind, name, there }) => `${kind} ${name} ${there}`);

const field = (type: string, label: string, more = '') => `  - {type: ${type}, attributes: {label: ${label}}${more}}\n`;
const required = ', validations: {required: true}';
const file = (text: string) => ({ file: 'a.yml', text });

suite('headings', () => {
  const headings = ['Version', 'Steps'];
  const cases: [string, string, string[]][] = [
    ['both answered', '## Version\n1\n## Steps\n2', []],
    ['one empty, one gone', '## Version\n', ['heading Version true', 'heading Steps false']],
    ['text before the heading does not count', '1\n## Version\n\n## Steps\n2', ['heading Version true']],
    ['a deeper heading belongs to it', '## Version\n1\n## Steps\n### On Linux\n2', []],
    ['unless it is asked for itself', '## Version\n### Steps\n2', ['heading Version true']],
    ['a heading of the same level ends it', '## Version\n1\n## Steps\n## Other\n2', ['heading Steps true']],
    ['a higher one too', '## Version\n1\n## Steps\n# Other\n2', ['heading Steps true']],
    ['the second of two may have the text', '## Version\n## Version\n1\n## Steps\n2', []],
    ['a quoted heading is none', '> ## Version\n> 1\n\n## Steps\n2', ['heading Version false']],
  ];
  for (const [name, body, expected] of cases) test(name, () => assert.deepEqual(lacks(body, { headings }), expected));
});

suite('boxes and marker', () => {
  const checkboxes = ['I searched', '**I read** the [code](x)'];
  const cases: [string, string, string[]][] = [
    ['both ticked', '- [x] i searched.\n- [X] I read the code', []],
    ['one not ticked', '- [ ] I searched\n- [x] I read the code', ['box I searched true']],
    ['ticked once is enough', '- [ ] I searched\n- [x] I searched\n- [x] I read the code', []],
    ['gone', '- [x] I read the code', ['box I searched false']],
    ['longer is another', '- [x] I searched nothing\n- [x] I read the code', ['box I searched false']],
  ];
  for (const [name, body, expected] of cases) test(name, () => assert.deepEqual(lacks(body, { checkboxes }), expected));
  test('a marker over two lines, with other line ends', () => {
    assert.deepEqual(lacks('a\r\n<!-- x\r\ny -->', { marker: '<!-- x\ny -->' }), []);
    assert.deepEqual(lacks('a', { marker: '<!-- x -->' }), ['marker <!-- x --> false']);
  });
  test('what stands after 64 KB is not there', () => {
    assert.deepEqual(lacks(`${'a\n'.repeat(40_000)}<!-- x -->`, { marker: '<!-- x -->' }), ['marker <!-- x --> false']);
  });
  test('nothing asked', () => assert.equal(lacks('a', {}), undefined));
});

suite('forms', () => {
  const bug = `body:\n${field('input', 'Version', required)}${field('textarea', 'Steps', required)}${field('dropdown', 'System')}`;
  const idea = `body:\n${field('textarea', 'Idea', required)}`;
  const two = [file(bug), file(idea)];

  test('is read with its required fields and boxes', () => {
    const boxes = `body:\n  - type: checkboxes\n    attributes: {label: Terms, options: [{label: I agree, required: true}, {label: news}, 7]}\n`;
    assert.deepEqual(readForm(file(boxes)), { labels: ['Terms'], required: [], boxes: ['I agree'] });
  });
  const broken = [
    '',
    'body: [',
    'a: &a [*a]',
    'body: 7',
    'body:\n  - 7\n  - {type: markdown}',
    '[[['.repeat(5000),
    '- x',
  ];
  for (const text of broken)
    test(`no form: ${JSON.stringify(text.slice(0, 30))}`, () => assert.equal(readForm(file(text)), null));
  test('aliases that multiply are refused', () => {
    const lines = Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`);
    assert.equal(readForm(file(`a0: &a0 [x]\n${lines.join('\n')}\nbody: *a30\n`)), null);
  });
  test('is the one most of whose labels stand in the text', () => {
    const formFor = (body: string) => formOf(outlineOf(body), two)?.labels[0];
    assert.equal(formFor('### Version\n1\n### Steps\n2'), 'Version');
    assert.equal(formFor('### Version\n1'), undefined);
    assert.equal(formFor('### Idea\n1'), 'Idea');
    assert.equal(formFor('## Idea\n1'), undefined);
    assert.equal(formFor('Idea'), undefined);
  });
  test('an answer may hold headings of its own, but not the next field', () => {
    assert.deepEqual(lacks('### Version\n\n## mine\n\n1\n\n### Steps\n\n### System\n\nLinux', { forms: two }), [
      'heading Steps true',
    ]);
  });
  test('a part both ask for is named once', () => {
    const body = '### Version\n\n### Steps\n\n2\n';
    assert.deepEqual(lacks(body, { forms: two, headings: ['version'] }), ['heading Version true']);
  });
});

suite('grace', () => {
  const { options } = issueTemplate;
  for (const grace of ['30m', '12h', '7d', '0', 0, 'never']) {
    test(`accepts ${grace}`, () => assert.ok(options.safeParse({ grace }).success));
  }
  for (const grace of ['7', '7w', '-1d', '1.5d', '', '99999d', 7, null, '07d', 'Never']) {
    test(`refuses ${JSON.stringify(grace)}`, () => assert.ok(!options.safeParse({ grace }).success));
  }
});

const at = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2026-02-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const happening = fc.record({
  key: fc.string(),
  kind: fc.constantFrom('labeled' as const, 'unlabeled' as const, 'closed' as const, 'reopened' as const),
  actor: fc.record({ id: fc.constant(1), login: fc.constant('x'), bot: fc.boolean(), us: fc.boolean() }),
  at,
  object: fc.constantFrom('invalid', 'Invalid', 'bug'),
});

test("for any history: a full issue is never closed, a person's closing never undone", () => {
  const full = '## Version\n1';
  fc.assert(
    fc.property(
      fc.record({
        now: at,
        happened: fc.array(happening, { maxLength: 8 }),
        state: fc.constantFrom('open' as const, 'closed' as const),
        labels: fc.subarray(['invalid', 'bug']),
        body: fc.oneof(fc.constant(full), fc.constant('## Version\n'), fc.string({ unit: 'binary' })),
        grace: fc.constantFrom('0', '7d', 'never'),
      }),
      ({ now, happened, state, labels, body, grace }) => {
        const facts = plainFacts({ now, happened, thread: { kind: 'issue', state, labels, body } });
        const decision = issueTemplate.decide(facts, issueTemplate.options.parse({ headings: ['Version'], grace }));
        const closing = decision.wants.find((want) => want.kind === 'state');
        if (body === full) assert.equal(decision.verdict, 'pass');
        if (decision.verdict === 'pass') assert.ok(closing?.open !== false && decision.fix === undefined);
        else assert.ok(closing?.open !== true);
        if (grace === 'never') assert.ok(closing?.open !== false);
        const last = happened.findLast(({ kind }) => kind === 'closed');
        if (closing?.open) assert.ok(state === 'closed' && last?.actor.us);
        if (closing && !closing.open) assert.equal(state, 'open');
        const revisit = decision.wants.find((want) => want.kind === 'revisit');
        if (revisit) assert.ok(revisit.at > now && closing === undefined);
      },
    ),
    { numRuns: 2000 },
  );
});
