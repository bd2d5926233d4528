import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learn } from '../../app/engine/learn.ts';
import type { LearnPorts } from '../../app/engine/learn.ts';
import { loadFacts, loadKinds, loadModules } from '../../app/engine/load.ts';
import { readRules } from '../../app/rules/read-rules.ts';

const modules = await loadModules();
const rules = readRules([{ name: 'operator', file: 'rules.yml', oid: 'o', text: 'issue-template: true' }], modules);
const setup = { rules, broken: [], modules, kinds: await loadKinds(), identity: 'app', oid: null, good: null };
const none = { nodes: [], totalCount: 0, pageInfo: { hasPreviousPage: false, startCursor: null } };

/** A GitHub with one issue, in a repository that is archived or not. */
async function concerned(isArchived: boolean) {
  const author = { __typename: 'User', login: 'bob', databaseId: 2 };
  const thread = {
    ...{ __typename: 'Issue', issueState: 'OPEN', stateReason: null, number: 3, title: 'It crashes', body: '' },
    ...{ locked: false, createdAt: '2026-01-05T09:00:00Z', updatedAt: '2026-01-05T09:00:00Z', url: 'https://x.test/3' },
    ...{ author, labels: none, assignees: none, comments: none, timelineItems: none },
    ...{ id: 'I_3', lastEditedAt: null, reactionGroups: null },
  };
  const repository = {
    ...{ databaseId: 7, isArchived, description: null, isInOrganization: true, isPrivate: true, name: 'shop' },
    ...{
      squashMergeAllowed: true,
      mergeCommitAllowed: true,
      rebaseMergeAllowed: true,
      url: 'https://x.test',
      nameWithOwner: 'acme/shop',
    },
    ...{ defaultBranchRef: null, labels: none, formFolder: null, issueOrPullRequest: thread },
  };
  const graphql = async () => ({ viewer: { login: 'github-bot[bot]', databaseId: 9 }, repository });
  const ports = {
    github: { identity: 'app', appId: 42, repo: () => ({ read: { graphql, get: async () => null } }) },
    sources: await loadFacts(),
    setUp: { last: () => setup, of: async () => setup },
    now: () => Date.parse('2026-01-05T10:00:00Z'),
  } as unknown as LearnPorts;
  const repo = { id: 7, owner: 'acme', name: 'shop' };
  return (await learn({ kind: 'thread', repo, installation: 1, number: 3 }, ports)).concerned;
}

test('in an archived repository nothing is decided, since nobody can write there', async () => {
  assert.equal(await concerned(true), false);
  assert.equal(await concerned(false), true);
});
