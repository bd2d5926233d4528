import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScenarios } from '../scenarios/format.ts';
import { outcomeLine, play } from '../scenarios/play.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { endStateOf, madeIn } from './end-state.ts';

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

interface Crash {
  /** The bot dies in this write, counted from 0. */
  readonly at: number;
  readonly applied: boolean;
}

async function run(scenario: Scenario, crash: Crash | null) {
  let writes = 0;
  const played = await play(scenario, {
    keep: true,
    before({ number }, _sentence, stage) {
      if (number !== 1) return;
      stage.fake.gate(() => {
        if (writes++ !== crash?.at) return 'pass';
        return { apply: crash.applied, stopped: () => stage.crash() };
      });
    },
  });
  try {
    assert.ok(played.outcome.ok && played.stage, outcomeLine(played.outcome));
    return { end: endStateOf(played.stage, ['it']), made: madeIn(played.stage), writes };
  } finally {
    await played.close();
  }
}

for (const parsed of parseScenarios(source, 'crash')) {
  assert.equal(parsed.kind, 'scenario');
  const { scenario } = parsed;
  test(`killed in any write of ${scenario.title}, the bot ends where it ends without`, async () => {
    const clean = await run(scenario, null);
    assert.ok(clean.writes > 2);
    for (let at = 0; at < clean.writes; at++) {
      for (const applied of [true, false]) {
        const { end, made } = await run(scenario, { at, applied });
        const which = `killed in write ${at}, ${applied ? '' : 'not '}applied`;
        assert.deepEqual(end, clean.end, which);
        // Fewer is fine: what is overtaken while the bot is away need not be done any more.
        for (const [route, times] of Object.entries(made)) {
          assert.ok(times <= (clean.made[route] ?? 0), `${which}: ${route} was made ${times} times`);
        }
      }
    }
  });
}
