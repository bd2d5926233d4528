import type { Kind, TitleWant } from './want.ts';

export default {
  rank: 1,
  needs: ['thread'],
  permissions: (on) => (on === 'pull' ? { pull_requests: 'write' } : { issues: 'write' }),
  id: () => 'title',
  diff(want, { thread }) {
    if (thread.title === want.title) return [];
    const route = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';
    const call = { via: 'rest', route, params: { issue_number: thread.number, title: want.title } } as const;
    return [{ kind: 'title', id: 'title', says: 'change the title', call, visibleTwice: false }];
  },
  project: (want, facts) => ({ ...facts, thread: { ...facts.thread, title: want.title } }),
} satisfies Kind<TitleWant>;
