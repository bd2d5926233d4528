import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clock } from '../../app/clock.ts';
import { askAgainAt, carefully } from '../../app/engine/careful.ts';
import type { Ports } from '../../app/engine/outcome.ts';
import { Trouble } from '../../app/github/troubles.ts';
import type { Halt } from '../../app/store/store.ts';
import { Later } from '../../app/queue/queue.ts';
import type { Job } from '../../app/queue/queue.ts';

const repo = { id: 7, owner: 'acme', name: 'shop' };
const subject = { kind: 'thread', repo, installation: 1, number: 12 } as const;
const at = Date.parse('2026-01-05T09:00:00Z');
const untried = { woken: false, attempt: 1, errors: 0 };
const call = { via: 'rest', route: 'POST /repos/{owner}/{repo}/labels', params: {} } as const;

interface Given {
  /** What GitHub answers to the read. */
  answer?: unknown;
  /** Bodies of the deliveries that wait. */
  told?: readonly object[];
  write?: () => Promise<void>;
  job?: Partial<Job>;
  halt?: Halt | null;
}

function github({ answer = {}, told = [], write = async () => {}, job = {}, halt = null }: Given) {
  const hints = told.map((_, index) => ({ delivery: String(index), event: 'issues', action: 'edited' }));
  const port = { read: { graphql: async () => answer, get: async () => null }, write: { send: write } };
  const ports = {
    github: { identity: 'app', appId: 1, repo: () => port },
    store: {
      haltOf: async () => halt,
      delivery: async (id: string) => ({ body: Buffer.from(JSON.stringify(told[Number(id)])) }),
    },
    clock: { now: () => at },
  } as unknown as Ports;
  const receivedAt = told.map(() => at);
  const whole: Job = { lane: '7#12', subject, hints, receivedAt, ...untried, held: () => true, ...job };
  return carefully(whole, ports).repo(subject);
}

const seenAt = (updatedAt: string) => ({ repository: { issueOrPullRequest: { updatedAt } } });
const asked = (given: Given) => github(given).read.graphql('', {});
const isLater = (wait: number) => (error: unknown) => error instanceof Later && error.at === at + wait;

test('an answer from before what a delivery tells of is put off, for longer each time, and believed after a minute', async () => {
  const given = { answer: seenAt('2026-01-05T08:59:59Z'), told: [{ issue: { updated_at: '2026-01-05T09:00:00Z' } }] };
  const after = (ms: number) => asked({ ...given, job: { receivedAt: [at - 600_000, at - ms], attempt: 9 } });
  for (const [age, wait] of [
    [0, 4_000],
    [4_000, 8_000],
    [12_000, 16_000],
    [28_000, 32_000],
    [50_000, 10_000],
  ] as const)
    await assert.rejects(after(age), isLater(wait));
  assert.equal(await after(60_000), given.answer);
});

test('a stream of deliveries does not put off for ever what is read', () => {
  const again = (times: readonly number[]) => askAgainAt({ receivedAt: times }, { clock: { now: () => at } as Clock });
  const every = (gap: number, seconds: number) =>
    Array.from({ length: seconds / gap + 1 }, (_, index) => at - (seconds - index * gap) * 1_000);
  assert.equal(again(every(3, 297)), at + 3_000);
  assert.equal(again(every(3, 300)), null);
  assert.equal(again(every(60, 3_600)), at + 4_000);
  assert.equal(again([]), null);
});

for (const [why, told] of [
  ['it is as new', { issue: { updated_at: '2026-01-05T09:00:00Z' } }],
  ['nothing is told of time', { zen: 'x' }],
  ['the time is none', { issue: { updated_at: 'yesterday' } }],
  ['it is the issue half of a pull request', { issue: { updated_at: '2026-01-05T10:00:00Z', pull_request: {} } }],
  ['the payload is odd', { issue: 5, pull_request: null, before: 3 }],
] as const) {
  test(`an answer is believed where ${why}`, async () => {
    const answer = seenAt('2026-01-05T09:00:00Z');
    assert.equal(await asked({ answer, told: [told] }), answer);
  });
}

test('rules are not read from the commit that a push replaced', async () => {
  const answer = { repository: { defaultBranchRef: { target: { oid: 'old' } } } };
  const job = { subject: { kind: 'repo', repo, installation: 1 } } as const;
  await assert.rejects(asked({ answer, told: [{ before: 'old' }], job }), isLater(4_000));
  assert.equal(await asked({ answer, told: [{ before: 'older' }], job }), answer);
});

test('a worker that lost the lane writes nothing', async () => {
  let sent = 0;
  const write = async () => void sent++;
  const kind = (error: unknown) => error instanceof Trouble && error.kind === 'later';
  await assert.rejects(github({ write, job: { held: () => false } }).write.send(call), kind);
  assert.equal(sent, 0);
  await github({ write }).write.send(call);
  assert.equal(sent, 1);
});

test('what GitHub does not find yet is written later, and at last given up', async () => {
  const write = async () => {
    throw new Trouble('gone', 'GitHub answered 404');
  };
  const send = (errors: number) => github({ write, job: { attempt: 9, errors } }).write.send(call);
  const is = (kind: string) => (error: unknown) => error instanceof Trouble && error.kind === kind;
  await assert.rejects(send(3), is('later'));
  await assert.rejects(send(4), is('gone'));
});

test('nothing is written where somebody paused the bot, and it looks again within a minute', async () => {
  let sent = 0;
  const write = async () => void (sent += 1);
  const halt = { scope: '', reason: 'incident', who: null, at };
  const { write: stopped } = github({ write, halt });
  await assert.rejects(stopped.send(call), isLater(30_000));
  await assert.rejects(stopped.send(call), { waits: true });
  assert.equal(sent, 0);
});
