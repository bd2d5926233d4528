import type { DatabaseSync } from 'node:sqlite';
import { asking, keeping, losing, repeating, textOf } from './plant-seams.ts';
import type { Planted } from './planted.ts';
import * as script from './scripts.ts';
import type { Plant } from './sim-stage.ts';

const { good, built, reviewed, pushedAtMerge, say, titled, crash, fault } = script;

const isMerge = (call: string) => /^PUT .*\/merge$/.test(call);
const isPost = (call: string) => /^POST \/repos\//.test(call);
const isLimit = (status: number) => status === 403 || status === 429;
const landing = [good, reviewed('chen'), built('success')];

function forget(db: DatabaseSync, id: string): void {
  db.prepare('DELETE FROM hints WHERE delivery = ?').run(id);
  db.prepare('UPDATE lanes SET ready_at = NULL, due_at = NULL, retry_at = NULL, lease_owner = NULL').run();
}

const unrecorded = losing((db, id) => {
  forget(db, id);
  db.prepare('DELETE FROM delivery_lanes WHERE delivery = ?').run(id);
  db.prepare('DELETE FROM deliveries WHERE id = ?').run(id);
});

/** GitHub's log of deliveries would make up for it. */
const logless: Plant['fetch'] = (real) => (input, init) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  return pathname === '/app/hook/deliveries' ? Promise.resolve(Response.json([])) : real(input, init);
};

/** The refusal is heard, and the same merge asked for again with whatever the head is by then. */
const stubborn: Plant = {
  fetch: (real) => async (input, init) => {
    const answer = await real(input, init);
    const address = input instanceof Request ? input.url : String(input);
    if (!isMerge(`${init?.method} ${address}`) || answer.status !== 409) return answer;
    const { headers } = init ?? {};
    const pull = await real(address.replace(/\/merge$/, ''), { method: 'GET', ...(headers && { headers }) });
    const { head } = (await pull.json()) as { head: { sha: string } };
    return real(input, { ...init, body: JSON.stringify({ ...JSON.parse(textOf(init)), sha: head.sha }) });
  },
};

/** A merge that is asked for twice at once. */
const doubled: Plant = {
  fetch: (real) => async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!isMerge(`${init?.method} ${address}`)) return real(input, init);
    const [first] = await Promise.all([real(input, init), real(input, init)]);
    return first;
  },
};

/** One refusal of whatever kind, and nothing is asked for an hour. */
const sulking: Plant = {
  fetch: (real, clock) => {
    let until = 0;
    return async (input, init) => {
      const seconds = Math.ceil((until - clock.now()) / 1000);
      const wait = { 'retry-after': String(seconds), 'content-type': 'application/json' };
      if (seconds > 0) return Response.json({ message: 'secondary rate limit' }, { status: 429, headers: wait });
      const answer = await real(input, init);
      if (answer.status >= 500) until = clock.now() + 3_600_000;
      return answer;
    };
  },
};

/** The token it uses is a part of what it says. */
const telling: Plant = {
  fetch: (real) => (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (init?.method !== 'POST' || !address.endsWith('/comments')) return real(input, init);
    const { body } = JSON.parse(textOf(init)) as { body: string };
    const said = `${body}\n${new Headers(init.headers).get('authorization')}`;
    return real(input, { ...init, body: JSON.stringify({ body: said }) });
  },
};

/** Whether a delivery is known is asked before who sent it. */
function trusting(): Plant {
  const seen = new Set<string>();
  return {
    door: (real) => async (letter) => {
      const guid = String(letter.headers['x-github-delivery']);
      if (seen.has(guid)) return 202;
      seen.add(guid);
      return real(letter);
    },
  };
}

