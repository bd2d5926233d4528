import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start } from '../../app/main.ts';
import { personalToken } from '../fake-github/tokens.ts';
import { startFakeGitHub } from '../fake-github/start.ts';
import { parseScenarios } from '../scenarios/format.ts';
import { outcomeLine, play } from '../scenarios/play.ts';
import type { PlayOptions } from '../scenarios/play.ts';

/** The bot with a personal token instead of an App. */
const withToken: PlayOptions = {
  startFake: (options) => startFakeGitHub({ ...options, identity: 'token' }),
  startBot: (settings, world) => start({ ...settings, appId: '', privateKey: '', token: personalToken }, world),
};

const source = `
title: the verdict is a commit status and the card a comment of the user
world:
  people: {bob: read}
  files: {.github/github-bot.yml: "pr-title: true\\n"}
steps:
  - open-pull: {by: bob, as: pr, title: add search, files: {a.ts: "1"}}
  - expect: {of: pr, statuses: {"github-bot (main)": failure}, checks: {"github-bot (main)": none}, has-labels: [invalid-title], comments: 1, says: [feat]}
  - edit: {of: pr, by: bob, title: "feat: add search"}
  - expect: {of: pr, statuses: {"github-bot (main)": success}, labels: [], comments: 0}
  - push: {of: pr, by: bob, files: {a.ts: "2"}}
  - expect: {of: pr, statuses: {"github-bot (main)": success}}
  - redeliver: {all: true, duplicate: true}
  - expect: {of: pr, statuses: {"github-bot (main)": success}, comments: 0, calls: {writes: 0}}
---
title: what waits is pending
world:
  people: {bob: read}
  files: {.github/github-bot.yml: "pr-title: [not, a, map"}
steps:
  - open-pull: {by: bob, as: pr, title: add search, files: {a.ts: "1"}}
  - expect: {of: pr, statuses: {"github-bot (main)": pending}}
---
title: an issue is closed and opened again
world:
  people: {bob: read}
  files: {.github/github-bot.yml: "issue-template: {headings: [Version], grace: 1h}\\n"}
steps:
  - open-issue: {by: bob, as: bug, title: It breaks, body: Help}
  - expect: {of: bug, state: open, has-labels: [invalid], comments: 1}
  - wait: 2h
  - expect: {of: bug, state: closed, reason: not_planned}
  - edit: {of: bug, by: bob, body: "## Version\\n1.0"}
  - expect: {of: bug, state: open, labels: [], comments: 0}
---
title: a lost answer and a crash double nothing
world:
  people: {bob: read}
  files: {.github/github-bot.yml: "pr-title: true\\n"}
steps:
  - fault: {kind: reset-after-apply, times: 1, route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments"}
  - crash: {at: next-write, applied: true}
  - open-pull: {by: bob, as: pr, title: add search, files: {a.ts: "1"}}
  - wait: 1h
  - expect: {of: pr, statuses: {"github-bot (main)": failure}, has-labels: [invalid-title], comments: 1}
---
title: a token that GitHub no longer takes is waited for, not hammered with
world:
  people: {bob: read}
  files: {.github/github-bot.yml: "pr-title: true\\n"}
steps:
  - fault: {kind: unauthorized, times: 3}
  - open-pull: {by: bob, as: pr, title: add search, files: {a.ts: "1"}}
  - expect: {of: pr, comments: 0, calls: {max: 2}}
  - wait: 1h
  - expect: {of: pr, statuses: {"github-bot (main)": failure}, comments: 1}
`;

for (const parsed of parseScenarios(source, 'token-mode')) {
  assert.equal(parsed.kind, 'scenario');
  const { scenario } = parsed;
  test(`with a personal token: ${scenario.title}`, async () => {
    const played = await play(scenario, { ...withToken, keep: true });
    try {
      assert.ok(played.outcome.ok && played.stage, outcomeLine(played.outcome));
      const { journal } = played.stage.fake;
      assert.ok(journal.length > 0);
      assert.deepEqual(
        journal.filter(({ as, path }) => as !== 'token' || path.startsWith('/app') || path.includes('check-runs')),
        [],
        'every call is made with the token, none as an App',
      );
    } finally {
      await played.close();
    }
  });
}
