import type { Deed, Fault } from '../fake-github/fault-kinds.ts';
import { seededRandom } from '../fake-github/seeded-random.ts';
import { rulesPath } from './world.ts';

type Chance = () => number;

const pick = <T>(chance: Chance, all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T;

const titles = ['add search', 'feat: add search', 'fix: mend it', 'docs: say it', 'feet: add search', 'feat:', ''];
const bodies = ['Help', '## Version\n1.0\n', '## Version\n\n', 'Fine', ''];
const words = ['/lgtm', 'hello', '> /lgtm', '`/lgtm`', '/lgtm cancel', '/LGTM', '/nonsense', 'Look:\n\n/lgtm'];
const asks = ['/hold', '/hold for now', '/unhold', '/hold cancel', '/merge', '/merge', '/merge cancel', '/hold\n/lgtm'];
/** Somebody who writes as the bot does. */
const forged = '<!-- github-bot:card -->\n\nAll is well.';
const typeLabels = ['enhancement', 'bug', 'document'];
const holds = ['do-not-merge/wait', 'needs-rebase', 'bug', 'lgtm', 'invalid-title'];

export interface Cast {
  readonly pulls: readonly string[];
  readonly issues: readonly string[];
  /** Names of comments given so far. */
  readonly comments: readonly string[];
}

/** Rules of somebody who would like to have none. */
export const offRules = { [rulesPath]: 'pr-title: false\nmerge: {require: {checks: []}}\n' };

type Maker = (chance: Chance, cast: Cast, turn: number) => Deed;

const onPull =
  (step: string, more: (chance: Chance, turn: number) => object): Maker =>
  (chance, { pulls }, turn) => ({ step, keys: { of: pick(chance, pulls), ...more(chance, turn) } });

const onAny =
  (step: string, more: (chance: Chance, turn: number) => object): Maker =>
  (chance, { pulls, issues }, turn) => ({
    step,
    keys: { of: pick(chance, [...pulls, ...issues]), ...more(chance, turn) },
  });

const makers: readonly Maker[] = [
  onPull('edit', (chance) => ({ by: 'bob', title: pick(chance, titles) || 'x' })),
  onPull('edit', (chance) => ({ by: 'bob', title: pick(chance, titles) || 'x' })),
  onPull('push', (_chance, turn) => ({ by: 'bob', files: { [`f${turn}.ts`]: String(turn) } })),
  onPull('push', () => ({ by: 'bob', files: offRules })),
  onPull('push', () => ({ by: 'bob', 'same-tree': true })),
  onPull('review', (chance) => ({
    by: pick(chance, ['chen', 'chen', 'lin', 'zoe', 'stranger']),
    state: pick(chance, ['approve', 'approve', 'approve', 'request-changes', 'comment']),
  })),
  onPull('review', () => ({ by: 'chen', state: 'approve' })),
  onPull('check', (chance) => ({
    name: 'build',
    conclusion: pick(chance, ['success', 'success', 'failure', 'skipped']),
  })),
  onPull('check', (chance) => ({ name: 'build', app: pick(chance, ['ci', 'forger']), conclusion: 'success' })),
  onPull('check', () => ({ name: 'build', conclusion: 'success' })),
  onPull('draft', () => ({ by: 'bob' })),
  onPull('ready', () => ({ by: 'bob' })),
  onPull('rerequest', () => ({})),
  onAny('comment', (chance, turn) => ({
    by: pick(chance, ['chen', 'chen', 'bob', 'lin', 'stranger', 'helper[bot]']),
    as: `c${turn}`,
    body: pick(chance, words),
  })),
  onAny('comment', (chance, turn) => ({
    by: pick(chance, ['chen', 'lin']),
    as: `c${turn}`,
    body: pick(chance, words),
  })),
  onPull('comment', (chance, turn) => ({
    by: pick(chance, ['chen', 'lin', 'bob', 'zoe', 'stranger']),
    as: `c${turn}`,
    body: pick(chance, asks),
  })),
  onPull('unlabel', () => ({ by: 'lin', labels: ['do-not-merge/hold'] })),
  onAny('label', (chance) => ({ by: 'lin', labels: [pick(chance, holds)] })),
  onAny('unlabel', (chance) => ({ by: 'lin', labels: [pick(chance, holds)] })),
  onPull('unlabel', (chance) => ({ by: 'lin', labels: [pick(chance, typeLabels)] })),
  onAny('label', () => ({ by: 'lin', labels: ['need demo'] })),
  onAny('comment', (_chance, turn) => ({ by: 'stranger', as: `c${turn}`, body: forged })),
  onAny('delete-bot-comment', () => ({ by: 'lin' })),
  onAny('close', () => ({ by: 'bob' })),
  onAny('reopen', () => ({ by: 'bob' })),
  (chance, { comments }) => ({
    step: 'edit-comment',
    keys: { comment: pick(chance, comments), by: 'lin', body: pick(chance, words) },
  }),
  (chance, { comments }) => ({ step: 'delete-comment', keys: { comment: pick(chance, comments), by: 'lin' } }),
  (chance, { issues }) => ({
    step: 'edit',
    keys: { of: pick(chance, issues), by: 'bob', body: pick(chance, bodies) },
  }),
  (chance) => ({ step: 'role', keys: { login: 'chen', role: pick(chance, ['read', 'write', 'write']) } }),
  (_chance, _cast, turn) => ({ step: 'push-base', keys: { by: 'lin', files: { [`b${turn}.ts`]: String(turn) } } }),
];

/** What somebody does next; it may turn out to be impossible. */
export const drawDeed: Maker = (chance, cast, turn) => pick(chance, makers)(chance, cast, turn);

/** Somebody brings a pull request to where it can be merged. */
export function drawPlan(chance: Chance, { pulls }: Cast): Deed[] {
  const of = pick(chance, pulls);
  const last: Deed[] = [
    { step: 'check', keys: { of, name: 'build', conclusion: 'success' } },
    { step: 'review', keys: { of, by: pick(chance, ['chen', 'lin']), state: 'approve' } },
  ];
  return [
    { step: 'ready', keys: { of, by: 'bob' } },
    { step: 'unlabel', keys: { of, by: 'lin', labels: ['do-not-merge/wait', 'do-not-merge/hold', 'needs-rebase'] } },
    { step: 'edit', keys: { of, by: 'bob', title: pick(chance, ['feat: land it', 'fix: land it', 'land it']) } },
    ...(chance() < 0.5 ? last : last.toReversed()),
    { step: 'comment', keys: { of, by: pick(chance, ['chen', 'lin']), as: `m${chance()}`, body: '/merge' } },
  ];
}

const merge = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge';

const faults: readonly ((chance: Chance, cast: Cast, turn: number) => Fault)[] = [
  (chance) => ({ kind: 'error-before-apply', status: pick(chance, [500, 502, 503]), times: 2 }),
  () => ({ kind: 'error-after-apply', only: 'writes', caller: 'installation' }),
  () => ({ kind: 'reset-before-apply' }),
  () => ({ kind: 'reset-after-apply', only: 'writes', caller: 'installation' }),
  () => ({ kind: 'timeout-after-apply', only: 'writes', caller: 'installation' }),
  () => ({ kind: 'truncated' }),
  () => ({ kind: 'wrong-type' }),
  () => ({ kind: 'unauthorized', token: 'expired', caller: 'installation' }),
  () => ({ kind: 'secondary-limit', 'retry-after': 120, caller: 'installation' }),
  () => ({ kind: 'secondary-limit', 'retry-after': 60, caller: 'installation', only: 'writes' }),
  () => ({ kind: 'primary-limit', seconds: 600, caller: 'installation' }),
  () => ({ kind: 'mergeable-unknown', times: 2 }),
  () => ({ kind: 'webhook-dropped' }),
  () => ({ kind: 'webhook-delayed', seconds: 120 }),
  () => ({ kind: 'webhook-duplicated', times: 3 }),
  () => ({ kind: 'webhook-duplicated', fresh: true, times: 3 }),
  () => ({ kind: 'webhook-reordered', times: 2 }),
  (chance, { pulls }, turn) => ({
    ...{ kind: 'world-moves', caller: 'installation', only: pick(chance, ['reads', 'writes'] as const) },
    do: [{ step: 'push', keys: { of: pick(chance, pulls), by: 'bob', files: { [`w${turn}.ts`]: '1' } } }],
  }),
  // The strongest move: between the last read and the merge.
  (chance, { pulls }, turn) => ({
    ...{ kind: 'world-moves', route: merge },
    do: [{ step: 'push', keys: { of: pick(chance, pulls), by: 'bob', files: { [`m${turn}.ts`]: '1' } } }],
  }),
];

/** Trouble that comes soon, or never when nothing that fits it happens before `until`. */
export function drawFault(chance: Chance, cast: Cast, turn: number, until: number): Fault {
  return { ...{ times: 1 }, ...pick(chance, faults)(chance, cast, turn), until };
}

/** How many steps a life has: short ones come to their end in many more states than long ones do for the same time. */
export const lengthOf = (seed: number): number => 8 + Math.floor(seededRandom(-seed)() * 25);
