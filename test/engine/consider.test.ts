import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { consider } from '../../app/engine/consider.ts';
import type { Setup } from '../../app/engine/set-up.ts';
import { loadKinds } from '../../app/engine/load.ts';
import type { Mode } from '../../app/engine/report.ts';
import type { Facts } from '../../app/facts/fact.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import { defineModule } from '../../app/modules/module.ts';
import type { Decision, Module, Verdict } from '../../app/modules/module.ts';
import { phrase } from '../../app/text.ts';
import type { PolicyWant } from '../../app/wants/want.ts';

const kinds = await loadKinds();
const because = phrase({ en: 'because a | b', 'zh-CN': '因为 a | b' })();
const fix = phrase({ en: 'Do this.', 'zh-CN': '请这样做。' })();

function saying(verdict: Verdict, wants: readonly PolicyWant[] = [], more: Partial<Module> = {}): Module {
  const decision: Decision = { verdict, because, wants, ...(verdict === 'fail' && { fix }) };
  return {
    ...defineModule({
      summary: { en: 'x', 'zh-CN': '某' },
      ...{ on: 'both', row: true, needs: [], may: [], options: z.object({}), decide: () => decision },
    }),
    ...more,
  };
}

function setupOf(modules: Record<string, [Mode, Module]>, more: Partial<Setup> = {}): Setup {
  const names = Object.keys(modules).sort();
  return {
    rules: {
      sections: names.map((module) => ({ module, mode: modules[module]![0], only: null, except: null, options: {} })),
      ...{
        language: 'en',
        checkName: 'base',
        checks: 'one',
        commands: { prefix: '/', alias: {} },
        problems: [],
        warnings: [],
        origins: {},
        oids: ['o'],
      },
    },
    ...{ broken: [], above: [] },
    modules: new Map(names.map((name) => [name, modules[name]![1]])),
    ...{ kinds, identity: 'app', details: () => 'https://example.test/r' },
    ...more,
  };
}

const repo = { id: 7, owner: 'acme', name: 'shop' };
const question = {
  ...{ id: 'r-1', at: '2026-01-05T09:00:00.000Z', hints: [], siblings: [] },
  subject: { kind: 'thread', repo, installation: 1, number: 12 } as const,
};
const pull = (given: Parameters<typeof plainFacts>[0] = {}): Facts =>
  plainFacts({ comments: [], checks: { ours: [], statuses: [] }, ...given });

const said = (setup: Setup, facts = pull()) => {
  const report = consider(question, facts, setup);
  return { report, says: report.plan.map((change) => change.says) };
};
const label = { kind: 'label', name: 'bad', on: true } as const;
const close = { kind: 'state', open: false } as const;

for (const [modes, conclusion] of [
  [
    [
      ['enforce', 'fail'],
      ['enforce', 'wait'],
    ],
    'failure',
  ],
  [
    [
      ['enforce', 'wait'],
      ['warn', 'fail'],
    ],
    'action_required',
  ],
  [
    [
      ['warn', 'fail'],
      ['enforce', 'pass'],
    ],
    'neutral',
  ],
  [[['warn', 'wait']], 'neutral'],
  [
    [
      ['enforce', 'pass'],
      ['warn', 'skip'],
    ],
    'success',
  ],
] as [[Mode, Verdict][], string][]) {
  test(`${modes.map((pair) => pair.join(' ')).join(', ')} is ${conclusion}`, () => {
    const setup = setupOf(Object.fromEntries(modes.map(([mode, verdict], i) => [`m${i}`, [mode, saying(verdict)]])));
    assert.equal(said(setup).report.conclusion, conclusion);
  });
}

test('preview decides and records, and changes nothing', () => {
  const { report, says } = said(setupOf({ m: ['preview', saying('fail', [label, close])] }));
  assert.deepEqual(says, []);
  assert.equal(report.rulings[0]!.verdict, 'fail');
  assert.equal(report.conclusion, null);
});

test('warn speaks and labels, but neither closes nor fails the check', () => {
  const { says } = said(setupOf({ m: ['warn', saying('fail', [label, close])] }));
  assert.deepEqual(says, ['create label bad', 'add label bad', 'check github-bot (main): neutral', 'write card']);
});

test('enforce does it all, and closes last', () => {
  const { says } = said(setupOf({ m: ['enforce', saying('fail', [close, label])] }));
  assert.deepEqual(says.at(-1), 'close as completed');
  assert.equal(says[2], 'check github-bot (main): failure');
});

