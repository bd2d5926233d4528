import { z } from 'zod';
import { shaped } from '../facts/actor.ts';
import type { Thread } from '../facts/fact.ts';
import type { GitHub } from '../github/github.ts';
import type { Subject, ThreadSubject } from '../subject.ts';
import type { Setup } from './consider.ts';
import { rulesFields, rulesFileFrom, withRulesFile } from './rules-file.ts';
import type { SetUp } from './set-up.ts';

const list = z.object({
  nodes: z.array(z.object({ number: z.number() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
const shape = z.object({
  repository: z.object({ ...withRulesFile, issues: list.optional(), pullRequests: list.optional() }),
});

const fields = { issue: 'issues', pull: 'pullRequests' } as const;

const page = 'nodes { number } pageInfo { hasNextPage endCursor }';
const document = `query OpenThreads($owner: String!, $name: String!, $issues: Boolean!, $pulls: Boolean!, $after: String) {
  repository(owner: $owner, name: $name) { ${rulesFields}
    issues(states: OPEN, first: 100, after: $after) @include(if: $issues) { ${page} }
    pullRequests(states: OPEN, first: 100, after: $after) @include(if: $pulls) { ${page} } } }`;

const mostPages = 100;

export interface WholeRepoPorts {
  readonly github: GitHub;
  readonly setUp: SetUp;
}

type Kind = Thread['kind'];

/** The open threads of one kind, oldest first, and the setup that now holds. */
async function openOf(kind: Kind, subject: Subject, { github, setUp }: WholeRepoPorts): Promise<number[]> {
  const { read } = github.repo(subject);
  const { owner, name, id } = subject.repo;
  const numbers: number[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < mostPages; pages++) {
    const which = { issues: kind === 'issue', pulls: kind === 'pull' };
    const answer = await read.graphql(document, { owner, name, after, ...which });
    const { repository } = shaped(shape, answer, 'the open threads');
    await setUp.of(id, rulesFileFrom(repository));
    const seen = repository[fields[kind]];
    numbers.push(...(seen?.nodes ?? []).map(({ number }) => number));
    after = seen?.pageInfo.endCursor ?? null;
    if (!seen?.pageInfo.hasNextPage || after === null) break;
  }
  return numbers;
}

function looksAt(setup: Setup, kind: Kind): boolean {
  if (kind === 'pull' && setup.broken.length > 0) return true;
  return setup.rules.sections.some(({ module }) => {
    const on = setup.modules.get(module)?.on;
    return on === 'both' || on === kind;
  });
}

/** After the rules of a repository changed: its open threads of the kinds that the rules looked at or look at now. */
export async function threadsToRejudge(subject: Subject, ports: WholeRepoPorts): Promise<readonly ThreadSubject[]> {
  const before = ports.setUp.last(subject.repo.id);
  const found: ThreadSubject[] = [];
  for (const kind of ['pull', 'issue'] as const) {
    // Where this process does not know the rules before, they may have looked at everything.
    const now = ports.setUp.last(subject.repo.id);
    const concerned = !before || !now || looksAt(before, kind) || looksAt(now, kind);
    const numbers = concerned ? await openOf(kind, subject, ports) : [];
    const after = ports.setUp.last(subject.repo.id);
    if (before && after && before.oid === after.oid) return [];
    const { repo, installation } = subject;
    found.push(...numbers.map((number) => ({ kind: 'thread' as const, repo, installation, number })));
  }
  return found;
}
