import { z } from 'zod';
import { shaped } from '../facts/actor.ts';
import type { Answer, Ask, FactName, Facts, Recalled, Selection, Thread } from '../facts/fact.ts';
import { unheard } from '../facts/callers.ts';
import { nothing } from '../facts/nothing.ts';
import type { RulesFile } from '../facts/rules-entry.ts';
import type { GitHub } from '../github/github.ts';
import { Trouble } from '../github/troubles.ts';
import { factsForScopes, markedIn, whoIn } from '../rules/scope.ts';
import type { ThreadSubject } from '../subject.ts';
import { grammarOf } from './command-table.ts';
import type { Setup } from './set-up.ts';
import type { Sources } from './load.ts';
import { rulesFields, rulesFileFrom, withRulesFile } from './rules-file.ts';
import type { RepoSetup, SetUp } from './set-up.ts';
import { unitOf } from './units.ts';

const inFirst = ['thread', 'pull', 'repo', 'proposal', 'spoken', 'callers'] as const satisfies FactName[];
const always: readonly FactName[] = [...inFirst, 'comments', 'checks'];

/**
 * The facts that the modules which are on look at, and those the engine's own wants need; `edited`: the pull request is
 * known to edit the rules file, which is told even where no module is on.
 */
export function neededFacts(setup: Setup, kind: Thread['kind'] | 'any', edited = false): readonly FactName[] {
  const on = setup.rules.sections.filter(({ module }) => {
    const where = unitOf(setup.modules, module)?.on;
    return where !== 'tag' && (where === 'both' || where === kind || kind === 'any');
  });
  if (on.length === 0 && setup.broken.length === 0 && !edited) return inFirst;
  const needs = on.flatMap(({ module }) => unitOf(setup.modules, module)?.needs ?? []);
  const wanted = new Set<FactName>([...always, ...needs, ...factsForScopes(on)]);
  return [...inFirst, ...[...wanted].filter((name) => !inFirst.some((first) => first === name)).sort()];
}

/** One query for everything that GraphQL has. */
export function queryFor(names: readonly FactName[], sources: Sources, ask: Ask): string {
  const selections = names.map((name) => sources.get(name)?.select?.(ask) ?? {});
  const all = (part: keyof Selection) => selections.map((selection) => selection[part] ?? '').join(' ');
  return `query Learn($owner: String!, $name: String!, $number: Int!) {
    viewer { login databaseId }
    repository(owner: $owner, name: $name) { databaseId isArchived ${rulesFields} ${all('repository')}
      issueOrPullRequest(number: $number) { __typename
        ... on Issue { updatedAt ${all('thread')} ${all('issue')} }
        ... on PullRequest { updatedAt ${all('thread')} ${all('pull')} } } } }`;
}

const shape = z.object({
  viewer: z.object({ login: z.string(), databaseId: z.number() }),
  repository: z.looseObject({
    databaseId: z.number(),
    isArchived: z.boolean().default(false),
    ...withRulesFile,
    issueOrPullRequest: z.looseObject({ __typename: z.enum(['Issue', 'PullRequest']) }).nullable(),
  }),
});

interface Asked {
  readonly answer: Answer;
  readonly rules: RulesFile | null;
  readonly archived: boolean;
  readonly pushedAt: string | null;
}

async function askGitHub(
  subject: ThreadSubject,
  names: readonly FactName[],
  ask: Ask,
  ports: LearnPorts,
): Promise<Asked> {
  const { owner, name } = subject.repo;
  const document = queryFor(names, ports.sources, ask);
  const data = await ports.github.repo(subject).read.graphql(document, { owner, name, number: subject.number });
  const { viewer, repository } = shaped(shape, data, 'a thread');
  // A name can be given up and taken again; what is there now is another repository.
  if (repository.databaseId !== subject.repo.id) {
    throw new Trouble('gone', `${owner}/${name} is repository ${repository.databaseId} now, not ${subject.repo.id}`);
  }
  const thread = repository.issueOrPullRequest;
  if (!thread) throw new Trouble('gone', `there is no ${owner}/${name}#${subject.number}`);
  return {
    answer: {
      viewer: { login: viewer.login, id: viewer.databaseId },
      repository,
      thread,
      isPull: thread.__typename === 'PullRequest',
    },
    rules: rulesFileFrom(repository),
    archived: repository.isArchived,
    pushedAt: repository.pushedAt ?? null,
  };
}

