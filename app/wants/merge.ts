import type { Kind, MergeWant } from './want.ts';

/** Only facts this fresh, in milliseconds, may lead to a merge: what came between them and the call must not be overlooked. */
export const freshEnough = 5_000;

export default {
  rank: 6,
  needs: ['thread', 'pull'],
  permissions: (on) => (on === 'pull' ? { contents: 'write', pull_requests: 'write', workflows: 'write' } : {}),
  id: (want) => `merge@${want.head}`,
  diff(want, { thread, pull }) {
    if (thread.state !== 'open' || pull?.head !== want.head) return [];
    const { head: sha, method: merge_method, message } = want;
    const said = message && { commit_title: message.title, commit_message: message.body };
    const route = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge';
    const call = { via: 'rest', route, params: { pull_number: thread.number, sha, merge_method, ...said } } as const;
    const says = `${merge_method === 'merge' ? 'merge' : `merge by ${merge_method}`} ${sha}`;
    return [{ kind: 'merge', id: this.id(want), says, call, visibleTwice: false, freshFor: freshEnough }];
  },
  project(want, facts) {
    if (facts.thread.state !== 'open' || facts.pull?.head !== want.head) return facts;
    return { ...facts, thread: { ...facts.thread, state: 'merged' } };
  },
} satisfies Kind<MergeWant>;
