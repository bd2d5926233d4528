import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headsLike } from '../../app/facts/own-updates.ts';

const us = { login: 'github-bot[bot]', id: 99 };

/** A merge that GitHub made and signed in somebody's name. */
const mergeBy = (email: string) => ({
  ...{ oid: 'b', tree: { oid: 'tb' }, parents: { nodes: [{ oid: 'a' }, { oid: 'base' }] } },
  ...{ author: { email }, committer: { email: 'noreply@github.com' } },
  signature: { isValid: true, wasSignedByGitHub: true },
});

const headsAfter = (email: string) => headsLike('b', [mergeBy(email)], us).map(({ sha }) => sha);

test('an update of ours leaves what was said of the head before it', () => {
  assert.deepEqual(headsAfter('99+github-bot[bot]@users.noreply.github.com'), ['b', 'a']);
});

test('a merge that GitHub signed for somebody whose own address begins like ours is no update of ours', () => {
  for (const email of [
    '99+mallory@evil.example',
    '99+github-bot[bot]@users.noreply.github.com.evil.example',
    '99+x@evil.example@users.noreply.github.com',
    '999+mallory@users.noreply.github.com',
  ]) {
    assert.deepEqual(headsAfter(email), ['b'], email);
  }
});
