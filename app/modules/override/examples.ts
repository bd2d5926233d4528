import type { Asked } from '../../facts/command-facts.ts';
import type { Given } from '../../facts/plain-facts.ts';
import type { Facts } from '../../facts/fact.ts';
import type { Example } from '../module.ts';

type Context = Facts['contexts']['list'][number];

const head = 'b'.repeat(40);
const lin = { id: 2001, login: 'lin', bot: false, us: false };
const said: Asked = {
  ...{ key: 'IC_1:0', name: 'override', module: 'override', surface: 'comment', by: lin, level: 'admin' },
  ...{ at: '2026-01-05T09:30:00Z', head, tree: '1'.repeat(40), base: 'main', tip: 'e'.repeat(40), withdrawn: false },
  args: { contexts: ['ci/build'], reason: 'the runner is down' },
};
const on = (kind: Context['kind'], state: Context['state'], more: Partial<Context> = {}): Context => {
  return { name: 'ci/build', kind, app: 15368, state, ours: false, ...more };
};
const list = (...contexts: readonly Context[]): Given => ({ contexts: { list: contexts } });
const mine = on('status', 'success', { app: null, ours: true });
const standIn = (as: 'check' | 'status') => ({
  ...({ kind: 'stand-in', name: 'ci/build', head, as, state: 'success', reverts: true } as const),
  text: {
    en: 'Overridden by `lin` on base `eeeeeeeeeeee`: `the runner is down`',
    'zh-CN': '`lin` 已放行（目标分支位于 `eeeeeeeeeeee`）：`the runner is down`',
  },
});

const command = (args: Asked['args'], failing: readonly string[] = []): Pick<Example, 'command'> => ({
  command: { name: 'override', args, by: lin, failing },
});
const reason = 'the runner is down';

