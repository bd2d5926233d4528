import type { Asked } from '../../facts/command-facts.ts';
import type { Actor, Happening, Standing } from '../../facts/fact.ts';
import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const person = (id: number, login: string): Actor => ({ id, login, bot: false, us: false });
const [bob, chen, zoe] = [person(2002, 'bob'), person(2003, 'chen'), person(2006, 'zoe')];
const name = 'do-not-merge/hold';

const asked = (by: Actor, what: string, minute: number, withdrawn = false): Asked => ({
  ...{ key: `IC_${minute}:0`, name: 'hold', module: 'hold', args: what === '' ? {} : { what }, surface: 'comment', by },
  ...{ level: 'none', at: `2026-01-05T09:${minute}:00Z`, head: '', tree: '', base: 'main', withdrawn },
});
const hand = (kind: 'labeled' | 'unlabeled', actor: Actor, minute: number): Happening => ({
  ...{ key: `LE_${minute}`, kind, actor, at: `2026-01-05T09:${minute}:00Z`, object: name },
});
const byUs: Actor = { id: 99, login: 'github-bot[bot]', bot: true, us: true };
const right = (level: Standing['level']): Standing => ({ level, member: false, teams: [] });

const label = (on: boolean, once?: string): PolicyWant => ({
  ...{ kind: 'label', name, on, color: 'e11d21', description: 'Held, see /hold 已暂缓' },
  ...(once !== undefined && { once }),
});
const held = (title: string, given: Example['given'], says: string, ...wants: PolicyWant[]): Example => ({
  ...{ title, given, says },
  expect: { verdict: 'wait', wants: [label(true), ...wants] },
});
const free = (title: string, given: Example['given']): Example => ({
  ...{ title, given },
  expect: { verdict: 'pass', wants: [label(false)] },
});
const again = (at: string): PolicyWant => ({ kind: 'revisit', at });
const said = (
  title: string,
  what: string,
  given: Example['given'],
  outcome: 'done' | 'refused',
  says?: string,
): Example => ({
  ...{ title, given, command: { name: 'hold', ...(what !== '' && { args: { what } }) }, ...(says && { says }) },
  expect: { outcome, wants: [] },
});

const byZoe = [asked(zoe, 'needs the design team', 30)];
const writes = { callers: { '2003': right('write') } };

