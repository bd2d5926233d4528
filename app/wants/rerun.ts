import type { Facts } from '../facts/fact.ts';
import type { Change, Kind, RerunWant } from './want.ts';

type Context = Facts['contexts']['list'][number];

const isFailed = ({ job, state }: Context, { run }: RerunWant): boolean => job?.run === run && state === 'failure';

export default {
  rank: 5,
  needs: ['thread', 'pull', 'contexts'],
  permissions: (on) => (on === 'pull' ? { actions: 'write' } : {}),
  id: ({ head, run }) => `rerun@${head}:${run}`,
  diff(want, { thread, pull, contexts }) {
    if (thread.state !== 'open' || pull?.head !== want.head) return [];
    if (!contexts.list.some((one) => isFailed(one, want))) return [];
    const route = 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs';
    const call: Change['call'] = { via: 'rest', route, params: { run_id: want.run } };
    const says = `run the failed jobs of ${want.run} again`;
    return [{ kind: 'rerun', id: this.id(want), says, call, visibleTwice: false }];
  },
  project(want, facts) {
    if (facts.pull?.head !== want.head) return facts;
    const list = facts.contexts.list.map((one) => (isFailed(one, want) ? { ...one, state: 'pending' as const } : one));
    return { ...facts, contexts: { ...facts.contexts, list } };
  },
} satisfies Kind<RerunWant>;
