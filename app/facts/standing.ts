import { z } from 'zod';
import { shaped } from './actor.ts';
import { levels } from './fact.ts';
import type { Actor, FactSource, Learning, Level, Standing } from './fact.ts';

const permissionShape = z.object({
  permission: z.string(),
  role_name: z.string(),
  user: z.object({ id: z.number() }).nullable(),
});

/** `role_name` tells triage and maintain apart; a custom role has a name of its own, then `permission` counts. */
export function levelFrom(answer: z.output<typeof permissionShape>): Level {
  const known = (name: string) => levels.find((level) => level === name);
  return known(answer.role_name) ?? known(answer.permission) ?? 'none';
}

const membershipShape = z.object({ state: z.string() });

/** Several facts ask for the same person within one consideration; an answer this old is still live. */
const onePass = 2_000;

/** Null where GitHub means somebody else by that login, or nobody. */
async function level({ read }: Learning, login: string, id: number | null): Promise<Level | null> {
  const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
  const answer = await read.get(route, { username: login }, onePass);
  if (answer === null) return null;
  const seen = shaped(permissionShape, answer, `the permission of ${login}`);
  // A login can be given up and taken by somebody else; the number cannot.
  return seen.user?.id === id ? levelFrom(seen) : null;
}

/** The answers name no number, so a membership counts only together with a level that was checked by number. */
async function isMember({ read, subject }: Learning, login: string): Promise<boolean> {
  const answer = await read.get('GET /orgs/{org}/memberships/{username}', { org: subject.repo.owner, username: login });
  return answer !== null && shaped(membershipShape, answer, 'a membership').state === 'active';
}

async function isInTeam({ read }: Learning, team: string, login: string): Promise<boolean> {
  const [org = '', team_slug = ''] = team.slice(1).split('/');
  const route = 'GET /orgs/{org}/teams/{team_slug}/memberships/{username}';
  const answer = await read.get(route, { org, team_slug, username: login });
  return answer !== null && shaped(membershipShape, answer, 'a team membership').state === 'active';
}

/** Whether somebody belongs to the organisation; on a personal repository those with `write` do. */
export async function membershipOf(actor: Actor, learning: Learning): Promise<boolean> {
  if (actor.id === null || actor.bot || learning.known.repo?.organization !== true) return false;
  return (await level(learning, actor.login, actor.id)) !== null && isMember(learning, actor.login);
}

const nobody: Standing = { level: 'none', member: false, teams: [] };

/** What somebody may do here now, as far as these entries of `who` lists ask for it. */
export async function standingOf(
  actor: Actor | undefined,
  entries: readonly string[],
  learning: Learning,
): Promise<Standing> {
  const who = entries.map((entry) => entry.toLowerCase());
  // Bots are no collaborators: the look-up would only cost a request.
  if (!actor || actor.id === null || actor.bot || who.length === 0) return nobody;
  const found = await level(learning, actor.login, actor.id);
  if (found === null) return nobody;
  const teams = [];
  for (const team of new Set(who.filter((entry) => entry.startsWith('@') && entry.includes('/')))) {
    if (await isInTeam(learning, team, actor.login)) teams.push(team);
  }
  // On a public repository GitHub answers `read` for everybody, so there it is no right.
  const mine = found === 'read' && !learning.known.repo?.private ? 'none' : found;
  const asMember = () =>
    learning.known.repo?.organization
      ? isMember(learning, actor.login)
      : levels.indexOf(mine) >= levels.indexOf('write');
  return { level: mine, member: who.includes('member') && (await asMember()), teams };
}

export default {
  permissions: () => ({ metadata: 'read', members: 'read' }),
  // Rights of people are read when something is decided; a change of rights alone decides nothing.
  changedBy: [],
  learn: (learning) => standingOf(learning.known.thread?.author, learning.ask.who, learning),
} satisfies FactSource<'standing'>;
