import type { Actor, Happening, Thread } from '../../facts/fact.ts';
import type { Example } from '../module.ts';

const carol: Actor = { id: 3003, login: 'carol', bot: false, us: false };
const us: Actor = { id: 9, login: 'github-bot', bot: true, us: true };
const now = '2026-01-20T10:00:00Z';

const on = {
  kind: 'label',
  name: 'invalid',
  on: true,
  color: 'e4e669',
  description: 'Parts that are asked for are still missing',
} as const;
const off = { kind: 'label', name: 'invalid', on: false } as const;
const close = { kind: 'state', open: false, reason: 'not_planned' } as const;
const reopen = { kind: 'state', open: true } as const;
const revisit = { kind: 'revisit', at: '2026-01-27T10:00:00.000Z' } as const;

const asked = { headings: ['Version', 'Steps to reproduce'] };
const full = '## Version\n1.2.3\n\n## Steps to reproduce\n1. open it\n';

const form = {
  file: 'bug.yml',
  text: `name: Bug
body:
  - type: markdown
    attributes: {value: Thanks!}
  - type: input
    attributes: {label: Version}
    validations: {required: true}
  - type: textarea
    attributes: {label: Logs}
  - type: checkboxes
    attributes:
      label: Before you send
      options: [{label: I searched the existing issues, required: true}, {label: I can help}]
`,
};

const issue = (body: string, more: Partial<Thread> = {}): Partial<Thread> => ({ kind: 'issue', body, ...more });

const event = (kind: Happening['kind'], actor: Actor, at: string): Happening => ({
  key: `${kind} ${at}`,
  kind,
  actor,
  at,
  object: kind.endsWith('labeled') ? 'invalid' : '',
});

const told = event('labeled', us, '2026-01-05T10:00:00Z');
const closedByUs = [told, event('closed', us, '2026-01-12T10:00:00Z')];

