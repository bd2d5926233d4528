import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScenarios } from '../scenarios/format.ts';
import { killEverywhere } from './kill-everywhere.ts';

const source = `
title: a bad title
world: {people: {bob: read}, files: {.github/github-bot.yml: "pr-title: true\\n"}}
steps:
  - open-pull: {by: bob, as: it, title: add search, files: {a.ts: "1"}}
  - wait: 10m
---
title: a missing part
world: {people: {bob: read}, files: {.github/github-bot.yml: "issue-template: {headings: [Version], grace: never}\\n"}}
steps:
  - open-issue: {by: bob, as: it, title: It breaks, body: Help}
  - wait: 10m
---
title: a fix
world: {people: {bob: read}, files: {.github/github-bot.yml: "pr-title: true\\n"}}
steps:
  - open-pull: {by: bob, as: it, title: add search, files: {a.ts: "1"}}
  - edit: {of: it, by: bob, title: "feat: add search"}
  - wait: 10m
  - edit: {of: it, by: bob, title: add search again}
  - wait: 10m
  - edit: {of: it, by: bob, title: "fix: add search"}
  - wait: 10m
---
title: a grace that ends
world: {people: {bob: read}, files: {.github/github-bot.yml: "issue-template: {headings: [Version], grace: 1h}\\n"}}
steps:
  - open-issue: {by: bob, as: it, title: It breaks, body: Help}
  - wait: 2h
  - edit: {of: it, by: bob, body: "## Version\\n1.0"}
  - wait: 10m
---
title: a push
world: {people: {bob: read}, files: {.github/github-bot.yml: "pr-title: true\\n"}}
steps:
  - open-pull: {by: bob, as: it, title: add search, files: {a.ts: "1"}}
  - push: {of: it, by: bob, files: {a.ts: "2"}}
  - wait: 10m
`;

for (const parsed of parseScenarios(source, 'crash')) {
  assert.equal(parsed.kind, 'scenario');
  const { scenario } = parsed;
  test(`killed in any write of ${scenario.title}, the bot ends where it ends without`, async () => {
    const { writes } = await killEverywhere(scenario, { from: 1 });
    assert.ok(writes > 2);
  });
}
