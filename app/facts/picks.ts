import { z } from 'zod';
import { readLines } from '../commands/read-lines.ts';
import { Trouble } from '../github/troubles.ts';
import { holdsExactly } from '../three-way/holds.ts';
import { mergeTrees, TooLarge } from '../three-way/tree-merge.ts';
import { shaped } from './actor.ts';
import { unheard } from './callers.ts';
import type { Actor, FactSource, Learning, Standing } from './fact.ts';
import { commitAt, objectsIn } from './git-objects.ts';
import { landedChange } from './landed-change.ts';
import type { LandedChange } from './landed-change.ts';
import { noPicks } from './pick-facts.ts';
import type { PickPull, PickTarget, PickWork } from './pick-facts.ts';
import { byTarget, pending, pickBranch, pickModule, requestsOf } from './pick-requests.ts';
import { standingOf } from './standing.ts';

const branchShape = z.object({
  commit: z.object({ sha: z.string(), commit: z.object({ tree: z.object({ sha: z.string() }) }) }),
});

interface Tip {
  readonly sha: string;
  readonly tree: string;
}

async function tipOf(branch: string, { read }: Learning): Promise<Tip | null> {
  const answer = await read.get('GET /repos/{owner}/{repo}/branches/{branch}', { branch });
  if (answer === null) return null;
  const { commit } = shaped(branchShape, answer, 'a branch');
  return { sha: commit.sha, tree: commit.commit.tree.sha };
}

const pulls = z.array(
  z.object({
    number: z.number(),
    state: z.enum(['open', 'closed']),
    merged_at: z.string().nullable(),
    draft: z.boolean().default(false),
    user: z.object({ id: z.number() }).nullable(),
    assignees: z.array(z.unknown()).nullish(),
  }),
);

/** Whatever base it has by now: a person may have aimed it elsewhere, and a second one would be one too many. */
async function pullFrom(branch: string, { read, subject, answer }: Learning): Promise<PickPull | null> {
  const params = { head: `${subject.repo.owner}:${branch}`, state: 'all', per_page: 100 };
  const found = await read.get('GET /repos/{owner}/{repo}/pulls', params);
  const all = shaped(pulls, found ?? [], 'pull requests of a branch');
  const one = all.find(({ state }) => state === 'open') ?? all.toSorted((a, b) => b.number - a.number)[0];
  if (!one) return null;
  const state = one.merged_at === null ? one.state : 'merged';
  const assigned = (one.assignees ?? []).length > 0;
  return { number: one.number, state, draft: one.draft, ours: one.user?.id === answer.viewer.id, assigned };
}

const comparison = z.object({ ahead_by: z.number() });

/** How many commits of the second the first lacks. What two commits have in common never changes. */
async function ahead(first: string, second: string, { read }: Learning): Promise<number> {
  // Files are listed on the first page only, and nobody needs them here.
  const params = { basehead: `${first}...${second}`, per_page: 1, page: 2 };
  const answer = await read.get('GET /repos/{owner}/{repo}/compare/{basehead}', params, Infinity);
  return shaped(comparison, answer, 'a comparison').ahead_by;
}

function workOn(target: string, parent: string, tree: string, change: LandedChange, learning: Learning) {
  const { answer, subject, read } = learning;
  const { login, id } = answer.viewer;
  const objects = objectsIn(read);
  const sides = { ours: parent.slice(0, 12), theirs: `${change.commit.slice(0, 12)} (#${subject.number})` };
  // The same date each time, so that the same work makes the same commit.
  const committer = { name: login, email: `${id}+${login}@users.noreply.github.com`, date: change.at };
  const { message, author } = change;
  const branch = pickBranch(subject.number, target);
  return {
    objects,
    async merged(): Promise<PickWork> {
      const merged = await mergeTrees({ base: change.before, ours: tree, theirs: change.tree }, objects, sides);
      return { branch, parent, tree, ...merged, message, author, committer };
    },
  };
}

