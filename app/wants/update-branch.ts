import { freshEnough } from './merge.ts';
import type { Change, Kind, UpdateBranchWant } from './want.ts';

export default {
  rank: 5,
  needs: ['thread', 'pull', 'behind'],
  permissions: (on) => (on === 'pull' ? { contents: 'write', pull_requests: 'write' } : {}),
  id: (want) => `update-branch@${want.head}`,
  diff(want, { thread, pull, behind }) {
    if (thread.state !== 'open' || pull?.head !== want.head || behind === false) return [];
    const route = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/update-branch';
    const params = { pull_number: thread.number, expected_head_sha: want.head };
    const says = `bring ${want.head} up to date`;
    const call: Change['call'] = { via: 'rest', route, params };
    return [{ kind: 'update-branch', id: this.id(want), says, call, visibleTwice: false, freshFor: freshEnough }];
  },
  // The new head is not known before it is there.
  project: (want, facts) => (facts.pull?.head === want.head ? { ...facts, behind: false } : facts),
} satisfies Kind<UpdateBranchWant>;
