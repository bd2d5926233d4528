import type { Kind, StateWant } from './want.ts';

export default {
  rank: 4,
  needs: ['thread'],
  permissions: (on) => (on === 'pull' ? { pull_requests: 'write' } : { issues: 'write' }),
  id: () => 'state',
  diff(want, { thread }) {
    const open = thread.state === 'open';
    // What is merged cannot be opened or closed any more.
    if (open === want.open || thread.state === 'merged') return [];
    const reason = want.open || thread.kind === 'pull' ? {} : { state_reason: want.reason ?? 'completed' };
    const route = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';
    const params = { issue_number: thread.number, state: want.open ? 'open' : 'closed', ...reason };
    const says = want.open ? 'reopen' : `close as ${want.reason ?? 'completed'}`;
    return [{ kind: 'state', id: 'state', says, call: { via: 'rest', route, params }, visibleTwice: false }];
  },
  project(want, facts) {
    if (facts.thread.state === 'merged') return facts;
    const state = want.open ? 'open' : 'closed';
    const reason = want.open ? 'reopened' : (want.reason ?? 'completed');
    return { ...facts, thread: { ...facts.thread, state, reason: facts.thread.kind === 'issue' ? reason : null } };
  },
} satisfies Kind<StateWant>;