export const examples: readonly Example[] = [
  { title: 'nobody overrode anything', given: {}, expect: { verdict: 'skip', wants: [] } },
  {
    title: 'a failing status is overridden',
    given: { ...list(on('status', 'failure')), asks: [said] },
    says: '`ci/build` is overridden by @lin because `the runner is down`',
    expect: { verdict: 'pass', wants: [standIn('status')] },
  },
  {
    title: 'a failing check run is overridden',
    given: { ...list(on('check', 'failure')), asks: [said] },
    expect: { verdict: 'pass', wants: [standIn('check')] },
  },
  {
    title: 'a required check that never came is overridden',
    given: { ...list(), required: { contexts: [{ name: 'ci/build', app: null }] }, asks: [said] },
    expect: { verdict: 'pass', wants: [standIn('status')] },
  },
  {
    title: 'a check run is overridden, and the bot is a personal account, which can write none',
    given: { ...list(on('check', 'failure')), repo: { us: 'acme-helper' }, asks: [said] },
    expect: { verdict: 'pass', wants: [] },
  },
  {
    title: 'a rule of the bot is overridden: nothing is to be written',
    given: { asks: [{ ...said, args: { contexts: ['github-bot/pr-title'], reason } }] },
    expect: { verdict: 'pass', wants: [] },
  },
  {
    title: 'protection pins it to an App later on',
    given: {
      ...list(on('status', 'failure')),
      required: { contexts: [{ name: 'ci/build', app: 15368 }] },
      asks: [said],
    },
    expect: { verdict: 'pass', wants: [] },
  },
  {
    title: 'the head moved',
    given: { ...list(on('status', 'failure')), asks: [{ ...said, head: 'c'.repeat(40) }] },
    says: 'counts no more',
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'the base moved: what was written is taken back, once',
    given: { ...list(mine), asks: [{ ...said, tip: 'd'.repeat(40) }] },
    expect: {
      verdict: 'skip',
      wants: [
        {
          ...{ kind: 'stand-in', name: 'ci/build', head, as: 'status', state: 'failure' },
          once: 'failure:status:IC_1:0:ci/build',
          text: {
            en: 'Not overridden any more: taken back, or the base moved. Run the check again, or override it again',
            'zh-CN': '放行已失效：被取消，或目标分支已更新。请重新运行检查，或再次放行',
          },
        },
      ],
    },
  },
  {
    title: 'it was taken back, and the check itself has passed since',
    given: {
      ...list(on('check', 'success'), { ...mine, kind: 'check' }),
      asks: [said, { ...said, key: 'IC_2:0', args: { what: 'cancel' } }],
    },
    expect: {
      verdict: 'skip',
      wants: [
        {
          ...{ kind: 'stand-in', name: 'ci/build', head, as: 'check', state: 'success' },
          once: 'success:check:IC_2:0:ci/build',
          text: { en: 'The check itself has passed', 'zh-CN': '检查本身已通过' },
        },
      ],
    },
  },
  {
    title: 'the comment was deleted',
    given: { ...list(on('status', 'failure')), asks: [{ ...said, withdrawn: true }] },
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'where the base was is not known any more',
    given: { ...list(on('status', 'failure')), asks: [{ ...said, tip: '' }] },
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: '`/override` of a failing check',
    given: list(on('check', 'failure')),
    ...command({ contexts: ['ci/build'], reason }),
    expect: { outcome: 'done', wants: [] },
  },
  {
    title: '`/override` without a reason',
    given: list(on('check', 'failure')),
    ...command({ contexts: ['ci/build'] }),
    says: 'needs a reason',
    expect: { outcome: 'unclear', wants: [] },
  },
  {
    title: '`/override` of nothing',
    given: list(on('check', 'failure')),
    ...command({}, ['pr-title']),
    says: 'rules of mine that fail: `github-bot/pr-title`',
    expect: { outcome: 'unclear', wants: [] },
  },
  {
    title: '`/override` of one that is there and one that is not: neither',
    given: { ...list(on('check', 'failure')), required: { contexts: [{ name: 'e2e', app: null }] } },
    ...command({ contexts: ['ci/build', 'ci/biuld'], reason }),
    says: '`ci/biuld` cannot be.\n\n- not successful on the head: `ci/build`\n- required and not there: `e2e`',
    expect: { outcome: 'refused', wants: [] },
  },
  {
    title: '`/override` of what has passed',
    given: list(on('check', 'success')),
    ...command({ contexts: ['ci/build'], reason }),
    expect: { outcome: 'refused', wants: [] },
  },
  {
    title: '`/override` of what protection pins to an App',
    given: { ...list(on('check', 'failure')), required: { contexts: [{ name: 'ci/build', app: 15368 }] } },
    ...command({ contexts: ['ci/build'], reason }),
    says: 'from App 15368 alone',
    expect: { outcome: 'refused', wants: [] },
  },
  {
    title: '`/override` of a rule that fails, by the name of its check',
    given: {},
    ...command({ contexts: ['github-bot/pr-title (main)'], reason }, ['pr-title']),
    expect: { outcome: 'done', wants: [] },
  },
  {
    title: '`/override` of a rule that waits for somebody',
    given: {},
    ...command({ contexts: ['github-bot/lgtm'], reason }),
    expect: { outcome: 'refused', wants: [] },
  },
  {
    title: '`/override` of the whole check',
    given: list(on('check', 'failure', { name: 'github-bot (main)', ours: true })),
    ...command({ contexts: ['github-bot (main)'], reason }, ['pr-title']),
    expect: { outcome: 'refused', wants: [] },
  },
  {
    title: '`/override cancel` where nothing is overridden',
    given: {},
    ...command({ what: 'cancel' }),
    expect: { outcome: 'refused', wants: [] },
  },
  {
    title: '`/override cancel` of one that is not among them',
    given: { asks: [said] },
    ...command({ what: 'cancel', contexts: ['lint'] }),
    says: '`lint` is not overridden here; `ci/build` is',
    expect: { outcome: 'refused', wants: [] },
  },
  {
    title: '`/override cancel`',
    given: { asks: [said] },
    ...command({ what: 'cancel' }),
    expect: { outcome: 'done', wants: [] },
  },
];
