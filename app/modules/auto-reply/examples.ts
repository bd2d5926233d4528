import type { Actor, Happening, Thread } from '../../facts/fact.ts';
import { commentKeyOf } from '../../wants/say.ts';
import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';
import { rulesByName } from './events.ts';
import { reactionOf } from './reaction.ts';
import type { Reaction } from './reaction.ts';
import { rule } from './rule.ts';

const bob: Actor = { id: 2002, login: 'bob', bot: false, us: false };
const carol: Actor = { id: 3003, login: 'carol', bot: false, us: false };
const us: Actor = { id: 9, login: 'github-bot', bot: true, us: true };
const helper: Actor = { id: 77, login: 'helper[bot]', bot: true, us: false };

const event = (kind: Happening['kind'], actor: Actor, at: string, object = ''): Happening => ({
  ...{ key: `${kind} ${at}`, kind, actor, at, object },
});

const issue = (more: Partial<Thread> = {}): Partial<Thread> => ({
  ...{ kind: 'issue', title: 'It breaks', body: 'Look.', url: 'https://github.com/acme/shop/issues/12' },
  ...more,
});

const now = '2026-01-05T10:00:00Z';
const labeled = event('labeled', carol, '2026-01-05T09:30:00Z', 'need demo');
const opened = event('opened', bob, '2026-01-05T09:00:00Z', 'It breaks');
const demo = { on: 'labeled', label: 'need demo', say: '@{{author}} please add a link to a demo ({{label}}).' };
const waiting = { ...demo, labels: { add: ['waiting-for-author'] }, 'close-after': '14d' };

/** The reaction of the first rule, for the keys of what is expected. */
function react(written: object, to: Happening): Reaction {
  const [first] = rulesByName([rule.parse(written)]);
  if (!first) throw new Error('one rule has one name');
  return reactionOf(...first, to);
}

function said(written: object, to: Happening, text: (PolicyWant & { kind: 'say' })['text']): PolicyWant {
  const { key, once } = react(written, to);
  return { kind: 'say', key, text, once, evenClosed: true };
}

const told = (written: object, to: Happening, createdAt: string) => ({
  ...{ nodeId: 'IC_1', id: 1, key: commentKeyOf(react(written, to).key), body: '', minimized: false, createdAt },
});

const nothing = (title: string, given: Example['given'], ...rules: object[]): Example => ({
  ...{ title, given: { now, ...given }, options: { rules } },
  expect: { verdict: 'pass', wants: [] },
});

const does = (title: string, given: Example['given'], rule: object, ...wants: PolicyWant[]): Example => ({
  ...{ title, given: { now, ...given }, options: { rules: [rule] } },
  expect: { verdict: 'pass', wants },
});

const demand = said(demo, labeled, '@bob please add a link to a demo (need demo).');
const label = (name: string, on: boolean, written: object, to: Happening): PolicyWant => ({
  ...{ kind: 'label', name, on, once: react(written, to).once, evenClosed: true },
});

const asked = { thread: issue({ labels: ['Need Demo'] }), happened: [opened, labeled] };
const greeting = { on: 'first-time', say: { en: 'Welcome, {{author}}.', 'zh-CN': '欢迎 {{author}}。' } };
const invite = { on: 'comment', matches: '(?i)invite', say: 'About {{comment}}: see the page.' };
const comment = (actor: Actor, text: string) => event('commented', actor, '2026-01-05T09:40:00Z', text);
const hard = { on: 'opened', say: 'Thanks for {{title}} in {{repo}}#{{number}}: {{url}}' };
const close = { on: 'labeled', label: 'duplicate', close: 'not_planned', threads: 'issue' };
const duplicate = event('labeled', carol, '2026-01-05T09:30:00Z', 'duplicate');
const later = '2026-01-19T09:31:00Z';
const asleep = { ...asked, comments: [told(waiting, labeled, '2026-01-05T09:31:00Z')] };
const answer = event('commented', bob, '2026-01-06T09:00:00Z', 'https://example.com/demo');

