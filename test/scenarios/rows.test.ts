import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFakeGitHub } from '../fake-github/fake-github.ts';
import { signJwt } from '../fake-github/fake-github-fixture.ts';
import { parseScenarios } from './format.ts';
import { idleBot } from './idle-bot.ts';
import { outcomeLine, play, type PlayOptions } from './play.ts';
import type { Step } from './scenario.ts';
import type { Stage } from './stage.ts';

async function asBot(stage: Stage, route: string, body: unknown): Promise<any> {
  const { url, app } = stage.fake;
  const now = Math.floor(stage.clock.now() / 1000);
  const jwt = signJwt(app.privateKey, { iss: app.id, iat: now - 30, exp: now + 500 });
  const call = async (path: string, token: string, data: unknown) => {
    const [method = '', rest = ''] = path.split(' ');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(url + rest, { method, headers, body: data === undefined ? null : JSON.stringify(data) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.status === 204 ? null : answer.json();
  };
  const { token } = await call(`POST /app/installations/${app.installationId}/access_tokens`, jwt, {});
  return call(route, token, body);
}

type Acting = (stage: Stage, step: Step) => Promise<unknown>;

/** Plays steps of which the last is an `expect` that is wrong in every key; answers the keys it found wrong. */
async function wrongKeys(source: string, acting?: Acting): Promise<{ found: string[]; all: string[] }> {
  const [parsed] = parseScenarios(source, 'rows.yml');
  assert.ok(parsed?.kind === 'scenario', JSON.stringify(parsed));
  const { steps } = parsed.scenario;
  const before: PlayOptions['before'] = async (step, _, stage) => {
    if (step.name === 'http') await acting?.(stage, step);
  };
  const { outcome } = await play(parsed.scenario, { startFake: startFakeGitHub, startBot: idleBot, before });
  assert.equal(outcome.failed?.step, steps.length, outcomeLine(outcome));
  assert.equal(outcome.failed?.error, null, outcomeLine(outcome));
  const last = steps.at(-1)?.keys ?? {};
  const perName = ['checks', 'statuses', 'rulings'];
  return {
    found: outcome.failed.failures.map(({ key }) => key.split(' ')[0] ?? ''),
    all: Object.keys(last).filter((key) => !['of', 'on'].includes(key) || perName.includes(key)),
  };
}

const world = `
world:
  people: {lin: admin, chen: write, zoe: triage, bob: read}
  members: [lin, chen]
  teams: {reviewers: [chen]}
  labels: [bug, docs]
  milestones: [v1.0]
  files: {a.txt: one, .github/workflows/ci.yml: "on: {workflow_dispatch: {inputs: {job: {}}}}\\n"}
`;

const rows: readonly (readonly [what: string, steps: string])[] = [
  [
    'open-issue, edit, label, unlabel, milestone',
    `
  - open-issue: {by: bob, as: i, title: A title, body: Words, labels: [bug]}
  - expect: {of: i, state: open, reason: null, title: A title, labels: [bug], assignees: [], milestone: null}
  - edit: {of: i, by: bob, title: Another, body: null}
  - label: {of: i, by: lin, labels: [docs]}
  - unlabel: {of: i, by: lin, labels: [bug]}
  - milestone: {of: i, by: lin, title: v1.0}
  - expect: {of: i, title: Another, labels: [docs], has-labels: [docs], lacks-labels: [bug], milestone: v1.0}
  - expect: {of: i, title: another, labels: [bug, docs], has-labels: [bug], lacks-labels: [docs], milestone: null}`,
  ],
  [
    'assign, unassign, lock, close, reopen of an issue',
    `
  - open-issue: {by: bob, as: i, title: x}
  - assign: {of: i, by: lin, people: [chen, zoe]}
  - unassign: {of: i, by: lin, people: [zoe]}
  - lock: {of: i, by: lin}
  - close: {of: i, by: lin}
  - expect: {of: i, assignees: [chen], locked: true, state: closed, reason: completed}
  - reopen: {of: i, by: lin}
  - expect: {of: i, state: open, reason: reopened}
  - expect: {of: i, assignees: [zoe], locked: false, state: closed, reason: not_planned}`,
  ],
  [
    'comment, edit-comment, delete-comment: words of people are none of the bot',
    `
  - open-issue: {by: bob, as: i, title: x}
  - comment: {of: i, by: bob, as: c, body: hello}
  - comment: {of: i, by: "github-bot[bot]", as: ours, body: "old <!-- hidden -->words"}
  - edit-comment: {comment: ours, by: "github-bot[bot]", body: "new <!-- hidden -->words"}
  - comment: {of: i, by: "github-bot[bot]", as: gone, body: gone}
  - delete-comment: {comment: gone, by: lin}
  - expect: {of: i, comments: 1, says: ["NEW words"], last-says: new, never-says: [hello, hidden, gone, old], reactions: {c: [], ours: []}}
  - expect: {of: i, comments: 2, says: [hello], last-says: [gone], never-says: [new], reactions: {c: [eyes]}}`,
  ],
  [
    'open-pull with files, draft, labels, base and branch',
    `
  - create-branch: {by: lin, branch: v1, from: main}
  - open-pull: {by: bob, as: p, title: T, body: B, base: v1, branch: topic, files: {b.txt: two, a.txt: null}, draft: true, labels: [bug]}
  - expect: {of: p, title: T, base: v1, draft: true, labels: [bug], branch: [v1, topic], branch-has: {topic: {b.txt: two, a.txt: null}, v1: {a.txt: one}}}
  - expect: {pull-count: 1, pull: {title: "^t$", base: v1, draft: true, labels: [bug]}, no-branch: nowhere}
  - expect: {of: p, title: B, base: main, draft: false, labels: [], branch: main2, no-branch: topic, branch-has: {topic: {a.txt: one}}, pull-count: 2, pull: {base: main}}`,
  ],
  [
    'open-pull from a fork, with commits of people with and without an account; merge of a person',
    `
  - open-pull:
      by: bob
      as: p
      title: T
      fork: true
      commits:
        - {message: first, files: {b.txt: one}}
        - {message: second, files: {b.txt: two}, author: "Ann <ann@example.org>"}
  - open-pull: {by: zoe, as: q, title: Q, fork: carl, files: {q.txt: q}}
  - expect: {of: p, no-branch: p-p, state: open}
  - merge: {of: p, by: chen}
  - expect: {of: p, state: merged, merged-by: chen, merge-method: merge, merged-sha-is-head: true, branch-has: {main: {b.txt: two}}}
  - expect: {of: p, state: closed, merged-by: lin, merge-method: squash, merged-sha-is-head: false, branch-has: {main: {b.txt: one}}}`,
  ],
  [
    'review, dismiss-review, request-review',
    `
  - open-pull: {by: bob, as: p, title: T}
  - request-review: {of: p, by: lin, people: [chen, zoe, "@acme/reviewers"]}
  - expect: {of: p, reviewers: [zoe, "@acme/reviewers", chen], has-reviewers: [chen], approvals: 0}
  - review: {of: p, by: chen, as: r, state: approve, body: fine}
  - review: {of: p, by: lin, state: approve}
  - review: {of: p, by: zoe, state: request-changes}
  - expect: {of: p, approvals: 2, reviewers: ["@acme/reviewers"], reactions: {r: []}}
  - dismiss-review: {review: r, by: lin}
  - expect: {of: p, approvals: 1}
  - expect: {of: p, approvals: 2, reviewers: [], has-reviewers: [chen], reactions: {r: [eyes]}}`,
  ],
  [
    'push, same-tree, force, push-base, draft, ready',
    `
  - open-pull: {by: bob, as: p, title: T, branch: topic, files: {b.txt: two}}
  - push: {of: p, by: bob, files: {c.txt: three}, message: more, author: "Ann <ann@example.org>"}
  - push: {of: p, by: bob, same-tree: true}
  - expect: {branch-has: {topic: {b.txt: two, c.txt: three}}}
  - push: {of: p, by: bob, force: true, files: {d.txt: four}}
  - draft: {of: p, by: bob}
  - expect: {of: p, draft: true, branch-has: {topic: {b.txt: null, c.txt: null, d.txt: four}}}
  - ready: {of: p, by: bob}
  - push-base: {by: lin, files: {e.txt: five}}
  - expect: {of: p, draft: false, branch-has: {main: {e.txt: five}}}
  - expect: {of: p, draft: true, branch-has: {main: {e.txt: null}}}`,
  ],
  [
    'tag, role, close of a pull request, edit of its base',
    `
  - tag: {by: lin, name: v1.0.0}
  - create-branch: {branch: v1}
  - open-pull: {by: bob, as: p, title: T}
  - edit: {of: p, by: bob, base: v1}
  - role: {login: bob, role: none}
  - close: {of: p, by: bob}
  - expect: {of: p, base: v1, state: closed}
  - expect: {of: p, base: main, state: open, merged-sha-is-head: true, merged-by: bob, merge-method: rebase}`,
  ],
  [
    'statuses and checks of others are not ours',
    `
  - open-pull: {by: bob, as: p, title: T}
  - status: {of: p, name: ci, state: success}
  - status: {on: base, name: ci, state: failure, by: lin}
  - check: {of: p, name: build, conclusion: success}
  - check: {of: p, name: build, app: other}
  - expect: {of: p, checks: {build: none}, statuses: {ci: none}, rulings: {pr-title: none}}
  - expect: {on: base, checks: {build: none}, statuses: {ci: none}}
  - expect: {of: p, checks: {build: success}, statuses: {ci: success}, rulings: {pr-title: pass}}`,
  ],
  [
    'queue-group makes a commit of its own',
    `
  - open-pull: {by: bob, as: p, title: T}
  - queue-group: {of: p}
  - check: {on: group, name: build, conclusion: success}
  - status: {on: group, name: ci, state: success}
  - expect: {on: group, checks: {build: none}}
  - expect: {on: group, checks: {build: success}, dispatched: {workflow: ci.yml}, dispatches: 1, release: {tag: v1}, status: 200}`,
  ],
];

async function check(steps: string, acting?: Acting): Promise<void> {
  const { found, all } = await wrongKeys(`title: t${world}steps:${steps}`, acting);
  assert.deepEqual([...new Set(found)].sort(), all.sort());
}

for (const [what, steps] of rows) test(what, () => check(steps));

const our = 'github-bot (main)';
const table = '| module | verdict | because |\n| --- | --- | --- |\n| `pr-title` | fail | x |';
const output = { title: 'x', summary: table };

test('our check is seen on the head, in progress, done, and asked for again', () =>
  check(
    `
  - open-pull: {by: bob, as: p, title: T}
  - expect: {of: p, checks: {"${our}": none}}
  - http: {path: /begin}
  - expect: {of: p, checks: {"${our}": pending}, rulings: {pr-title: none}}
  - http: {path: /end}
  - expect: {of: p, on: head, checks: {"${our}": failure, other: none}, rulings: {pr-title: fail, dco: none}}
  - rerequest: {of: p}
  - expect: {of: p, checks: {"${our}": pending}, rulings: {pr-title: fail}}
  - http: {path: /end}
  - expect: {of: p, checks: {"${our}": failure}}
  - expect: {of: p, checks: {"${our}": success}, rulings: {pr-title: pass}}`,
    async (stage, step) => {
      const run = { name: our, head_sha: stage.fake.thread('p').head };
      const done = { ...run, status: 'completed', conclusion: 'failure', output };
      return asBot(stage, 'POST /repos/acme/shop/check-runs', step.keys['path'] === '/end' ? done : run);
    },
  ));

test('on the base and on the pool our check is seen where it is', () =>
  check(
    `
  - open-pull: {by: bob, as: p, title: T}
  - http: {path: /candidate}
  - check: {on: pool, name: build, conclusion: success}
  - expect: {of: p, on: base, checks: {"${our}": success}, rulings: {pr-title: fail}}
  - expect: {on: pool, checks: {"${our}": none}, branch: [pool]}
  - expect: {of: p, on: base, checks: {"${our}": failure}, rulings: {pr-title: pass}, no-branch: pool}`,
    async (stage) => {
      const post = (path: string, body: unknown) => asBot(stage, `POST /repos/acme/shop${path}`, body);
      const tip = (await asBot(stage, 'GET /repos/acme/shop/branches/main', undefined)).commit.sha;
      await post('/check-runs', { name: our, head_sha: tip, status: 'completed', conclusion: 'success', output });
      await post('/git/refs', { ref: 'refs/heads/pool', sha: stage.fake.thread('p').head });
    },
  ));

test('merges, releases, dispatches, reactions and statuses of the bot are seen', () =>
  check(
    `
  - open-pull: {by: bob, as: p, title: T, branch: topic}
  - comment: {of: p, by: bob, as: c, body: /lgtm}
  - http: {path: /work}
  - expect: {of: p, state: merged, merged-by: "github-bot[bot]", merge-method: squash, merged-sha-is-head: true, reactions: {c: [eyes]}}
  - expect: {release: {tag: v1, body: [feat], draft: false}, dispatched: {workflow: ci.yml, inputs: {job: e2e}}, dispatches: 1, status: 0}
  - expect: {of: p, on: base, merge-method: rebase, merged-by: bob, merged-sha-is-head: false, reactions: {c: []}, release: {tag: v1, draft: true}, dispatched: {workflow: ci.yml, inputs: {job: x}}, dispatches: 0, status: 200}`,
    async (stage) => {
      const { number, head, comments } = stage.fake.thread('p');
      const at = '/repos/acme/shop';
      await asBot(stage, `POST ${at}/issues/comments/${comments[0]?.id}/reactions`, { content: 'eyes' });
      await asBot(stage, `PUT ${at}/pulls/${number}/merge`, { merge_method: 'squash', sha: head });
      await asBot(stage, `POST ${at}/releases`, { tag_name: 'v1', body: '## Feat' });
      await asBot(stage, `POST ${at}/actions/workflows/ci.yml/dispatches`, { ref: 'main', inputs: { job: 'e2e' } });
    },
  ));
