import { freshEnough } from './merge.ts';
import type { DeleteBranchWant, Kind } from './want.ts';

export default {
  rank: 5,
  needs: ['leftover'],
  permissions: (on) => (on === 'pull' ? { contents: 'write' } : {}),
  id: (want) => `delete-branch:${want.branch}`,
  diff(want, { leftover }) {
    if (leftover !== want.branch) return [];
    const route = 'DELETE /repos/{owner}/{repo}/git/refs/{ref}';
    // 422: it is gone already.
    const call = { via: 'rest', route, params: { ref: `heads/${want.branch}` }, fine: [404, 422] } as const;
    const says = `delete branch ${want.branch}`;
    return [{ kind: 'delete-branch', id: this.id(want), says, call, visibleTwice: false, freshFor: freshEnough }];
  },
  project: (want, facts) => (facts.leftover === want.branch ? { ...facts, leftover: null } : facts),
} satisfies Kind<DeleteBranchWant>;