/** Mistakes in how the bot sends, waits, remembers and takes in. */
export const inItself: Readonly<Record<string, Planted>> = {
  'a delivery is acknowledged before it is on disk': {
    plant: () => ({ ...unrecorded, fetch: logless }),
    tells: 'I-07',
    script: [crash(), titled('p1', 'no type')],
  },
  'the work of a delivery is written down after the delivery': {
    plant: () => losing(forget),
    tells: 'I-07',
    script: [crash(), titled('p1', 'no type')],
  },
  'work is taken off the queue before it is done': {
    plant: () =>
      losing((db) => {
        db.prepare('DELETE FROM hints WHERE lane IN (SELECT lane FROM lanes WHERE lease_owner IS NOT NULL)').run();
        db.prepare('DELETE FROM lanes WHERE lease_owner IS NOT NULL').run();
      }),
    tells: 'I-07',
    script: [crash(), titled('p1', 'no type')],
  },
  'who was told of a refusal is not written down': {
    plant: () => losing((db) => db.exec("DELETE FROM done WHERE key LIKE 'refused:%'")),
    tells: 'I-23',
    // The reply would say so as well.
    script: [say('p1', 'chen', '/lgtm x y'), crash(), good, script.deleted('p1'), say('p1', 'chen', '/lgtm y x')],
  },
  'a forged delivery makes the true one a duplicate': {
    plant: trusting,
    tells: 'I-07',
    script: [script.forge(), titled('p1', 'no type')],
  },
  'a write is sent again when GitHub fails': {
    plant: () => repeating((call, status) => isPost(call) && status >= 500),
    tells: 'I-08',
    script: [
      good,
      fault({ kind: 'error-after-apply', route: script.commentRoute, times: 1 }),
      say('p1', 'chen', '/lgtm x y'),
    ],
  },
  'a merge names no commit': {
    plant: () => asking(/^PUT .*\/merge$/, (body) => JSON.stringify({ ...JSON.parse(body), sha: undefined })),
    tells: 'I-01',
    script: [pushedAtMerge, ...landing],
  },
  'a merge that was refused is tried with the new head': {
    plant: () => stubborn,
    tells: 'I-01',
    script: [pushedAtMerge, ...landing],
  },
  'two merges are under way at once': { plant: () => doubled, tells: 'I-05', script: landing },
  'what somebody may do is remembered for ten minutes': {
    plant: () => keeping(600_000, (call) => (/\/permission$/.test(call) ? call : null)),
    tells: 'I-06',
    script: [say('p1', 'chen', '/lgtm'), script.role({ login: 'chen', role: 'read' }), say('p2', 'chen', '/lgtm')],
  },
  'tokens are kept by what they may do and not by where': {
    plant: () =>
      keeping(600_000, (call, body) => {
        if (!call.endsWith('/access_tokens')) return null;
        return JSON.stringify((JSON.parse(body) as { permissions: unknown }).permissions);
      }),
    tells: 'I-10',
    script: [titled('p1', 'no type'), titled('q1', 'no type')],
  },
  'a token is not narrowed': {
    plant: () => asking(/\/access_tokens$/, () => '{}'),
    tells: 'I-10',
    script: [good],
  },
  'a limit is not waited for': {
    plant: () => repeating((_call, status) => isLimit(status)),
    tells: 'I-14',
    script: [fault({ kind: 'secondary-limit', 'retry-after': 120, caller: 'installation' }), titled('p1', 'no type')],
  },
  'a limit holds back only what met it': {
    plant: () => ({
      fetch: (real) => async (input, init) => {
        const answer = await real(input, init);
        return isLimit(answer.status) ? Response.json({ message: 'Not now' }, { status: 502 }) : answer;
      },
    }),
    tells: 'I-14',
    script: [
      fault({ kind: 'secondary-limit', 'retry-after': 120, caller: 'installation', only: 'writes' }),
      titled('p1', 'no type'),
      titled('p1', 'no type at all'),
    ],
  },
  'one failure stops everything for an hour': {
    plant: () => sulking,
    tells: 'I-22',
    script: [
      fault({ kind: 'error-before-apply', status: 500, times: 1 }),
      titled('p1', 'no type'),
      titled('q1', 'no type'),
    ],
  },
  'it says its token': { plant: () => telling, tells: 'I-20', script: [say('p1', 'chen', '/lgtm x y')] },
};
