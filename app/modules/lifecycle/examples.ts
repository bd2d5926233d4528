import type { Actor, Happening } from '../../facts/fact.ts';
import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const person = (id: number, login: string): Actor => ({ id, login, bot: false, us: false });
const [bob, chen] = [person(2002, 'bob'), person(2003, 'chen')];
const us: Actor = { id: 9, login: 'github-bot', bot: true, us: true };

const looks = {
  active: { color: '8fc951', description: 'Somebody works on it 有人在处理' },
  frozen: { color: 'd3e2f0', description: 'Never goes stale 不会过期' },
  stale: { color: '795548', description: 'Quiet for long 很久没有动静' },
  rotten: { color: '604460', description: 'Quiet for very long 很久很久没有动静' },
};
const only = (stage: keyof typeof looks | null): PolicyWant[] =>
  Object.entries(looks).map(([name, look]) => ({
    ...{ kind: 'label', name: `lifecycle/${name}`, on: name === stage, ...look, evenClosed: true },
  }));
const again = (at: string): PolicyWant => ({ kind: 'revisit', at });
const put = (stage: string, at: string): Happening => ({
  ...{ key: `LE_${at}`, kind: 'labeled', actor: us, at, object: `lifecycle/${stage}` },
});
const remark = (actor: Actor, at: string): Happening => ({
  key: `IC_${at}`,
  kind: 'commented',
  actor,
  at,
  object: 'hi',
});

const day = (date: string) => `${date}T00:00:00Z`;
const issue = { kind: 'issue', createdAt: day('2026-01-01') } as const;
const timers = { timers: true };

const command = (
  title: string,
  line: string,
  given: Example['given'],
  wants: readonly PolicyWant[],
  says?: string,
): Example => {
  const [name = '', word] = line.split(' ');
  const args = word === undefined ? {} : { [name === 'close' ? 'as' : 'stage']: word };
  return {
    ...{ title: `\`/${line}\` ${title}`, given, command: { name, args }, ...(says !== undefined && { says }) },
    expect: { outcome: says === undefined ? 'done' : 'refused', wants },
  };
};
const triage = { callers: { '2003': { level: 'triage', member: false, teams: [] } } } as const;
const closed = (reason: 'completed' | 'not_planned' | 'duplicate'): PolicyWant => ({
  kind: 'state',
  open: false,
  reason,
});