export const examples: readonly Example[] = [
  {
    title: 'two empty parts: the label, a friendly list, and a week of time',
    given: { now, thread: issue('## Version\n\n## Steps to reproduce\n<!-- tell us -->\n') },
    options: asked,
    says:
      'Thanks for the report. 2 parts are missing: `Version`, `Steps to reproduce`.\n' +
      'Edit the text above and I recheck; nothing closes for 7 days (until 2026-01-27).',
    expect: { verdict: 'fail', wants: [on, revisit] },
  },
  {
    title: 'no text at all',
    given: { now, thread: issue('') },
    options: { headings: ['Version'], checkboxes: ['I searched'], marker: '<!-- form -->' },
    says: 'missing: `<!-- form -->`, `Version`, `I searched`',
    expect: { verdict: 'fail', wants: [on, revisit] },
  },
  {
    title: 'everything there',
    given: { now, thread: issue(full) },
    options: asked,
    says: 'nothing is missing',
    expect: { verdict: 'pass', wants: [] },
  },
  {
    title: 'headings compare without case and marks, in Chinese too',
    given: { now, thread: issue('### 🐛 **版本**：\r\n1.2.3\r\n\r\nSTEPS TO REPRODUCE:\r\n---\r\n点一下\r\n') },
    options: { headings: ['版本', 'Steps to reproduce'] },
    expect: { verdict: 'pass', wants: [] },
  },
  {
    title: 'an empty answer of a form, a comment and task lines are no text',
    given: { now, thread: issue('### Version\n\n_No response_\n\n### Steps to reproduce\n\n- [x] done\n') },
    options: asked,
    says: '2 parts are missing',
    expect: { verdict: 'fail', wants: [on, revisit] },
  },
  {
    title: 'a heading that is not there is shown as one can write it',
    given: { now, thread: issue('It does not work.') },
    options: { headings: ['Version'] },
    says: 'Write each under a heading of its name, like `### Version`.',
    expect: { verdict: 'fail', wants: [on, revisit] },
  },
  {
    title: 'a ticked box hidden in code is none',
    given: {
      now,
      thread: issue('```\n- [x] I searched the existing issues\n```\n- [ ] I searched the existing issues.\n'),
    },
    options: { checkboxes: ['I searched the existing issues'] },
    says: 'One box is still to tick: `I searched the existing issues`.',
    expect: { verdict: 'fail', wants: [on, revisit] },
  },
  {
    title: 'a ticked box',
    given: { now, thread: issue('- [X] I searched the [existing issues](https://example.com)!\n') },
    options: { checkboxes: ['I searched the existing issues'] },
    expect: { verdict: 'pass', wants: [] },
  },
  {
    title: 'the marker of the form page, as the seed had it: closed at once',
    given: { now, thread: issue('Help!') },
    options: { marker: '<!-- created-by: form -->', grace: 0 },
    says: 'lacks the line of the issue form: `<!-- created-by: form -->`',
    expect: { verdict: 'fail', wants: [on, close] },
  },
  {
    title: 'the marker is there',
    given: { now, thread: issue('Help!\n\n<!-- created-by: form -->') },
    options: { marker: '<!-- created-by: form -->', grace: 0 },
    expect: { verdict: 'pass', wants: [] },
  },
  {
    title: 'required fields of the issue form it came from',
    given: {
      now,
      forms: [form],
      thread: issue(
        '### Version\n\n_No response_\n\n### Logs\n\n_No response_\n\n### Before you send\n\n- [ ] I searched the existing issues\n- [ ] I can help\n',
      ),
    },
    says: 'missing: `Version`, `I searched the existing issues`',
    expect: { verdict: 'fail', wants: [on, revisit] },
  },
  {
    title: 'an issue that came from no form is not held to one',
    given: { now, forms: [form, { file: 'broken.yml', text: 'body: [' }], thread: issue('It does not work.') },
    says: 'nothing to check here',
    expect: { verdict: 'pass', wants: [] },
  },
  {
    title: 'within the grace the end does not move',
    given: { now: '2026-01-08T10:00:00Z', thread: issue('', { labels: ['invalid'] }), happened: [told] },
    options: asked,
    says: 'until 2026-01-12',
    expect: { verdict: 'fail', wants: [on, { kind: 'revisit', at: '2026-01-12T10:00:00.000Z' }] },
  },
  {
    title: 'after the grace it is closed as not planned',
    given: { now, thread: issue('', { labels: ['invalid'] }), happened: [told] },
    options: asked,
    says: 'If the issue is closed by then, a complete text reopens it.',
    expect: { verdict: 'fail', wants: [on, close] },
  },
  {
    title: 'a grace of hours',
    given: { now, thread: issue('') },
    options: { ...asked, grace: '12h' },
    says: 'nothing closes for 12 hours.',
    expect: { verdict: 'fail', wants: [on, { kind: 'revisit', at: '2026-01-20T22:00:00.000Z' }] },
  },
  {
    title: 'never closed',
    given: { now, thread: issue('', { labels: ['invalid'] }), happened: [told] },
    options: { ...asked, grace: 'never' },
    expect: { verdict: 'fail', wants: [on] },
  },
  {
    title: 'closed by us and still incomplete stays closed',
    given: { now, thread: issue('', { state: 'closed', labels: ['invalid'] }), happened: closedByUs },
    options: asked,
    says: 'a complete text reopens it',
    expect: { verdict: 'fail', wants: [] },
  },
  {
    title: 'closed by us and completed is opened again',
    given: { now, thread: issue(full, { state: 'closed', labels: ['invalid'] }), happened: closedByUs },
    options: asked,
    expect: { verdict: 'pass', wants: [off, reopen] },
  },
  {
    title: 'closed by a person stays closed, only our label goes',
    given: {
      now,
      thread: issue(full, { state: 'closed', labels: ['invalid'] }),
      happened: [told, event('closed', carol, '2026-01-06T10:00:00Z')],
    },
    options: asked,
    expect: { verdict: 'pass', wants: [off] },
  },
  {
    title: 'opened again by a person after we closed it: left open',
    given: {
      now,
      thread: issue('', { labels: ['invalid'] }),
      happened: [...closedByUs, event('reopened', carol, '2026-01-13T10:00:00Z')],
    },
    options: asked,
    expect: { verdict: 'fail', wants: [on] },
  },
  {
    title: 'a label a person put on is not ours to take off',
    given: {
      now,
      thread: issue(full, { labels: ['invalid'] }),
      happened: [event('labeled', carol, '2026-01-06T10:00:00Z')],
    },
    options: asked,
    expect: { verdict: 'pass', wants: [] },
  },
  {
    title: 'people with write are not checked, and lose a label of ours',
    given: {
      now,
      thread: issue('', { labels: ['invalid'] }),
      happened: [told],
      standing: { level: 'maintain' },
    },
    options: asked,
    says: 'the author is exempt',
    expect: { verdict: 'skip', wants: [off] },
  },
];
