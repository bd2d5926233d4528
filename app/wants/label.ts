import type { Change, Kind, LabelWant } from './want.ts';

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function create(want: LabelWant, id: string): Change {
  const { name, color = 'ededed', description = '' } = want;
  return {
    kind: 'label',
    id: `create-${id}`,
    says: `create label ${name}`,
    // 422: somebody else created it meanwhile.
    call: {
      via: 'rest',
      route: 'POST /repos/{owner}/{repo}/labels',
      params: { name, color, description },
      fine: [422],
    },
    visibleTwice: false,
  };
}

export default {
  rank: 1,
  needs: ['thread', 'repo'],
  // GitHub asks for the right of what the label is on; creating a label is under issues either way.
  permissions: (on) => (on === 'pull' ? { pull_requests: 'write', issues: 'write' } : { issues: 'write' }),
  id: (want) => `label:${want.name.toLowerCase()}`,
  // A label is there as long as one module has a reason for it.
  join: (a, b) => (a.on ? a : b),
  diff(want, { thread, repo }) {
    const there = thread.labels.find((name) => same(name, want.name));
    if (want.on === (there !== undefined)) return [];
    const id = this.id(want);
    const issue_number = thread.number;
    if (there !== undefined) {
      const route = 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}';
      const call = { via: 'rest', route, params: { issue_number, name: there }, fine: [404] } as const;
      return [{ kind: 'label', id, says: `remove label ${there}`, call, visibleTwice: false }];
    }
    const known = repo.labels.names.some((name) => same(name, want.name));
    const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels';
    const call = { via: 'rest', route, params: { issue_number, labels: [want.name] } } as const;
    const add: Change = { kind: 'label', id, says: `add label ${want.name}`, call, visibleTwice: false };
    return known ? [add] : [create(want, id), add];
  },
  project(want, facts) {
    const others = facts.thread.labels.filter((name) => !same(name, want.name));
    const there = facts.thread.labels.find((name) => same(name, want.name));
    const labels = want.on ? (there === undefined ? [...others, want.name] : facts.thread.labels) : others;
    return { ...facts, thread: { ...facts.thread, labels } };
  },
} satisfies Kind<LabelWant>;