export const examples: readonly Example[] = [
  { title: 'without timers', given: { now: day('2030-01-01') }, expect: { verdict: 'skip', wants: [] } },
  {
    title: 'opened lately',
    given: { now: day('2026-03-31'), thread: issue },
    options: timers,
    expect: { verdict: 'pass', wants: [again('2026-04-01T00:00:00.000Z')] },
  },
  {
    title: 'quiet for ninety days',
    given: { now: day('2026-04-01'), thread: issue },
    options: timers,
    says: 'it becomes `lifecycle/stale` now',
    expect: { verdict: 'pass', wants: [...only('stale'), again('2026-05-01T00:00:00.000Z')] },
  },
  {
    // The 1st of January is a Thursday: two days before a weekend, and three after it.
    title: 'quiet for five working days',
    given: { now: day('2026-01-07'), thread: issue },
    options: { timers: true, stale: '5d', 'business-days': true },
    expect: { verdict: 'pass', wants: [again('2026-01-08T00:00:00.000Z')] },
  },
  {
    title: 'what bots say is no activity',
    given: { now: day('2026-04-01'), thread: issue, remarks: [remark(us, day('2026-03-30'))] },
    options: timers,
    expect: { verdict: 'pass', wants: [...only('stale'), again('2026-05-01T00:00:00.000Z')] },
  },
  {
    title: 'what people say is',
    given: { now: day('2026-04-01'), thread: issue, remarks: [remark(chen, day('2026-03-30'))] },
    options: timers,
    expect: { verdict: 'pass', wants: [again('2026-06-28T00:00:00.000Z')] },
  },
  {
    title: 'stale for thirty days',
    given: {
      ...{ now: day('2026-05-01'), happened: [put('stale', day('2026-04-01'))] },
      thread: { ...issue, labels: ['lifecycle/stale'] },
    },
    options: timers,
    expect: { verdict: 'pass', wants: [...only('rotten'), again('2026-05-31T00:00:00.000Z')] },
  },
  {
    title: 'rotten for thirty days',
    given: {
      ...{ now: day('2026-05-31'), happened: [put('rotten', day('2026-05-01'))] },
      thread: { ...issue, labels: ['lifecycle/rotten'] },
    },
    options: timers,
    says: 'it is closed now',
    expect: { verdict: 'pass', wants: [closed('not_planned')] },
  },
  {
    title: 'rotten, and stale still: the stage it left goes',
    given: {
      ...{ now: day('2026-05-10'), happened: [put('stale', day('2026-04-01')), put('rotten', day('2026-05-01'))] },
      thread: { ...issue, labels: ['lifecycle/stale', 'lifecycle/rotten'] },
    },
    options: timers,
    expect: {
      verdict: 'pass',
      wants: [
        ...only('rotten').filter((want) => want.kind === 'label' && want.name === 'lifecycle/stale'),
        again('2026-05-31T00:00:00.000Z'),
      ],
    },
  },
  {
    title: 'somebody came back to what was stale',
    given: {
      ...{
        now: day('2026-04-05'),
        happened: [put('stale', day('2026-04-01'))],
        remarks: [remark(bob, day('2026-04-05'))],
      },
      thread: { ...issue, labels: ['lifecycle/stale'] },
    },
    options: timers,
    expect: {
      verdict: 'pass',
      wants: [
        ...only(null).filter((want) => !JSON.stringify(want).includes('active')),
        again('2026-07-04T00:00:00.000Z'),
      ],
    },
  },
  {
    title: 'a label that exempts it',
    given: { now: day('2027-01-01'), thread: { ...issue, labels: ['Lifecycle/Frozen'] } },
    options: timers,
    expect: { verdict: 'pass', wants: [] },
  },
  {
    title: 'what is never closed',
    given: { now: day('2027-01-01'), thread: { ...issue, labels: ['lifecycle/rotten'] } },
    options: { ...timers, close: 'never' },
    says: 'it stays so',
    expect: { verdict: 'pass', wants: [] },
  },
  command('with the triage right', 'close', triage, [closed('completed')]),
  command('of an issue', 'close not-planned', { ...triage, thread: { kind: 'issue' } }, [closed('not_planned')]),
  command('of an issue', 'close duplicate', { ...triage, thread: { kind: 'issue' } }, [closed('duplicate')]),
  command('of a pull request', 'close not-planned', triage, [], 'is for issues'),
  command('of a stranger', 'close', {}, [], 'the author and people with the triage right'),
  command('of a stranger once it is stale', 'close', { thread: { labels: ['lifecycle/stale'] } }, [
    closed('completed'),
  ]),
  command('of what is closed', 'reopen', { thread: { state: 'closed' } }, [
    { kind: 'state', open: true, evenClosed: true },
  ]),
  command('of what is closed', 'close', { ...triage, thread: { state: 'closed' } }, [], 'this is closed'),
  command('of what is open', 'reopen', {}, [], 'this is open'),
  command('of what is merged', 'reopen', { thread: { state: 'merged' } }, [], 'merged'),
  command('takes the place of every other', 'lifecycle active', {}, only('active')),
  command('on a pull request', 'lifecycle frozen', {}, [], 'is for issues'),
  command('of what is on', 'remove-lifecycle stale', { thread: { labels: ['lifecycle/stale'] } }, [
    { kind: 'label', name: 'lifecycle/stale', on: false, evenClosed: true },
  ]),
  command('of what is not on', 'remove-lifecycle rotten', {}, [], 'is not on it'),
];
