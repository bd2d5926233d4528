import type { Kind, StatusWant } from './want.ts';

// docs.github.com/rest/commits/statuses: a description is cut off after 140 characters.
const short = (text: string) => (text.length > 140 ? `${text.slice(0, 139)}…` : text);

export default {
  rank: 2,
  needs: ['checks'],
  permissions: () => ({ statuses: 'write' }),
  id: (want) => `status:${want.name}@${want.head}`,
  diff(want, { checks }) {
    const { name: context, head: sha, state } = want;
    const description = short(want.description);
    const found = checks.statuses.find((status) => status.name === context && status.head === sha);
    if (found?.state === state && found.description === description) return [];
    const route = 'POST /repos/{owner}/{repo}/statuses/{sha}';
    const params = { sha, context, state, description, ...(want.details && { target_url: want.details }) };
    const says = `status ${context}: ${state}`;
    return [{ kind: 'status', id: this.id(want), says, call: { via: 'rest', route, params }, visibleTwice: false }];
  },
  project(want, facts) {
    const { name, head, state } = want;
    const others = facts.checks.statuses.filter((status) => status.name !== name || status.head !== head);
    const fresh = { name, head, state, description: short(want.description) };
    return { ...facts, checks: { ...facts.checks, statuses: [...others, fresh] } };
  },
} satisfies Kind<StatusWant>;
