import type { PickTarget, PickWork } from '../facts/pick-facts.ts';
import type { Step } from '../github/github.ts';
import type { Change, Kind, PickMake, PickWant } from './want.ts';

/** What a pick is noted under: asking again is something new. */
export const pickId = ({ target, request }: Pick<PickWant, 'target' | 'request'>) => `pick:${target}@${request}`;

/** Objects that nothing leads to are seen by nobody, so only the branch and its pull request are steps that people see. */
function branchSteps({ branch, tree, parent, entries, message, author, committer }: PickWork): Step[] {
  const files: Step = { route: 'POST /repos/{owner}/{repo}/git/trees', params: { base_tree: tree, tree: entries } };
  const route = 'POST /repos/{owner}/{repo}/git/commits';
  const signed = { message, parents: [parent], author, committer };
  // GitHub makes no tree of nothing: where no file could be taken over, the commit keeps the tree.
  const commit: Step[] =
    entries.length > 0
      ? [files, { route, params: signed, takes: { tree: 'sha' } }]
      : [{ route, params: { ...signed, tree } }];
  const ref = `refs/heads/${branch}`;
  return [...commit, { route: 'POST /repos/{owner}/{repo}/git/refs', params: { ref }, takes: { sha: 'sha' } }];
}

const bodyOf = ({ body }: PickMake) => (typeof body === 'string' ? body : body.en);

function pullStep(target: string, work: PickWork, make: PickMake): Step {
  const draft = work.conflicts.length > 0;
  const params = { title: make.title, body: bodyOf(make), head: work.branch, base: target, draft };
  return { route: 'POST /repos/{owner}/{repo}/pulls', params };
}

/** GitHub leaves out whoever cannot be assigned without a word. */
function assign(pick: PickTarget, login: string): Pick<Change, 'says' | 'call'>[] {
  if (pick.state !== 'made' || !pick.pull.ours || pick.pull.assigned || pick.pull.state !== 'open') return [];
  const params = { issue_number: pick.pull.number, assignees: [login] };
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/assignees';
  return [{ says: `assign ${login}`, call: { via: 'rest', route, params } }];
}

export default {
  rank: 5,
  needs: ['thread', 'picks'],
  permissions: (on) => (on === 'pull' ? { contents: 'write', pull_requests: 'write', workflows: 'write' } : {}),
  id: pickId,
  diff(want, { picks }) {
    const { target, make } = want;
    const pick = picks.targets.find(({ branch }) => branch === target);
    if (!pick || !make) return [];
    const change = { kind: 'pick', id: this.id(want), visibleTwice: false } as const;
    if (pick.state !== 'ready' && pick.state !== 'pushed')
      return assign(pick, make.assignee).map((one) => ({ ...change, ...one }));
    const branch = pick.state === 'ready' ? branchSteps(pick.work) : [];
    const steps = [...branch, pullStep(target, pick.work, make)];
    // There is one branch of a name, and GitHub opens no second pull request from it: sent again, it is refused.
    return [{ ...change, says: `pick to ${target}`, call: { via: 'steps', steps }, reveals: true }];
  },
  project(want, facts) {
    const { target, make } = want;
    const targets = facts.picks.targets.map((pick): PickTarget => {
      if (pick.branch !== target || !make) return pick;
      if (pick.state === 'made') return { ...pick, pull: { ...pick.pull, assigned: true } };
      if (pick.state !== 'ready' && pick.state !== 'pushed') return pick;
      const draft = pick.work.conflicts.length > 0;
      const pull = { number: 0, state: 'open', draft, ours: true, assigned: true } as const;
      return { branch: target, state: 'made', pull };
    });
    return { ...facts, picks: { ...facts.picks, targets } };
  },
} satisfies Kind<PickWant>;
