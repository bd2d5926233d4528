import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { shaped } from '../facts/actor.ts';
import type { Thread } from '../facts/fact.ts';
import type { GitHub } from '../github/github.ts';
import { Trouble } from '../github/troubles.ts';
import type { Subject, ThreadSubject } from '../subject.ts';
import type { Store } from '../store/store.ts';
import { inForce } from './in-force.ts';
import type { Setup } from './set-up.ts';
import { rulesFields, rulesFileFrom, withRulesFile } from './rules-file.ts';
import type { SetUp } from './set-up.ts';
import { unitOf } from './units.ts';

const list = z.object({
  nodes: z.array(z.object({ number: z.number() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
const shape = z.object({
  repository: z.object({
    databaseId: z.number(),
    ...withRulesFile,
    isArchived: z.boolean().default(false),
    issues: list.optional(),
    pullRequests: list.optional(),
  }),
});

const page = 'nodes { number } pageInfo { hasNextPage endCursor }';
const liveliest = 'states: OPEN, first: 100, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }';
const document = `query OpenThreads($owner: String!, $name: String!, $issues: Boolean!, $pulls: Boolean!, $after: String) {
  repository(owner: $owner, name: $name) { databaseId isArchived ${rulesFields}
    issues(${liveliest}) @include(if: $issues) { ${page} }
    pullRequests(${liveliest}) @include(if: $pulls) { ${page} } } }`;

const mostPages = 100;

export interface WholeRepoPorts {
  readonly github: GitHub;
  readonly setUp: SetUp;
  readonly store: Pick<Store, 'inForce' | 'setInForce'>;
  readonly clock: Clock;
}

type Kind = Thread['kind'];
type List = z.output<typeof list> | undefined;

async function ask(subject: Subject, { github }: WholeRepoPorts, kinds: readonly Kind[], after: string | null) {
  const { owner, name } = subject.repo;
  const which = { issues: kinds.includes('issue'), pulls: kinds.includes('pull') };
  const answer = await github.repo(subject).read.graphql(document, { owner, name, after, ...which });
  const { repository } = shaped(shape, answer, 'the open threads');
  const isOurs = repository.databaseId === subject.repo.id;
  if (!isOurs) throw new Trouble('gone', `${owner}/${name} is another repository now`);
  return repository;
}

/** The numbers on a first page and on those after it. */
async function allOf(kind: Kind, first: List, subject: Subject, ports: WholeRepoPorts): Promise<number[]> {
  const numbers: number[] = [];
  let seen = first;
  for (let pages = 1; seen; pages++) {
    numbers.push(...seen.nodes.map(({ number }) => number));
    const { hasNextPage, endCursor } = seen.pageInfo;
    if (!hasNextPage || endCursor === null || pages === mostPages) break;
    const next = await ask(subject, ports, [kind], endCursor);
    seen = kind === 'pull' ? next.pullRequests : next.issues;
  }
  return numbers;
}

function looksAt(setup: Setup, kind: Kind): boolean {
  if (kind === 'pull' && setup.broken.length > 0) return true;
  return setup.rules.sections.some(({ module }) => {
    const on = unitOf(setup.modules, module)?.on;
    return on === 'both' || on === kind;
  });
}

/** After the rules of a repository changed: its open threads of the kinds that the rules looked at or look at now, the liveliest first. */
export async function threadsToRejudge(subject: Subject, ports: WholeRepoPorts): Promise<readonly ThreadSubject[]> {
  const before = ports.setUp.last(subject.repo.id);
  const first = await ask(subject, ports, ['issue', 'pull'], null);
  const now = await ports.setUp.of(subject, rulesFileFrom(first));
  await inForce(now, { pushedAt: first.pushedAt ?? null, anew: true }, ports);
  const { repo, installation } = subject;
  if (first.isArchived) return [];
  const found: ThreadSubject[] = [];
  for (const kind of ['pull', 'issue'] as const) {
    // Where this process does not know the rules before the change, they may have looked at everything.
    const known = before !== null && before !== now;
    if (known && !looksAt(before, kind) && !looksAt(now, kind)) continue;
    const page = kind === 'pull' ? first.pullRequests : first.issues;
    const numbers = await allOf(kind, page, subject, ports);
    found.push(...numbers.map((number) => ({ kind: 'thread' as const, repo, installation, number })));
  }
  return found;
}