/** A branch with our name for it is ours when it holds what we would have put there, and nothing else, on a commit of the target. */
async function found(
  branch: string,
  tip: Tip,
  head: Tip,
  change: LandedChange,
  learning: Learning,
): Promise<PickTarget> {
  const foreign = { branch, state: 'foreign' } as const;
  const { parents } = await commitAt(head.sha, learning.read);
  const [parent] = parents;
  if (!parent || parents.length > 1 || (await ahead(tip.sha, head.sha, learning)) !== 1) return foreign;
  const before = await commitAt(parent.sha, learning.read);
  const { merged, objects } = workOn(branch, parent.sha, before.tree.sha, change, learning);
  const work = await merged();
  const isOurs = await holdsExactly(head.tree, before.tree.sha, work.entries, objects);
  return isOurs ? { branch, state: 'pushed', work } : foreign;
}

async function targetOf(branch: string, change: LandedChange | null, learning: Learning): Promise<PickTarget> {
  const tip = await tipOf(branch, learning);
  if (!tip) return { branch, state: 'missing' };
  const own = pickBranch(learning.subject.number, branch);
  const pull = await pullFrom(own, learning);
  if (pull) return { branch, state: 'made', pull };
  if (!change) return { branch, state: 'unclear' };
  if ((await ahead(tip.sha, change.commit, learning)) === 0) return { branch, state: 'contained' };
  try {
    const head = await tipOf(own, learning);
    if (head) return await found(branch, tip, head, change, learning);
    const work = await workOn(branch, tip.sha, tip.tree, change, learning).merged();
    const isEmpty = work.entries.length + work.conflicts.length === 0;
    return isEmpty ? { branch, state: 'contained' } : { branch, state: 'ready', work };
  } catch (error) {
    if (error instanceof TooLarge) return { branch, state: 'too-large' };
    throw error;
  }
}

const mostNamed = 10;

/** What commands that nobody has dealt with yet name, and who says them. */
function spokenOf({
  ask,
  known,
  answer,
}: Learning): readonly { readonly by: Actor; readonly names: readonly string[] }[] {
  const { spoken = [], now = '' } = known;
  const us = answer.viewer.login;
  return spoken
    .filter((said) => unheard(said, now, ask, us))
    .flatMap(({ text, by }) =>
      readLines(text, { prefix: ask.commands.prefix, us }).flatMap(({ word, rest }) =>
        ask.commands.means(word) === pickModule
          ? [
              {
                by,
                names: rest
                  .split(/[\s,"]+/)
                  .filter((name) => name !== '')
                  .slice(0, mostNamed),
              },
            ]
          : [],
      ),
    );
}

/** Null where GitHub does not let us know. */
async function rightOf(actor: Actor, learning: Learning): Promise<Standing | null> {
  try {
    return await standingOf(actor, [...(learning.ask.marked['callers'] ?? []), 'some-right'], learning);
  } catch (error) {
    if (error instanceof Trouble && (error.kind === 'forbidden' || error.kind === 'gone')) return null;
    throw error;
  }
}

async function learnLanded(learning: Learning, named: ReturnType<typeof spokenOf>) {
  const { known, ask } = learning;
  const { thread, asks = [], happened = [] } = known;
  const [prefix = ''] = ask.marked['pick-label'] ?? [];
  if (!thread) return noPicks;
  const requests = requestsOf(thread, asks, happened, prefix);
  if (named.length === 0 && pending(requests, ask.recalled.done).length === 0) return noPicks;
  const change = await landedChange(learning);
  const names = new Set([...byTarget(requests).keys(), ...named.flatMap((one) => one.names)]);
  const targets = [];
  for (const branch of names) targets.push(await targetOf(branch, change, learning));
  const standing: Record<string, Standing | null> = {};
  for (const { by } of [...requests, ...named]) {
    const key = String(by.id);
    if (!(key in standing)) standing[key] = await rightOf(by, learning);
  }
  return { commit: change?.commit ?? '', targets, standing };
}

export default {
  permissions: (kind) =>
    kind === 'pull' ? { metadata: 'read', members: 'read', contents: 'read', pull_requests: 'read' } : {},
  changedBy: ['pull_request.closed', 'pull_request.labeled'],
  async learn(learning) {
    const { pull, thread } = learning.known;
    const named = spokenOf(learning);
    if (!pull || thread?.state === 'closed') return noPicks;
    if (thread?.state === 'merged') return learnLanded(learning, named);
    const targets: PickTarget[] = [];
    for (const branch of new Set(named.flatMap(({ names }) => names))) {
      const state = (await tipOf(branch, learning)) ? 'there' : 'missing';
      targets.push({ branch, state });
    }
    return { ...noPicks, targets };
  },
} satisfies FactSource<'picks'>;
