import { createRun, createStatus, rerequestRun, updateRun } from '../changes/checks.ts';
import { findSuite } from '../changes/suites.ts';
import { account, app, branchTip, ourApp, type Hub } from '../hub.ts';
import { suiteRuns } from '../render/check.ts';
import type { CheckRun } from '../state.ts';
import type { ActKeys } from './act-keys.ts';
import type { Acts } from './acts.ts';

function target(keys: ActKeys): string {
  const { state } = keys.hub;
  const on = keys.text('on', 'head');
  const found: Record<string, () => string | null> = {
    head: () => keys.pull().pull.headSha,
    base: () => branchTip(keys.hub, keys.has('of') ? keys.pull().pull.baseRef : 'main'),
    pool: () => state.candidate,
    group: () => state.group,
  };
  const pick = found[on];
  if (!pick) throw new Error(`${keys.step}: on must be head, base, pool or group, not ${on}`);
  const sha = pick();
  if (sha === null) throw new Error(`${keys.step}: there is no ${on} yet`);
  return sha;
}

const conclusions = ['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out', 'stale'];

function check(keys: ActKeys): void {
  const { hub } = keys;
  const sha = target(keys);
  const maker = app(hub, keys.text('app', 'ci'));
  const actor = account(hub, `${maker.slug}[bot]`);
  const conclusion = keys.optional('conclusion');
  if (conclusion !== undefined && !conclusions.includes(conclusion))
    throw new Error(`check: unknown conclusion ${conclusion}`);
  const name = keys.text('name');
  const suite = findSuite(hub, maker, sha);
  const running = suite && suiteRuns(hub, suite).findLast((run) => run.name === name && run.status !== 'completed');
  if (running && conclusion !== undefined) return updateRun(hub, actor, running, { conclusion });
  const fields = conclusion === undefined ? { status: 'in_progress' } : { status: 'completed', conclusion };
  createRun(hub, actor, maker, sha, { name, ...fields });
}

const states = ['error', 'failure', 'pending', 'success'];

function status(keys: ActKeys): void {
  const state = keys.text('state', 'success');
  if (!states.includes(state)) throw new Error(`status: unknown state ${state}`);
  const by = account(keys.hub, keys.text('by', 'ci[bot]'));
  createStatus(keys.hub, by, target(keys), { state, context: keys.text('name') });
}

/** Our newest run of each name; the one people see is the verdict, `github-bot (<base>)`. */
function ourRun(hub: Hub, sha: string, name: string | undefined): CheckRun | undefined {
  const suite = findSuite(hub, ourApp(hub), sha);
  const runs = suite ? suiteRuns(hub, suite) : [];
  if (name !== undefined) return runs.findLast((run) => run.name === name);
  return runs.findLast((run) => run.name.startsWith('github-bot')) ?? runs.at(-1);
}

function rerequest(keys: ActKeys): void {
  const run = ourRun(keys.hub, target(keys), keys.optional('name'));
  if (!run) throw new Error('rerequest: our App has no check there');
  rerequestRun(keys.hub, keys.by(), run);
}

export const checkActs: Acts = {
  check: { keys: ['of', 'name', 'conclusion', 'app', 'on', 'by'], run: check },
  status: { keys: ['of', 'name', 'state', 'by', 'on'], run: status },
  rerequest: { keys: ['of', 'by', 'name', 'on'], run: rerequest },
};
