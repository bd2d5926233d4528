import type { Actor, Happening, Standing, Thread } from '../../facts/fact.ts';
import { sayKey } from '../../wants/say.ts';
import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const bob: Actor = { id: 2002, login: 'bob', bot: false, us: false };
const zoe: Actor = { id: 3001, login: 'zoe', bot: false, us: false };
const lin: Actor = { id: 3002, login: 'lin', bot: false, us: false };
const us: Actor = { id: 9, login: 'github-bot', bot: true, us: true };

const now = '2026-01-05T10:00:00Z';
const change = (kind: 'labeled' | 'unlabeled', actor: Actor, object: string, minute = 30): Happening => ({
  ...{ key: `${kind} ${object} ${minute}`, kind, actor, at: `2026-01-05T09:${minute}:00Z`, object },
});
const issue = (...labels: string[]): Partial<Thread> => ({ kind: 'issue', labels });

const triage: Standing = { level: 'triage', member: false, teams: [] };
const roles = { zoe: triage, lin: { ...triage, level: 'maintain' } } as const;

const owners = { bug: ['lin', 'wu'], 'area/*': ['@acme/reviewers', 'bob'] };
const protect = { security: ['lin'], 'priority/*': ['write'] };

const assign = (login: string, event: Happening): PolicyWant => ({
  ...{ kind: 'assign', login, on: true, once: `label-owner:${event.key}` },
});
const request = (reviewer: string, event: Happening): PolicyWant => ({
  ...{ kind: 'request-review', reviewer, on: true, once: `label-owner:${event.key}` },
});
const back = (name: string, on: boolean): PolicyWant => ({
  ...{ kind: 'label', name, on, evenClosed: true, reverts: true },
});

function told(actor: Actor, label: string, who: string): PolicyWant {
  const key = sayKey('protect', String(actor.id), label);
  const text = {
    en: `@${actor.login}, the label \`${label}\` is put on and taken off by \`${who}\` only. If it should change, ask one of them here.`,
    'zh-CN': `@${actor.login}，标签 \`${label}\` 只由 \`${who}\` 添加和移除。如果需要调整，请在这里联系他们。`,
  };
  return { kind: 'say', key, text, once: `label-owner:${key}`, evenClosed: true };
}

const owned = (title: string, given: Example['given'], ...wants: PolicyWant[]): Example => ({
  ...{ title, given: { now, ...given }, options: { owners } },
  expect: { verdict: 'pass', wants },
});
const kept = (title: string, given: Example['given'], ...wants: PolicyWant[]): Example => ({
  ...{ title, given: { now, roles, ...given }, options: { protect } },
  expect: { verdict: 'pass', wants },
});

const bug = change('labeled', zoe, 'Bug');
const area = change('labeled', zoe, 'area/docs');
const security = change('labeled', zoe, 'security');
const gone = change('unlabeled', zoe, 'security');

export const examples: readonly Example[] = [
  owned(
    'a label on an issue assigns its owners',
    { thread: issue('Bug'), happened: [bug] },
    assign('lin', bug),
    assign('wu', bug),
  ),
  owned(
    'a label on a pull request asks its owners for a review, never the author',
    { thread: { labels: ['area/docs'], author: bob }, happened: [area] },
    request('@acme/reviewers', area),
  ),
  owned(
    'who has reviewed is not asked again',
    {
      thread: { labels: ['Bug'] },
      pull: { reviewers: { people: [], teams: [], reviewed: ['Lin'] } },
      happened: [bug],
    },
    request('wu', bug),
  ),
  owned('a label that is off again brings in nobody', {
    thread: issue(),
    happened: [bug, change('unlabeled', zoe, 'bug', 31)],
  }),
  owned('a label of long ago brings in nobody', { thread: issue('Bug'), happened: [bug], now: '2026-01-07T10:00:00Z' }),
  owned('nor does one on a closed issue', { thread: { ...issue('Bug'), state: 'closed' }, happened: [bug] }),
  kept(
    'a protected label somebody else put on comes off',
    { thread: issue('security'), happened: [security] },
    back('security', false),
    told(zoe, 'security', 'lin'),
  ),
  kept(
    'and one somebody else took off comes back',
    { thread: issue(), happened: [change('labeled', lin, 'security', 20), gone] },
    back('security', true),
    told(zoe, 'security', 'lin'),
  ),
  kept('its keepers may', { thread: issue('security'), happened: [change('labeled', lin, 'security')] }),
  kept(
    'a level keeps a whole family',
    { thread: issue('priority/high'), happened: [change('labeled', zoe, 'priority/high')] },
    back('priority/high', false),
    told(zoe, 'priority/high', 'write'),
  ),
  kept('what ends as it began is left alone', {
    thread: issue(),
    happened: [change('labeled', zoe, 'security', 20), gone],
  }),
  kept('our own changes are not put back', {
    thread: issue('security'),
    happened: [change('labeled', us, 'security')],
  }),
  kept('where GitHub does not tell what somebody may do, nothing is put back', {
    thread: issue('security'),
    happened: [security],
    roles: { zoe: null },
  }),
  kept(
    'on a closed issue too',
    { thread: { ...issue('security'), state: 'closed' }, happened: [security] },
    back('security', false),
    told(zoe, 'security', 'lin'),
  ),
];
