import { commitFiles } from '../changes/pulls.ts';
import { buildGroup, dequeue, enqueue, entryOf } from '../changes/queue.ts';
import { moveRef } from '../changes/refs.ts';
import { branchTip } from '../hub.ts';
import { rulesFor } from '../protection.ts';
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

/** Where no queue is on, its group is built all the same, and nothing comes of it. */
function queueGroup(keys: ActKeys): void {
  const { hub } = keys;
  const thread = keys.pull();
  const { baseRef } = thread.pull;
  if (rulesFor(hub, baseRef).queue) return void enqueue(hub, keys.by(), thread, { jump: keys.flag('jump') });
  if (!buildGroup(hub, thread, needTip(keys, baseRef)))
    throw new Error('queue-group: the pull request conflicts with its base');
}

function unqueue(keys: ActKeys): void {
  const entry = entryOf(keys.hub, keys.pull().number);
  if (!entry) throw new Error('unqueue: the pull request is not in the queue');
  dequeue(keys.hub, keys.by(), entry, 'MANUAL');
}

export const branchActs: Acts = {
  'push-base': { keys: ['by', 'branch', 'files', 'message', 'author'], run: pushBase },
  tag: { keys: ['by', 'name', 'branch'], run: tag },
  'create-branch': { keys: ['by', 'branch', 'from'], run: createBranch },
  'queue-group': { keys: ['of', 'by', 'jump'], run: queueGroup },
  unqueue: { keys: ['of', 'by'], run: unqueue },
};
