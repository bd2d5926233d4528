import type { Example } from '../module.ts';

const on = {
  kind: 'label',
  name: 'invalid-title',
  on: true,
  color: 'e99695',
  description: 'The title is not in the format of this repository',
} as const;
const off = { kind: 'label', name: 'invalid-title', on: false } as const;

const pass = (title: string, says: string, named: string, options?: Example['options']): Example => ({
  title: named,
  given: { thread: { title } },
  ...(options ? { options } : {}),
  says,
  expect: { verdict: 'pass', wants: [off] },
});

const fail = (title: string, says: string, named: string, options?: Example['options']): Example => ({
  ...pass(title, says, named, options),
  expect: { verdict: 'fail', wants: [on] },
});

export const examples: readonly Example[] = [
  pass('feat: dark mode', 'follows `type(scope)!: subject`', 'a title in the format'),
  pass('fix(api)!: 登录后白屏', 'follows', 'a scope, a breaking change and a Chinese subject'),
  {
    title: 'a title that was made good loses the label',
    given: { thread: { title: 'docs: how to install', labels: ['invalid-title', 'document'] } },
    expect: { verdict: 'pass', wants: [off] },
  },
  {
    title: 'a title edited from good to bad is flagged',
    given: {
      thread: { title: 'Dark mode', body: '' },
      happened: [
        {
          key: 'RTE_1',
          kind: 'renamed',
          actor: { id: 2002, login: 'bob', bot: false, us: false },
          at: '2026-01-05T09:30:00Z',
          object: 'Dark mode',
        },
      ],
    },
    says: 'The title needs a type. Try `feat: Dark mode`. I recheck on edit.',
    expect: { verdict: 'fail', wants: [on] },
  },
  fail('Fix blank page after login', 'Try `fix: blank page after login`', 'the words tell the type'),
  fail('修复登录后白屏', 'Try `fix: 登录后白屏`', 'so do Chinese words'),
  fail('Add dark mode', 'Try `feat: add dark mode`', 'a leading verb is written small'),
  fail('Feat: dark mode', '`Feat` is not one of the types. Try `feat: dark mode`', 'types are written small'),
  fail('feat：深色模式', 'not quite `type(scope)!: subject`. Try `feat: 深色模式`', 'a full-width colon is none'),
  fail('fix（api）：空指针', 'Try `fix(api): 空指针`', 'nor are full-width brackets'),
  fail('fxi: wrong menu', '`fxi` is not one of the types. Try `fix: wrong menu`', 'a slip in the type'),
  fail('oops: dark mode', 'Types: `feat`, `fix`, `docs`', 'an unknown type shows the list'),
  fail('feat:', 'needs a few words after `feat:`', 'a type alone says nothing'),
  fail('feat() : dark mode', 'Try `feat: dark mode`', 'an empty scope and a blank too many'),
  fail('fix: `@everyone` look', 'has 21 characters, 20 at most', 'too long', { 'max-length': 20 }),
  pass('fix: 😀😀', 'follows', 'an emoji is one character', { 'max-length': 7 }),
  fail('fix(ui): blank page', '`ui` is not one of the scopes', 'a scope that is not listed', {
    scopes: ['api', 'web'],
  }),
  fail('fix: api returns nothing', 'Try `fix(api): api returns nothing`', 'a scope that is asked for', {
    scopes: ['web', 'api'],
    'require-scope': true,
  }),
  pass('[ABC-12] Dark mode', 'matches `^\\[[A-Z]+-\\d+\\]`', 'a pattern replaces the grammar', {
    pattern: '^\\[[A-Z]+-\\d+\\] ',
  }),
  fail('feat: dark mode', 'does not match `^\\[[A-Z]+-\\d+\\]`', 'a pattern that is not met', {
    pattern: '^\\[[A-Z]+-\\d+\\] ',
  }),
  pass('Revert "Add dark mode"', 'GitHub wrote this title', 'a title GitHub writes itself'),
  {
    title: 'the label is the one the rules name',
    given: { thread: { title: 'update', labels: ['invalid-title'] } },
    options: { label: 'bad-title' },
    says: 'Try `chore: update`',
    expect: { verdict: 'fail', wants: [{ ...on, name: 'bad-title' }] },
  },
  {
    title: 'a label a person put on is left alone',
    given: {
      thread: { title: 'feat: dark mode', labels: ['invalid-title'] },
      happened: [
        {
          ...{ key: 'LE_1', kind: 'labeled', at: '2026-01-05T09:30:00Z', object: 'invalid-title' },
          actor: { id: 3001, login: 'chen', bot: false, us: false },
        },
      ],
    },
    says: 'follows',
    expect: { verdict: 'pass', wants: [] },
  },
];
