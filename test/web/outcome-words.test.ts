import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { deedName } from '../../app/web/outcome-words.ts';
import type { Want } from '../../app/wants/want.ts';

/** What a change of each kind is called where it is planned. */
const deeds: Readonly<Record<Want['kind'], readonly string[]>> = {
  'approve-run': ['let workflow run 7 start'],
  assign: ['assign bob', 'unassign bob'],
  check: ['check github-bot (main): failure'],
  comment: ['write card', 'edit card', 'minimise card', 'bring back card'],
  'delete-branch': ['delete branch feat/x y'],
  enqueue: ['put abc123 into the merge queue', 'take abc123 out of the merge queue'],
  label: ['create label good first issue', 'add label kind/bug', 'remove label kind/bug'],
  merge: ['merge abc123', 'merge by squash abc123'],
  milestone: ['clear the milestone', 'set milestone v1.2 (next)'],
  pick: ['pick to release-1.2'],
  react: ['react rocket', 'react -1', 'react confused', 'react eyes'],
  release: ['draft release v1.0.0', 'publish release v1.0.0'],
  'request-review': ['request review of @acme/reviewers', 'withdraw review of bob'],
  rerun: ['run the failed jobs of 7 again'],
  retest: ['run job 7 again', 'run suite 7 again'],
  revisit: [],
  say: ['say f3223a6525047d981106'],
  'stand-in': ['stand-in build: success'],
  state: ['reopen', 'close as not_planned'],
  status: ['status github-bot (main): pending'],
  title: ['change the title'],
  'update-branch': ['bring abc123 up to date'],
};

test('a page names every change in Chinese, and in English none by a key that means nothing to people', () => {
  for (const says of Object.values(deeds).flat()) {
    const [chinese, english] = (['zh-CN', 'en'] as const).map((language) => renderToString(deedName(says, language)));
    assert.match(chinese ?? '', /\p{Script=Han}/u, says);
    assert.doesNotMatch(english ?? '', /[0-9a-f]{16}|rocket/, says);
  }
});
