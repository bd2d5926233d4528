import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Learning } from '../../app/facts/fact.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import { membershipOf, standingOf } from '../../app/facts/standing.ts';

const zoe = { id: 2006, login: 'zoe', bot: false, us: false };
const entries = ['member', '@acme/core', 'write'];

/** What zoe may do where GitHub knows the login as this account: an administrator, member of the organisation and of a team. */
async function knownAs(user: { id: number } | null) {
  const answers: Readonly<Record<string, object | null>> = {
    'GET /repos/{owner}/{repo}/collaborators/{username}/permission': { permission: 'admin', role_name: 'admin', user },
    'GET /orgs/{org}/memberships/{username}': { state: 'active' },
    'GET /orgs/{org}/teams/{team_slug}/memberships/{username}': { state: 'active' },
  };
  const learning = {
    ...{ read: { get: async (route: string) => answers[route] ?? null }, known: plainFacts({}) },
    subject: { repo: { id: 7, owner: 'acme', name: 'shop' } },
  } as unknown as Learning;
  return { standing: await standingOf(zoe, entries, learning), member: await membershipOf(zoe, learning) };
}

test('rights, teams and membership belong to whom GitHub knows by the number', async () => {
  const standing = { level: 'admin', member: true, teams: ['@acme/core'] };
  assert.deepEqual(await knownAs({ id: 2006 }), { standing, member: true });
});

test('whoever took a login over from somebody else inherits nothing of it', async () => {
  const nothing = { standing: { level: 'none', member: false, teams: [] }, member: false };
  assert.deepEqual(await knownAs({ id: 4711 }), nothing);
  assert.deepEqual(await knownAs(null), nothing);
});
