import type { Happening } from '../../facts/fact.ts';
import type { Example } from '../module.ts';

const us = { id: 1, login: 'github-bot[bot]', bot: true, us: true };
const chen = { id: 3001, login: 'chen', bot: false, us: false };

function event(key: string, kind: 'labeled' | 'unlabeled', actor: Happening['actor'], object: string): Happening {
  return { key, kind, actor, at: '2026-01-05T09:30:00Z', object };
}

const on = (name: string) =>
  ({ kind: 'label', name, on: true, color: 'bfd4f2', description: 'Asked for in the text of the issue' }) as const;
const off = (name: string) => ({ kind: 'label', name, on: false }) as const;
/** The once-key of a deed: the event before it is part of it. */
const once = (deed: 'on' | 'off' | 'left', label: string, since = '') => `issue-labels:${deed}:${label}:${since}`;
const first = (name: string) => ({ ...on(name), once: once('on', name) });

const issue = (body: string, labels: readonly string[] = []): Example['given'] => ({
  thread: { kind: 'issue', title: 'It breaks', body, labels },
});

const byUs = [event('LE_1', 'labeled', us, 'bug')];
const undone = [...byUs, event('UE_1', 'unlabeled', chen, 'bug')];
const put = once('on', 'bug');

const allow = { allow: ['bug', 'enhancement'] };
const fields = {
  fields: { Type: { 'Bug report': 'bug', Idea: 'enhancement' }, Area: { Cart: 'area/cart', Search: 'area/search' } },
};

const asks: readonly Example[] = [
  {
    title: 'a hidden marker',
    given: issue('Help\n\n<!-- label:  Bug -->'),
    options: allow,
    says: 'the text asks for `bug`',
    expect: { verdict: 'pass', wants: [first('bug')] },
  },
  {
    title: 'only the first marker',
    given: issue('<!-- label: bug -->\n<!-- label: enhancement -->'),
    options: allow,
    expect: { verdict: 'pass', wants: [first('bug')] },
  },
  {
    title: 'a marker for a label that is not allowed',
    given: issue('<!-- label: security -->\n<!-- label: bug -->'),
    options: allow,
    says: 'asks for no label',
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'a marker for a label that does not exist',
    given: issue('<!-- label: question -->'),
    options: { allow: ['question'] },
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'a marker in code is shown, not meant',
    given: issue('```html\n<!-- label: bug -->\n```\n\nWrite `<!-- label: bug -->`.'),
    options: allow,
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'markers switched off',
    given: issue('<!-- label: bug -->'),
    options: { ...allow, marker: false },
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'the answer of a form',
    given: issue('### Type\n\nIdea\n\n### What happened\n\nBug report'),
    options: fields,
    expect: { verdict: 'pass', wants: [first('enhancement')] },
  },
  {
    title: 'several answers, and several fields',
    given: issue('### Type\n\nBug report\n\n### Area\n\nCart, Search'),
    options: fields,
    expect: { verdict: 'pass', wants: [first('bug'), first('area/cart'), first('area/search')] },
  },
  {
    title: 'ticked boxes are answers, others are none',
    given: issue('### Area\n\n- [x] Cart\n- [ ] Search\n\n### Type\n\n- [x] **Idea**\n- [ ] Bug report'),
    options: fields,
    expect: { verdict: 'pass', wants: [first('enhancement'), first('area/cart')] },
  },
  {
    title: 'boxes under another heading, or shown as code, are none',
    given: issue('### Area\n\n```\n- [x] Cart\n```\n\n### Notes\n\n- [x] Cart'),
    options: fields,
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'no answer',
    given: issue('### Type\n\n_No response_'),
    options: fields,
    expect: { verdict: 'skip', wants: [] },
  },
];

const history: readonly Example[] = [
  {
    title: 'the text asks for another label',
    given: { ...issue('<!-- label: enhancement -->', ['bug']), happened: byUs, done: [put] },
    options: allow,
    expect: { verdict: 'pass', wants: [{ ...off('bug'), once: once('off', 'bug', 'LE_1') }, first('enhancement')] },
  },
  {
    title: 'a label a person put on stays',
    given: { ...issue('Help', ['bug']), happened: [event('LE_1', 'labeled', chen, 'bug')] },
    options: allow,
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'a label a person took off stays off',
    given: { ...issue('<!-- label: bug -->'), happened: undone, done: [put] },
    options: allow,
    expect: { verdict: 'pass', wants: [{ ...off('bug'), once: once('left', 'bug', 'UE_1:asked') }] },
  },
  {
    title: 'until the text stopped asking for it and asks again',
    given: { ...issue('<!-- label: bug -->'), happened: undone, done: [put, once('left', 'bug', 'UE_1:')] },
    options: allow,
    expect: { verdict: 'pass', wants: [{ ...on('bug'), once: once('on', 'bug', 'UE_1') }] },
  },
  {
    title: 'labels of a closed issue stay as they are',
    given: { thread: { kind: 'issue', state: 'closed', body: '<!-- label: bug -->' } },
    options: allow,
    expect: { verdict: 'skip', wants: [] },
  },
];

export const examples: readonly Example[] = [...asks, ...history];
