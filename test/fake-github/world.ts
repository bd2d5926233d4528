import type { World } from './fake-github.ts';
import { writeTree, writeCommit, editTree } from './git-objects.ts';
import { account, bot, freshId, ourApp, signature, type Hub } from './hub.ts';
import type { Role } from './state.ts';

const roles = new Set(['admin', 'maintain', 'write', 'triage', 'read']);

function settle(hub: Hub, world: World): void {
  const { state } = hub;
  for (const [login, role] of Object.entries(world.people ?? {})) {
    if (!roles.has(role)) throw new Error(`world: ${login} has the unknown role ${role}`);
    account(hub, login);
    state.roles.set(login.toLowerCase(), role as Role);
  }
  for (const login of world.members ?? []) state.members.add(account(hub, login).login.toLowerCase());
  for (const [slug, members] of Object.entries(world.teams ?? {})) {
    members.forEach((login) => account(hub, login));
    state.teams.set(slug.toLowerCase(), { id: freshId(hub), slug, members: [...members] });
  }
  for (const login of world.bots ?? []) account(hub, login.endsWith('[bot]') ? login : `${login}[bot]`);
}

function furnish(hub: Hub, world: World): void {
  const { state } = hub;
  const creator = account(hub, 'acme-owner');
  const now = hub.clock.now();
  for (const name of world.labels ?? [])
    state.labels.set(name.toLowerCase(), { id: freshId(hub), name, color: 'ededed', description: null });
  (world.milestones ?? []).forEach((title, index) =>
    state.milestones.push({
      id: freshId(hub),
      number: index + 1,
      title,
      description: null,
      state: 'open',
      dueOn: null,
      creator,
      createdAt: now,
      updatedAt: now,
    }),
  );
  for (const [branch, rules] of Object.entries(world.protection ?? {}))
    state.protections.set(branch, { checks: rules.checks ?? [], approvals: rules.approvals ?? 0 });
}

function firstCommit(hub: Hub, world: World): void {
  const { git, refs } = hub.state;
  const start = writeTree(git, new Map());
  const tree = editTree(git, start, { 'README.md': '# shop\n', ...world.files });
  const author = signature(hub, account(hub, 'acme-owner'));
  const commit = writeCommit(git, { tree, parents: [], message: 'chore: first commit', author, committer: author });
  refs.set('heads/main', commit.sha);
}

/** Builds the world of a scenario; nothing of this sends a webhook. */
export function buildWorld(hub: Hub, world: World): void {
  account(hub, 'web-flow');
  bot(hub);
  ourApp(hub);
  if (hub.identity === 'token') hub.state.roles.set('github-bot', 'write');
  settle(hub, world);
  furnish(hub, world);
  firstCommit(hub, world);
}
