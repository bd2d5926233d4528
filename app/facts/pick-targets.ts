import { z } from 'zod';
import { holdsExactly } from '../three-way/holds.ts';
import { mergeTrees, TooLarge } from '../three-way/tree-merge.ts';
import type { Objects } from '../three-way/tree-merge.ts';
import { shaped } from './actor.ts';
import type { Learning } from './fact.ts';
import { commitAt, objectsIn } from './git-objects.ts';
import type { LandedChange } from './landed-change.ts';
import type { PickPull, PickTarget, PickWork } from './pick-facts.ts';
import { pickBranch } from './pick-requests.ts';

const branchShape = z.object({
  commit: z.object({ sha: z.string(), commit: z.object({ tree: z.object({ sha: z.string() }) }) }),
});

interface Tip {
  readonly sha: string;
  readonly tree: string;
}

/** Null where there is no such branch. */
export async function tipOf(branch: string, { read }: Learning): Promise<Tip | null> {
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
    head: z.object({ ref: z.string() }),
  }),
);

/** Whatever base it has by now: a person may have aimed it elsewhere, and a second one would be one too many. */
async function pullFrom(branch: string, { read, subject, answer }: Learning): Promise<PickPull | null> {
  const params = { head: `${subject.repo.owner}:${branch}`, state: 'all', per_page: 30 };
  const found = await read.get('GET /repos/{owner}/{repo}/pulls', params);
  const listed = shaped(pulls, found ?? [], 'pull requests of a branch');
  // GitHub passes over a filter that it does not understand.
  const all = listed.filter(({ head }) => head.ref === branch);
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

/** What a pick onto this state of its target is made of; the same date each time, so that the same work makes the same commit. */
async function workOn(
  branch: string,
  onto: Tip,
  change: LandedChange,
  objects: Objects,
  { answer, subject }: Learning,
) {
  const { login, id } = answer.viewer;
  const sides = { ours: onto.sha.slice(0, 12), theirs: `${change.commit.slice(0, 12)} (#${subject.number})` };
  const merged = await mergeTrees({ base: change.before, ours: onto.tree, theirs: change.tree }, objects, sides);
  const committer = { name: login, email: `${id}+${login}@users.noreply.github.com`, date: change.at };
  const { message, author } = change;
  return { branch, parent: onto.sha, tree: onto.tree, ...merged, message, author, committer } satisfies PickWork;
}

/** The commit of the target that a branch with our name is one commit on top of; null: it is something else. */
async function standsOn(head: Tip, tip: Tip, learning: Learning): Promise<Tip | null> {
  const { parents } = await commitAt(head.sha, learning.read);
  const [parent] = parents;
  if (!parent || parents.length > 1 || (await ahead(tip.sha, head.sha, learning)) !== 1) return null;
  const { sha, tree } = await commitAt(parent.sha, learning.read);
  return { sha, tree: tree.sha };
}

/** A branch with our name is ours when it holds what we would have put there, and nothing else. */
async function worked(target: string, tip: Tip, change: LandedChange, learning: Learning): Promise<PickTarget> {
  const objects = objectsIn(learning.read);
  const branch = pickBranch(learning.subject.number, target);
  const head = await tipOf(branch, learning);
  const onto = head ? await standsOn(head, tip, learning) : tip;
  if (!onto) return { branch: target, state: 'foreign' };
  const work = await workOn(branch, onto, change, objects, learning);
  if (!head) {
    const isEmpty = work.entries.length + work.conflicts.length === 0;
    return isEmpty ? { branch: target, state: 'contained' } : { branch: target, state: 'ready', work };
  }
  const isOurs = await holdsExactly(head.tree, onto.tree, work.entries, objects);
  return isOurs ? { branch: target, state: 'pushed', work } : { branch: target, state: 'foreign' };
}

/** How a target of a pull request that landed stands. */
export async function targetOf(branch: string, change: LandedChange | null, learning: Learning): Promise<PickTarget> {
  const tip = await tipOf(branch, learning);
  if (!tip) return { branch, state: 'missing' };
  const pull = await pullFrom(pickBranch(learning.subject.number, branch), learning);
  if (pull) return { branch, state: 'made', pull };
  if (!change) return { branch, state: 'unclear' };
  if ((await ahead(tip.sha, change.commit, learning)) === 0) return { branch, state: 'contained' };
  try {
    return await worked(branch, tip, change, learning);
  } catch (error) {
    if (error instanceof TooLarge) return { branch, state: 'too-large' };
    throw error;
  }
}
