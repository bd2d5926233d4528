import type { Answer, Call, CommandFact } from '../../commands/command.ts';
import type { Seen } from '../../facts/fact.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { failed } from './words.ts';
import type { Failures } from './words.ts';

type Known = Seen<CommandFact | 'eligible'>;

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const isTeam = (name: string) => name.includes('/');

/** Whom a line is about, once each: whoever names nobody, or `me`, means themselves. */
function people({ args, by }: Call): readonly string[] {
  const given = [args['people'] ?? []].flat();
  const names = given.map((name) => (isTeam(name) ? name : name.replace(/^@/, '')));
  const meant = (names.length === 0 ? ['me'] : names).map((name) => (same(name, 'me') ? by.login : name));
  return [...new Map(meant.map((name) => [name.toLowerCase(), name])).values()];
}

function answer(wants: readonly PolicyWant[], failures: Failures): Answer {
  const say = failed(failures);
  return { outcome: say && wants.length === 0 ? 'refused' : 'done', ...(say && { say }), wants };
}

const assigned = (login: string, on: boolean): PolicyWant => ({ kind: 'assign', login, on, evenClosed: true });
const requested = (reviewer: string, on: boolean): PolicyWant => ({ kind: 'request-review', reviewer, on });

// docs.github.com/rest/issues/assignees: up to 10.
const mostAssigned = 10;

export function assign(facts: Known, call: Call): Answer {
  const { thread, eligible } = facts;
  const isThere = (name: string) => thread.assignees.some((login) => same(login, name));
  const wished = people(call).filter((name) => !isThere(name));
  const may = (name: string) => !isTeam(name) && eligible[name.toLowerCase()]?.assignee === true;
  const room = Math.max(0, mostAssigned - thread.assignees.length);
  const able = wished.filter(may);
  return answer(
    able.slice(0, room).map((login) => assigned(login, true)),
    { unassignable: wished.filter((name) => !may(name)), tooMany: able.slice(room), most: mostAssigned },
  );
}

export function unassign(_facts: Known, call: Call): Answer {
  return answer(
    people(call)
      .filter((name) => !isTeam(name))
      .map((login) => assigned(login, false)),
    {},
  );
}

export function cc({ thread, repo, eligible }: Known, call: Call): Answer {
  const wished = people(call);
  const isAuthor = (name: string) => same(name, thread.author.login);
  const [owner = ''] = repo.name.split('/');
  // Which teams have access is GitHub's to say: one that has none is left out.
  const may = (name: string) =>
    isTeam(name) ? same(name.slice(1, name.indexOf('/')), owner) : eligible[name.toLowerCase()]?.reviewer === true;
  const others = wished.filter((name) => !isAuthor(name));
  return answer(
    others.filter(may).map((name) => requested(name, true)),
    { unaskable: others.filter((name) => !may(name)), author: wished.find(isAuthor) ?? null },
  );
}

export function uncc(_facts: Known, call: Call): Answer {
  return answer(
    people(call).map((name) => requested(name, false)),
    {},
  );
}
