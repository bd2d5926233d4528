import { readLines } from '../commands/read-lines.ts';
import { unheard } from './callers.ts';
import type { FactSource, Learning } from './fact.ts';

const login = /^@?([a-z\d][a-z\d-]{0,38})$/i;
const mostNamed = 20;

const asked: Readonly<Record<string, 'assignee' | 'reviewer'>> = { assign: 'assignee', cc: 'reviewer' };

/** The logins that commands nobody has dealt with yet name, and what for; whoever names nobody means themselves. */
function named({ ask, known, answer }: Learning): readonly (readonly [string, 'assignee' | 'reviewer'])[] {
  const { spoken = [], now = '' } = known;
  const us = answer.viewer.login;
  const open = spoken.filter((said) => unheard(said, now, ask, us));
  const all = open.flatMap(({ text, by }) =>
    readLines(text, { ...ask.commands, us }).flatMap(({ word, rest }) => {
      const what = asked[ask.commands.means(word) ?? ''];
      const names = `${ask.commands.before(word)} ${rest}`
        .split(/[\s,]+/)
        .flatMap((name) => login.exec(name)?.[1]?.toLowerCase() ?? []);
      return what ? [by.login.toLowerCase(), ...names].map((name) => [name, what] as const) : [];
    }),
  );
  return [...new Map(all.map((pair) => [pair.join(' '), pair])).values()].slice(0, mostNamed);
}

const routes = {
  // docs.github.com/rest/issues/assignees: 204 for whoever can be assigned to this thread, else 404.
  assignee: 'GET /repos/{owner}/{repo}/issues/{issue_number}/assignees/{assignee}',
  reviewer: 'GET /repos/{owner}/{repo}/collaborators/{username}',
} as const;

export default {
  permissions: (kind) => ({
    metadata: 'read',
    ...(kind === 'pull' ? { pull_requests: 'read' } : { issues: 'read' }),
  }),
  changedBy: [],
  async learn(learning) {
    const { read, subject } = learning;
    const found: Record<string, { assignee: boolean; reviewer: boolean }> = {};
    for (const [name, what] of named(learning)) {
      const params = what === 'assignee' ? { issue_number: subject.number, assignee: name } : { username: name };
      const one = (found[name] ??= { assignee: false, reviewer: false });
      one[what] = (await read.get(routes[what], params)) !== null;
    }
    return found;
  },
} satisfies FactSource<'eligible'>;
