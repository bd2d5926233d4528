import type { AssignWant, Kind } from './want.ts';

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

export default {
  rank: 1,
  needs: ['thread'],
  permissions: (on) => (on === 'pull' ? { pull_requests: 'write' } : { issues: 'write' }),
  id: (want) => `assign:${want.login.toLowerCase()}`,
  // Somebody is assigned as long as one module has a reason for it.
  join: (a, b) => (a.on ? a : b),
  diff(want, { thread }) {
    const there = thread.assignees.find((login) => same(login, want.login));
    if (want.on === (there !== undefined)) return [];
    // GitHub leaves out whoever cannot be assigned without a word.
    const route = `${want.on ? 'POST' : 'DELETE'} /repos/{owner}/{repo}/issues/{issue_number}/assignees`;
    const params = { issue_number: thread.number, assignees: [there ?? want.login] };
    const says = `${want.on ? 'assign' : 'unassign'} ${want.login}`;
    return [{ kind: 'assign', id: this.id(want), says, call: { via: 'rest', route, params }, visibleTwice: false }];
  },
  project(want, facts) {
    const others = facts.thread.assignees.filter((login) => !same(login, want.login));
    const there = others.length < facts.thread.assignees.length;
    const assignees = want.on ? (there ? facts.thread.assignees : [...others, want.login]) : others;
    return { ...facts, thread: { ...facts.thread, assignees } };
  },
} satisfies Kind<AssignWant>;