export const examples: readonly Example[] = [
  does('a label asks the author for something', asked, demo, demand),
  nothing('what was answered once is not answered again', { ...asked, done: [react(demo, labeled).once] }, demo),
  nothing('another label says nothing', { ...asked, happened: [{ ...labeled, object: 'bug' }] }, demo),
  nothing(
    'a label that is off again says nothing',
    {
      thread: issue(),
      happened: [labeled, event('unlabeled', carol, '2026-01-05T09:31:00Z', 'need demo')],
    },
    demo,
  ),
  nothing('what happened more than a day ago is history', { ...asked, now: '2026-01-06T09:31:00Z' }, demo),
  nothing('a rule for pull requests leaves issues alone', asked, { ...demo, threads: 'pull' }),
  does(
    'a newcomer is welcomed in the language of the thread',
    { newcomer: true, happened: [opened] },
    greeting,
    said(greeting, opened, { en: 'Welcome, bob.', 'zh-CN': '欢迎 bob。' }),
  ),
  nothing('somebody who was here before is no newcomer', { newcomer: false, happened: [opened] }, greeting),
  does(
    'a comment that matches',
    { happened: [opened, comment(carol, 'Please invite me')] },
    invite,
    said(invite, comment(carol, 'Please invite me'), 'About `Please invite me`: see the page.'),
  ),
  nothing('comments of bots set nothing off', { happened: [comment(helper, 'invite'), comment(us, 'invite')] }, invite),
  does(
    'what people wrote mentions nobody',
    { thread: issue({ title: '@all {{author}} <b>' }), happened: [opened] },
    hard,
    said(
      hard,
      opened,
      'Thanks for `@\u200ball {{author}} <b>` in acme/shop#12: https://github.com/acme/shop/issues/12',
    ),
  ),
  does('a label that closes', { thread: issue({ labels: ['duplicate'] }), happened: [duplicate] }, close, {
    kind: 'state',
    open: false,
    reason: 'not_planned',
    once: react(close, duplicate).once,
  }),
  does(
    'a label that asks and waits',
    asked,
    waiting,
    said(waiting, labeled, '@bob please add a link to a demo (need demo).'),
    label('waiting-for-author', true, waiting, labeled),
    { kind: 'revisit', at: '2026-01-19T10:00:00.000Z' },
  ),
  does('while it waits it is looked at again', { ...asleep, now: '2026-01-10T10:00:00Z' }, waiting, {
    kind: 'revisit',
    at: '2026-01-19T09:31:00.000Z',
  }),
  does('without an answer it is closed', { ...asleep, now: later }, waiting, {
    kind: 'state',
    open: false,
    reason: 'not_planned',
    once: `${react(waiting, labeled).once}:close`,
  }),
  does('an answer takes the label off', { ...asleep, now: later, happened: [...asked.happened, answer] }, waiting, {
    kind: 'label',
    name: 'need demo',
    on: false,
  }),
  nothing('whom nobody told, nobody closes', { ...asked, now: later }, waiting),
  does(
    'what closed for want of an answer opens again with it',
    {
      ...asleep,
      now: '2026-01-25T10:00:00Z',
      thread: issue({ state: 'closed' }),
      happened: [labeled, event('closed', us, '2026-01-19T09:31:00Z'), { ...answer, at: '2026-01-25T09:00:00Z' }],
    },
    waiting,
    { kind: 'state', open: true },
  ),
  does(
    'where the label is off already, and we did it, the rest of the thanks comes still',
    {
      ...asleep,
      now: '2026-01-25T10:00:00Z',
      thread: issue({ state: 'closed' }),
      happened: [
        labeled,
        event('closed', us, '2026-01-19T09:31:00Z'),
        { ...answer, at: '2026-01-25T09:00:00Z' },
        event('unlabeled', us, '2026-01-25T09:00:05Z', 'need demo'),
      ],
    },
    waiting,
    { kind: 'state', open: true },
  ),
];
