import { commitFiles } from '../changes/pulls.ts';
import { moveRef } from '../changes/refs.ts';
import { ourSuite } from '../changes/suites.ts';
import { mergeCommits } from '../git-history.ts';
import { writeCommit } from '../git-objects.ts';
import { account, branchTip, signature } from '../hub.ts';
import { headCommit } from '../render/commit.ts';
import type { ActKeys } from './act-keys.ts';
import type { Acts } from './acts.ts';
import { authorOf } from './pull-acts.ts';

function needTip(keys: ActKeys, branch: string): string {
  const tip = branchTip(keys.hub, branch);
  if (tip === null) throw new Error(`${keys.step}: there is no branch ${branch}`);
  return tip;
}

function pushBase(keys: ActKeys): void {
  const branch = keys.text('branch', 'main');
  const tip = needTip(keys, branch);
  const by = keys.by();
  const files = keys.files() ?? { 'changes/base.txt': `${keys.hub.clock.now()}\n` };
  const author = authorOf(keys.hub, by, keys.optional('author'));
  const sha = commitFiles(keys.hub, tip, keys.text('message', 'chore: change the base'), files, author);
  moveRef(keys.hub, by, `heads/${branch}`, sha);
}

function tag(keys: ActKeys): void {
  const name = `tags/${keys.text('name')}`;
  if (keys.hub.state.refs.has(name)) throw new Error(`tag: ${keys.text('name')} is taken`);
  moveRef(keys.hub, keys.by(), name, needTip(keys, keys.text('branch', 'main')));
}

function createBranch(keys: ActKeys): void {
  const branch = keys.text('branch');
  if (branchTip(keys.hub, branch) !== null) throw new Error(`create-branch: ${branch} is there already`);
  moveRef(keys.hub, keys.by(), `heads/${branch}`, needTip(keys, keys.text('from', 'main')));
}

/** GitHub's own queue builds the merge on a branch of its own and asks every App for checks on it. */
function queueGroup(keys: ActKeys): void {
  const { hub } = keys;
  const thread = keys.pull();
  const { pull } = thread;
  const base = needTip(keys, pull.baseRef);
  const tree = mergeCommits(hub.state.git, base, pull.headSha);
  if (tree === null) throw new Error('queue-group: the pull request conflicts with its base');
  const who = signature(hub, thread.author);
  const message = `Merge pull request #${thread.number} from ${pull.headRef}`;
  const commit = writeCommit(hub.state.git, {
    tree,
    parents: [base, pull.headSha],
    message,
    author: who,
    committer: who,
  });
  const branch = `gh-readonly-queue/${pull.baseRef}/pr-${thread.number}-${base}`;
  const queue = account(hub, 'github-merge-queue[bot]');
  hub.state.group = commit.sha;
  hub.state.refs.set(`heads/${branch}`, commit.sha);
  ourSuite(hub, queue, commit.sha, branch);
  hub.emit('merge_group', 'checks_requested', queue, {
    merge_group: {
      head_sha: commit.sha,
      head_ref: `refs/heads/${branch}`,
      base_sha: base,
      base_ref: `refs/heads/${pull.baseRef}`,
      head_commit: headCommit(commit),
    },
  });
}

export const branchActs: Acts = {
  'push-base': { keys: ['by', 'branch', 'files', 'message', 'author'], run: pushBase },
  tag: { keys: ['by', 'name', 'branch'], run: tag },
  'create-branch': { keys: ['by', 'branch', 'from'], run: createBranch },
  'queue-group': { keys: ['of'], run: queueGroup },
};
