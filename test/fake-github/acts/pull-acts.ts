import { addReview, commitFiles, dismissReview, forceMerge, moveHead, openPull, setDraft } from '../changes/pulls.ts';
import { moveRef } from '../changes/refs.ts';
import { mergeBase } from '../git-history.ts';
import { writeCommit, type Signature } from '../git-objects.ts';
import { account, branchTip, freshId, signature, type Hub } from '../hub.ts';
import type { Account, Fork } from '../state.ts';
import { fileMap, type ActKeys } from './act-keys.ts';
import type { Acts } from './acts.ts';

/** `Name <mail>` is somebody without an account. */
export function authorOf(hub: Hub, by: Account, author: string | undefined): Signature {
  if (author === undefined) return signature(hub, by);
  const found = /^(.*?)\s*<([^>]+)>$/.exec(author);
  if (!found) throw new Error(`author must read "Name <mail>", not ${author}`);
  return { name: found[1] ?? '', email: found[2] ?? '', date: hub.clock.now(), login: null };
}

interface PlannedCommit {
  readonly message: string;
  readonly files: Record<string, string | null>;
  readonly author: Signature;
}

function plannedCommits(keys: ActKeys, by: Account): PlannedCommit[] {
  const given = keys.raw('commits');
  const title = keys.text('title');
  const own = `changes/${keys.text('as', String(keys.hub.state.site.lastId))}.txt`;
  if (given === undefined)
    return [{ message: title, files: keys.files() ?? { [own]: `${title}\n` }, author: signature(keys.hub, by) }];
  if (!Array.isArray(given) || keys.has('files')) throw new Error('open-pull: either files or a list of commits');
  return given.map((one: unknown, index) => {
    const { message = title, files, author, ...rest } = one as Record<string, unknown>;
    const unknown = Object.keys(rest)[0];
    if (unknown !== undefined) throw new Error(`open-pull: unknown key ${unknown} in commits`);
    const map = fileMap('open-pull', files ?? { [own]: `${String(message)} ${index}\n` });
    return { message: String(message), files: map, author: authorOf(keys.hub, by, author as string | undefined) };
  });
}

function forkOf(hub: Hub, owner: Account): Fork {
  const known = hub.state.forks.get(owner.login.toLowerCase());
  if (known) return known;
  const fork = { id: freshId(hub), owner };
  hub.state.forks.set(owner.login.toLowerCase(), fork);
  return fork;
}

/** `true` is a fork of whoever opens, and of a bot that of a person, as no App owns one; a login is that of the fork's owner. */
function forkWanted(keys: ActKeys, by: Account): Fork | null {
  if (typeof keys.raw('fork') === 'string') return forkOf(keys.hub, account(keys.hub, keys.text('fork')));
  if (!keys.flag('fork')) return null;
  return forkOf(keys.hub, by.type === 'Bot' ? account(keys.hub, by.login.replace(/\[bot\]$/, '')) : by);
}

function open(keys: ActKeys): void {
  const { hub } = keys;
  const by = keys.by();
  const base = keys.text('base', 'main');
  const branch = keys.text('branch', `p-${keys.text('as', `unnamed-${hub.state.lastNumber + 1}`)}`);
  const tip = branchTip(hub, base);
  if (tip === null) throw new Error(`open-pull: there is no branch ${base}`);
  const fork = forkWanted(keys, by);
  let head = (fork ? undefined : branchTip(hub, branch)) ?? tip;
  const adopted = head !== tip && !keys.has('files') && !keys.has('commits');
  if (!adopted)
    for (const { message, files, author } of plannedCommits(keys, by))
      head = commitFiles(hub, head, message, files, author);
  if (fork) hub.state.refs.set(`${fork.owner.login.toLowerCase()}:heads/${branch}`, head);
  else moveRef(hub, by, `heads/${branch}`, head);
  const wish = {
    title: keys.text('title'),
    body: keys.optional('body'),
    base,
    head: branch,
    fork,
    draft: keys.flag('draft'),
    labels: keys.list('labels'),
  };
  const thread = openPull(hub, by, wish);
  keys.name('thread', thread.number);
}

function push(keys: ActKeys): void {
  const { hub } = keys;
  const { pull } = keys.pull();
  const by = keys.by();
  const author = authorOf(hub, by, keys.optional('author'));
  const old = hub.state.git.commits.get(pull.headSha);
  if (!old) throw new Error('push: the head is gone');
  if (keys.flag('same-tree')) {
    if (keys.has('files')) throw new Error('push: same-tree takes no files');
    const { tree, parents } = old;
    const message = keys.text('message', `${old.message}\n\n(again)`);
    return moveHead(
      hub,
      by,
      pull,
      writeCommit(hub.state.git, { tree, parents, message, author, committer: author }).sha,
    );
  }
  const tip = branchTip(hub, pull.baseRef) ?? pull.baseSha;
  const onto = keys.flag('force') ? (mergeBase(hub.state.git, tip, pull.headSha) ?? tip) : pull.headSha;
  const files = keys.files() ?? { 'changes/pushed.txt': `${hub.clock.now()}\n` };
  moveHead(hub, by, pull, commitFiles(hub, onto, keys.text('message', 'more changes'), files, author));
}

const reviewStates: Readonly<Record<string, 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED'>> = {
  approve: 'APPROVED',
  'request-changes': 'CHANGES_REQUESTED',
  comment: 'COMMENTED',
};

function review(keys: ActKeys): void {
  const state = reviewStates[keys.text('state', 'comment')];
  if (!state) throw new Error(`review: unknown state ${keys.text('state')}`);
  const made = addReview(keys.hub, keys.by(), keys.pull(), state, keys.text('body', ''));
  keys.name('review', made.id);
  made.as = keys.optional('as') ?? null;
}

export const pullActs: Acts = {
  'open-pull': {
    keys: ['by', 'as', 'title', 'body', 'base', 'branch', 'files', 'commits', 'draft', 'fork', 'labels'],
    run: open,
  },
  push: { keys: ['of', 'by', 'files', 'message', 'author', 'same-tree', 'force'], run: push },
  review: { keys: ['of', 'by', 'as', 'state', 'body'], run: review },
  'dismiss-review': {
    keys: ['review', 'by'],
    run: (keys) => {
      const found = keys.review();
      dismissReview(keys.hub, keys.by(), found.thread, found.review);
    },
  },
  merge: {
    keys: ['of', 'by'],
    run: (keys) =>
      void forceMerge(keys.hub, keys.by(), keys.pull(), { method: 'merge', sha: keys.pull().pull.headSha }),
  },
  draft: { keys: ['of', 'by'], run: (keys) => setDraft(keys.hub, keys.by(), keys.pull(), true) },
  ready: { keys: ['of', 'by'], run: (keys) => setDraft(keys.hub, keys.by(), keys.pull(), false) },
};
