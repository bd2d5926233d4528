import type { ApproveRunWant, Kind } from './want.ts';

export default {
  // Before the reply, which says what GitHub refused.
  rank: 2,
  needs: ['thread', 'pull', 'runs'],
  permissions: (on) => (on === 'pull' ? { actions: 'write' } : {}),
  id: ({ head, run }) => `approve-run@${head}:${run}`,
  diff(want, { thread, pull, runs }) {
    const waits = (runs.workflows ?? []).some(({ id, state }) => id === want.run && state === 'waiting');
    if (thread.state !== 'open' || pull?.head !== want.head || !waits) return [];
    const route = 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/approve';
    // Somebody else allowed it meanwhile: 404.
    const call = { via: 'rest', route, params: { run_id: want.run }, fine: [404] } as const;
    const says = `let workflow run ${want.run} start`;
    return [{ kind: 'approve-run', id: this.id(want), says, call, visibleTwice: false, answered: true }];
  },
  project(want, facts) {
    if (facts.pull?.head !== want.head) return facts;
    const { runs, now } = facts;
    const workflows = (runs.workflows ?? []).map((run) =>
      run.id === want.run ? { ...run, state: 'pending' as const, startedAt: now } : run,
    );
    return { ...facts, runs: { ...runs, workflows: runs.workflows && workflows } };
  },
} satisfies Kind<ApproveRunWant>;