test('a draft gets rows and no card; what is on it already is minimised', () => {
  const setup = setupOf({ m: ['enforce', saying('fail')] });
  assert.deepEqual(said(setup, pull({ pull: { draft: true } })).says, ['check github-bot (main): failure']);
  const card = {
    nodeId: 'x',
    id: 1,
    key: 'card',
    body: '<!-- github-bot:card -->\nold',
    minimized: false,
    createdAt: '',
  };
  const { says } = said(setup, pull({ pull: { draft: true }, comments: [card] }));
  assert.deepEqual(says, ['check github-bot (main): failure', 'minimise card']);
});

test('a bot is never written to', () => {
  const author = { id: 9, login: 'dependabot[bot]', bot: true, us: false };
  const { says } = said(setupOf({ m: ['enforce', saying('fail')] }), pull({ thread: { author } }));
  assert.deepEqual(says, ['check github-bot (main): failure']);
});

test('a closed thread gets no notice, no label and no check, only labels taken off and a reopening', () => {
  const off = { kind: 'label', name: 'old', on: false } as const;
  const open = { kind: 'state', open: true } as const;
  const setup = setupOf({ m: ['enforce', saying('fail', [label, off, open])] });
  const { says } = said(setup, pull({ thread: { state: 'closed', labels: ['old'] } }));
  assert.deepEqual(says, ['remove label old', 'reopen']);
});

test('the ignore label stops comments, labels and closing, never the check', () => {
  const setup = setupOf({ m: ['enforce', saying('fail', [label, close])] });
  const { says } = said(setup, pull({ thread: { labels: ['GitHub-Bot/ignore'] } }));
  assert.deepEqual(says, ['check github-bot (main): failure']);
});

test('a module that throws waits with a reference; the others go on', () => {
  const broken = saying('pass', [], {
    decide: () => {
      throw new Error('secret detail');
    },
  });
  const { report, says } = said(setupOf({ a: ['enforce', broken], b: ['enforce', saying('pass', [label])] }));
  assert.ok(says.includes('add label bad'));
  assert.equal(report.conclusion, 'action_required');
  assert.match(report.rulings[0]!.because.en, /ref `r-1`/);
  assert.match(report.rulings[0]!.broke!, /secret detail/);
  const check = report.plan.find(({ kind }) => kind === 'check')!;
  assert.doesNotMatch(JSON.stringify(check), /secret detail/);
  assert.equal(report.revisitAt, new Date(Date.parse(pull().now) + 600_000).toISOString());
});

test('a module that broke at the last look too is tried again in an hour: it may break on every pull request there is', () => {
  const broken = saying('pass', [], {
    decide: () => {
      throw new Error('again');
    },
  });
  const report = consider({ ...question, brokeBefore: true }, pull(), setupOf({ a: ['enforce', broken] }));
  assert.equal(report.revisitAt, new Date(Date.parse(pull().now) + 3_600_000).toISOString());
  const whole = consider({ ...question, brokeBefore: true }, pull(), setupOf({ a: ['enforce', saying('pass', [])] }));
  assert.equal(whole.revisitAt, null);
});

test('modules that disagree are a row of the check, and neither is obeyed', () => {
  const setup = setupOf({
    a: ['enforce', saying('pass', [close])],
    b: ['enforce', saying('pass', [{ kind: 'state', open: true }])],
  });
  const { report, says } = said(setup);
  assert.deepEqual(says, ['check github-bot (main): action_required']);
  assert.deepEqual(report.conflicts, [{ id: 'state', modules: ['a', 'b'] }]);
});

test('while the rules file is broken the rules before it judge, and nothing is closed', () => {
  const problem = {
    layer: 'repository',
    file: '.github/github-bot.yml',
    line: 4,
    column: 17,
    message: because,
  } as const;
  const setup = setupOf({ m: ['enforce', saying('pass', [label, close])] }, { broken: [problem] });
  const { report, says } = said(setup);
  assert.deepEqual(says, ['create label bad', 'add label bad', 'check github-bot (main): action_required']);
  assert.equal(report.rulings[0]!.module, 'rules');
  assert.match(report.rulings[0]!.because.en, /github-bot\.yml:4:17/);
});

test('without a module that judges pull requests there is no check', () => {
  const setup = setupOf({
    a: ['enforce', saying('fail', [], { on: 'issue' })],
    b: ['enforce', saying('pass', [], { row: false })],
  });
  assert.equal(said(setup).report.conclusion, null);
});