export const examples: readonly Example[] = [
  free('nobody holds it', {}),
  held('somebody holds it', { asks: byZoe }, 'held by @zoe: `needs the design team`'),
  held('two hold it', { asks: [...byZoe, asked(bob, '', 31)] }, 'held by @zoe: `needs the design team`, @bob'),
  held(
    'a time is said first',
    { asks: [asked(zoe, 'for 2d because of the freeze', 30)] },
    '@zoe until 2026-01-07 09:30 UTC: `because of the freeze`',
    again('2026-01-07T09:30:00.000Z'),
  ),
  held(
    'a date is said last',
    { asks: [asked(zoe, 'freeze until 2026-01-09', 30)] },
    '@zoe until 2026-01-09 00:00 UTC: `freeze`',
    again('2026-01-09T00:00:00.000Z'),
  ),
  held('a date that is none is a reason', { asks: [asked(zoe, 'until 2026-02-31', 30)] }, '@zoe: `until 2026-02-31`'),
  free('its time is over', { asks: [asked(zoe, 'for 20m', 30)] }),
  held(
    'another thread is open',
    { asks: [asked(zoe, '#7', 30)], awaited: { '7': 'open' } },
    '@zoe until #7 is closed',
    again('2026-01-05T11:00:00.000Z'),
  ),
  free('another thread was closed', { asks: [asked(zoe, '#7 goes first', 30)], awaited: { '7': 'closed' } }),
  free('the holder lifted it', { asks: [...byZoe, asked(zoe, 'cancel please', 40)] }),
  free('the comment was deleted', { asks: [asked(zoe, '', 30, true)] }),
  held(
    'one of two lifted theirs, and deleted the comment afterwards',
    { asks: [...byZoe, asked(bob, '', 31, true), asked(bob, 'cancel', 40)] },
    'held by @zoe',
  ),
  free('every hold was lifted', { asks: [...byZoe, asked(bob, '', 31), asked(bob, 'cancel all', 40)] }),
  {
    title: 'the label was put on by hand by somebody with the triage right',
    given: { thread: { labels: [name] }, happened: [hand('labeled', chen, 30)], roles: { chen: right('triage') } },
    says: '@chen (by label)',
    expect: { verdict: 'wait', wants: [label(true, 'hold:labeled:LE_30')] },
  },
  {
    title: 'the label was put on by hand without the right',
    given: { thread: { labels: [name] }, happened: [hand('labeled', chen, 30)], roles: { chen: right('none') } },
    expect: { verdict: 'pass', wants: [label(false)] },
  },
  {
    title: 'the label was taken off by hand by somebody with the triage right',
    given: { asks: byZoe, happened: [hand('unlabeled', chen, 40)], roles: { chen: right('triage') } },
    expect: { verdict: 'pass', wants: [label(false, 'hold:unlabeled:LE_40')] },
  },
  held(
    'what was said before stays, whatever else its giver said and deleted',
    {
      asks: [asked(zoe, 'it leaks', 30), { ...asked(zoe, 'and see #1', 31), withdrawn: true }],
    },
    'it leaks',
  ),
  free('both of it are deleted', {
    asks: [
      { ...asked(zoe, 'it leaks', 30), withdrawn: true },
      { ...asked(zoe, 'and see #1', 31), withdrawn: true },
    ],
  }),
  held(
    'the label was put on by hand, and so much happened since that GitHub lists that no more',
    { thread: { labels: [name] }, done: ['hold:unlabeled:LE_1', 'hold:labeled:LE_2'] },
    'held by somebody (by label)',
  ),
  held(
    'the bot put the label on, and lost all memory of why',
    { thread: { labels: [name] }, happened: [hand('labeled', byUs, 30)] },
    'held by somebody (by label)',
  ),
  held(
    'what was lifted before tells nothing of it',
    { thread: { labels: [name] }, happened: [hand('labeled', byUs, 30)], asks: [asked(bob, 'cancel', 20)] },
    'held by somebody (by label)',
  ),
  free('it was lifted since', {
    ...{ thread: { labels: [name] }, happened: [hand('labeled', byUs, 30)], asks: [asked(bob, 'cancel', 40)] },
  }),
  free('the bot put the label on for a hold whose time is over', {
    ...{ thread: { labels: [name] }, happened: [hand('labeled', byUs, 31)], asks: [asked(zoe, 'for 20m', 30)] },
  }),
  free('it was taken off by hand later', {
    done: ['hold:labeled:LE_1', 'hold:unlabeled:LE_2'],
    thread: { labels: [name] },
  }),
  free('`/unhold` lifts what was put on by hand long ago', {
    ...{ thread: { labels: [name] }, done: ['hold:labeled:LE_1'], asks: [asked(chen, 'cancel', 30)] },
  }),
  held(
    'the label was taken off by hand without the right',
    { asks: byZoe, happened: [hand('unlabeled', chen, 40)], roles: { chen: right('none') } },
    'held by @zoe',
  ),
  said('`/hold` of anyone', '', {}, 'done'),
  said('`/hold until` a day that is over', 'until 2026-01-04', {}, 'refused', '2026-01-04 is over'),
  said('`/hold #7` of a thread that is closed', '#7', { awaited: { '7': 'closed' } }, 'refused', '#7 is closed'),
  said('`/hold #7` where there is none', '#7', { awaited: { '7': null } }, 'refused', 'there is no #7'),
  said('`/unhold` of a stranger', 'cancel', { asks: byZoe }, 'refused', 'whoever put it there'),
  said('`/unhold` with the write right', 'cancel', { asks: byZoe, ...writes }, 'done'),
  said('`/unhold` of one of two', 'cancel', { asks: [...byZoe, asked(chen, '', 31)] }, 'done', '@zoe still hold it'),
  said('`/unhold all` of one of two', 'cancel all', { asks: [...byZoe, asked(chen, '', 31)] }, 'refused', 'of others'),
];
