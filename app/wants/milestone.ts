import type { Kind, MilestoneWant } from './want.ts';

export default {
  rank: 1,
  needs: ['thread', 'milestones'],
  permissions: (on) => (on === 'pull' ? { pull_requests: 'write' } : { issues: 'write' }),
  id: () => 'milestone',
  diff(want, { thread, milestones }) {
    const { current, list } = milestones;
    const number = list.find(({ title }) => title === want.title)?.number ?? null;
    // One that is not there cannot be set.
    if (current === want.title || (want.title !== null && number === null)) return [];
    const route = 'PATCH /repos/{owner}/{repo}/issues/{issue_number}';
    const call = { via: 'rest', route, params: { issue_number: thread.number, milestone: number } } as const;
    const says = want.title === null ? 'clear the milestone' : `set milestone ${want.title}`;
    return [{ kind: 'milestone', id: 'milestone', says, call, visibleTwice: false }];
  },
  project(want, facts) {
    const isThere = want.title === null || facts.milestones.list.some(({ title }) => title === want.title);
    return isThere ? { ...facts, milestones: { ...facts.milestones, current: want.title } } : facts;
  },
} satisfies Kind<MilestoneWant>;