export interface LearnPorts {
  readonly github: GitHub;
  readonly sources: Sources;
  readonly setUp: SetUp;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const lastings = new WeakMap<SetUp, Map<string, unknown>>();

/** A bot that is started anew learns anew. */
function lastingOf(setUp: SetUp): Map<string, unknown> {
  const known = lastings.get(setUp) ?? new Map<string, unknown>();
  lastings.set(setUp, known);
  return known;
}

async function factsFrom(
  answer: Answer,
  names: readonly FactName[],
  subject: ThreadSubject,
  ask: Ask,
  at: string,
  ports: LearnPorts,
  { fresh = false, card = '' }: How,
) {
  const { read } = ports.github.repo(subject);
  const lasting = lastingOf(ports.setUp);
  const known: Partial<Record<FactName | 'now', unknown>> = { now: at };
  const learning = { answer, subject, read, ask, fresh, card, lasting };
  for (const name of names) {
    const source = ports.sources.get(name);
    if (!source) throw new Error(`no file in app/facts for the fact ${name}`);
    known[name] = await source.learn({ ...learning, known: known as Partial<Facts> });
  }
  return known as Partial<Facts>;
}

export const nothingRecalled: Recalled = {
  done: [],
  asked: [],
  considered: null,
  head: null,
  pushedAt: null,
  openedWith: null,
  pushers: [],
  errors: 0,
};
/** Before the rules are known nothing is looked up for a command. */
const noGrammar: Ask['commands'] = { prefix: '/', concerns: () => false, means: () => null, before: () => '' };

type Named = Pick<Ask, 'who' | 'marked' | 'commands'>;

/** Rules are read with every event and change with few. */
const namings = new WeakMap<Setup, Named>();

function namedBy(setup: Setup): Named {
  const known = namings.get(setup);
  if (known) return known;
  const { rules, modules } = setup;
  const [who, marked] = [whoIn(rules.sections, modules), markedIn(rules.sections, modules)];
  const named = { who, marked, commands: grammarOf(setup) };
  namings.set(setup, named);
  return named;
}

function askOf(setup: Setup | null, appId: number | null, recalled: Recalled): Ask {
  if (!setup) return { who: [], marked: {}, appId, recalled, commands: noGrammar };
  return { ...namedBy(setup), appId, recalled };
}

export interface Learnt {
  readonly setup: RepoSetup;
  readonly facts: Omit<Facts, 'done' | 'since' | 'considered'>;
  /** When anything was pushed to the repository last, by GitHub's clock. */
  readonly pushedAt: string | null;
  /** False when no module that is on looks at this kind of thread, or nobody can write there: nothing is to decide. */
  readonly concerned: boolean;
}

export interface How {
  /** The bot has spoken here, so there may be something to take back although no module is on any more. */
  readonly before?: boolean;
  /** Nothing may be answered from memory. */
  readonly fresh?: boolean;
  /** The node id of our card, as far as it is remembered. */
  readonly card?: string | undefined;
  readonly recalled?: Recalled;
}

/** Asks with the rules known so far, and again if the answer shows that the rules are others and need more. */
export async function learn(subject: ThreadSubject, ports: LearnPorts, how: How = {}): Promise<Learnt> {
  let setup = ports.setUp.last(subject.repo.id);
  let edited = how.before === true;
  for (let rounds = 0; rounds < 4; rounds++) {
    const names = setup ? neededFacts(setup, 'any', edited) : inFirst;
    const ask = askOf(setup, ports.github.appId, how.recalled ?? nothingRecalled);
    const at = new Date(ports.now()).toISOString();
    const { answer, rules, archived, pushedAt } = await askGitHub(subject, names, ask, ports);
    const fresh = await ports.setUp.of(subject, rules);
    const kind = answer.isPull ? 'pull' : 'issue';
    const needed = neededFacts(fresh, kind, edited);
    const concerned = needed.length > inFirst.length && !archived;
    if (fresh === setup || !concerned) {
      // Not the grammar that was known before: the first thing said to a bot that just came may be a command.
      const asked = askOf(fresh, ports.github.appId, how.recalled ?? nothingRecalled);
      const facts = { ...nothing, ...(await factsFrom(answer, needed, subject, asked, at, ports, how)) };
      const asks = facts.spoken.some((said) => unheard(said, at, asked, answer.viewer.login));
      edited = !concerned && !archived && (facts.proposal != null || asks);
      if (!edited) return { setup: fresh, facts: facts as Learnt['facts'], pushedAt, concerned };
    }
    setup = fresh;
  }
  throw new Trouble('stale', 'the rules changed again and again while they were read');
}