test('a personal token writes a commit status instead', () => {
  const { report } = said(setupOf({ m: ['enforce', saying('wait')] }, { identity: 'token' }));
  const { call } = report.plan[0]!;
  assert.ok(call.via === 'rest');
  assert.equal(call.route, 'POST /repos/{owner}/{repo}/statuses/{sha}');
  assert.equal(call.params['state'], 'pending');
});

test('each row of the table is one line with four cells, whatever is said', () => {
  const { report } = said(setupOf({ m: ['enforce', saying('fail')] }));
  const check = report.plan.find(({ kind }) => kind === 'check')!;
  assert.ok(check.call.via === 'rest');
  const { summary, title } = check.call.params['output'] as { summary: string; title: string };
  assert.equal(title, 'm: because a | b');
  assert.equal(summary.split('\n')[2], '| `m` | fail | because a \\| b | author |');
});

for (const [setting, given, language] of [
  ['auto', { thread: { title: '修复登录', body: '' } }, 'zh-CN'],
  ['auto', { thread: { title: 'fix: login', body: '' }, repo: { description: '一个商店' } }, 'zh-CN'],
  ['auto', { thread: { title: 'fix: login', body: '' }, repo: { description: 'A shop' } }, 'en'],
  ['en', { thread: { title: '修复登录' } }, 'en'],
  ['zh-CN', { thread: { title: 'fix: login' } }, 'zh-CN'],
] as const) {
  test(`language ${setting} on ${JSON.stringify(given)} answers in ${language}`, () => {
    const setup = setupOf({ m: ['enforce', saying('fail')] });
    const rules = { ...setup.rules, language: setting };
    assert.equal(said({ ...setup, rules }, pull(given)).report.language, language);
  });
}

test('pull requests that share a head show the worst verdict, each in a table of its own', () => {
  const facts = pull();
  const setup = setupOf({ m: ['enforce', saying('pass')] });
  const rows = consider(question, facts, setupOf({ m: ['enforce', saying('fail')] })).rulings;
  const report = consider({ ...question, siblings: [{ number: 7, rows }] }, facts, setup);
  const { call } = report.plan.find(({ kind }) => kind === 'check')!;
  assert.ok(call.via === 'rest');
  assert.equal(call.params['conclusion'], 'failure');
  const { summary } = call.params['output'] as { summary: string };
  assert.match(summary, /### #7\n\n\| rule.*fail.*### #12\n\n\| rule.*pass/s);
  assert.equal(report.conclusion, 'success');
});

test('each module has a check of its own for those who ask for it', () => {
  const setup = setupOf({ a: ['enforce', saying('pass')], b: ['enforce', saying('fail')] });
  const { says } = said({ ...setup, rules: { ...setup.rules, checks: 'each' } });
  const checks = says.filter((text) => text.startsWith('check'));
  assert.deepEqual(checks, [
    'check github-bot (main): failure',
    'check github-bot/a (main): success',
    'check github-bot/b (main): failure',
  ]);
});

test('after five comments of ours within ten minutes nothing new is written', () => {
  const comment = (i: number, minutes: number) => ({
    ...{ nodeId: `x${i}`, id: i, key: `say-${i}`, body: '<!-- github-bot:say -->', minimized: false },
    createdAt: new Date(Date.parse(pull().now) - minutes * 60_000).toISOString(),
  });
  const setup = setupOf({ m: ['enforce', saying('fail')] });
  const five = (minutes: number) => [1, 2, 3, 4, 5].map((i) => comment(i, minutes));
  const [busy, calm] = [five(9), five(11)] as const;
  assert.deepEqual(said(setup, pull({ comments: busy })).says, ['check github-bot (main): failure']);
  assert.equal(said(setup, pull({ comments: busy })).report.muted, true);
  assert.ok(said(setup, pull({ comments: calm })).says.includes('write card'));
});

test('language both folds the second one', () => {
  const setup = setupOf({ m: ['enforce', saying('fail')] });
  const { report } = said({ ...setup, rules: { ...setup.rules, language: 'both' } });
  const card = report.plan.find(({ kind }) => kind === 'comment')!;
  assert.match(JSON.stringify(card.call), /Do this\..*<details><summary>中文<\/summary>.*请这样做。/s);
});

test('the same question and facts give the same report, and asking again after acting plans nothing', () => {
  const setup = setupOf({ m: ['enforce', saying('fail', [label])] });
  assert.deepEqual(said(setup).report, said(setup).report);
});
