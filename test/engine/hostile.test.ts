import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { parseScenarios } from '../scenarios/format.ts';
import { outcomeLine, play } from '../scenarios/play.ts';
import type { Stage } from '../scenarios/stage.ts';

/** Long and hostile input through the whole bot. */
async function plays(
  rules: string,
  steps: readonly object[],
  more: { world?: object; files?: object; then?: (stage: Stage) => Promise<void> } = {},
): Promise<void> {
  const files = { '.github/github-bot.yml': rules, ...more.files };
  const text = stringify({ title: 'hostile', world: { people: { bob: 'read' }, ...more.world, files }, steps });
  const [parsed] = parseScenarios(text, 'hostile');
  assert.ok(parsed?.kind === 'scenario', JSON.stringify(parsed));
  const played = await play(parsed.scenario, { keep: true });
  try {
    assert.ok(played.outcome.ok && played.stage, outcomeLine(played.outcome));
    await more.then?.(played.stage);
  } finally {
    await played.close();
  }
}

const template = 'issue-template: {headings: [Version], grace: never}\n';
const openIssue = (body: string, title = 'It breaks') => ({ 'open-issue': { by: 'bob', as: 'it', title, body } });
const openPull = (title: string) => ({ 'open-pull': { by: 'bob', as: 'it', title, files: { 'a.ts': '1' } } });
const edit = (change: object) => ({ edit: { of: 'it', by: 'bob', ...change } });
const expect = (keys: object) => ({ expect: { of: 'it', ...keys } });
const told = expect({ 'has-labels': ['invalid'], comments: 1 });
const forgiven = expect({ labels: [], comments: 0 });

test('of a thousand labels the one that is needed is among those the list leaves out', async () => {
  const labels = [...Array.from({ length: 1_000 }, (_, index) => `l${index}`), 'Invalid'];
  const steps = [openIssue('Help'), expect({ 'has-labels': ['Invalid'], comments: 1 })];
  await plays(template, [...steps, edit({ body: '## Version\n1.0' }), forgiven], { world: { labels } });
});

for (const [what, body] of [
  ['brackets, comments and stars', '['.repeat(30_000) + '<!--'.repeat(5_000) + '*_'.repeat(5_000)],
  ['quotes', `${'> '.repeat(20_000)}\n> ## Version\n> 1.0`],
  ['back-ticks', '`'.repeat(65_000)],
  ['links', '[a](<b'.repeat(10_000)],
  ['controls and half letters', '\u0000\u0007\u001b[31m\u202e\ud83d\u2066'.repeat(5_000)],
] as const) {
  test(`64 KB of ${what} are read in time and told as anything else`, async () => {
    const began = performance.now();
    await plays(template, [openIssue(body, 'a'.repeat(256)), told, edit({ body: '## Version\n1.0' }), forgiven]);
    assert.ok(performance.now() - began < 15_000);
  });
}

test('the card fits where everything that can be asked for is missing', async () => {
  const parts = Array.from({ length: 50 }, (_, index) => `Part ${index} ${'y'.repeat(180)}`);
  const rules = stringify({
    language: 'both',
    'issue-template': { headings: parts, checkboxes: [...parts], grace: 'never' },
  });
  await plays(rules, [openIssue('Help'), told]);
});

test('the card fits where a form asks for fields with endless names', async () => {
  const names = Array.from({ length: 19 }, (_, index) => `F${index} ${'y'.repeat(3_000)}`);
  const body = names.map((label) => ({ type: 'input', attributes: { label }, validations: { required: true } }));
  const form = stringify({ name: 'Bug', description: 'A bug', body });
  const answers = names.map((name) => `### ${name}\n\n_No response_\n\n`).join('');
  await plays('language: both\nissue-template: {grace: never}\n', [openIssue(answers), told], {
    files: { '.github/ISSUE_TEMPLATE/bug.yml': form },
  });
});

test('the card is found beyond the last two hundred comments', async () => {
  const chat = Array.from({ length: 250 }, (_, index) => ({ comment: { of: 'it', by: 'bob', body: `c${index}` } }));
  const steps = [openPull('bad'), { down: {} }, ...chat, { up: {} }, edit({ title: 'worse' }), expect({ comments: 1 })];
  await plays('pr-title: true\n', [...steps, edit({ title: 'fix: it' }), expect({ comments: 0 })]);
});

for (const title of [
  '<img src=x onerror=alert(1)><script>alert(1)</script>',
  '"><svg/onload=alert(1)> {{constructor}} ${7*7} javascript:alert(1)',
  'a\u0000b \u202e evil \u2066 \u001b[2J half \ud83d',
  `x${'😀'.repeat(120)}: y`,
]) {
  test(`the title ${JSON.stringify(title.slice(0, 40))} is only text wherever it is shown`, async () => {
    const steps = [openPull(title), expect({ checks: { 'github-bot (main)': 'failure' }, comments: 1 })];
    await plays('pr-title: true\n', steps, {
      async then(stage) {
        const answer = await fetch(`${stage.botUrl}/r/acme/shop/pull/${stage.fake.thread('it').number}`);
        const page = await answer.text();
        assert.equal(answer.status, 200);
        assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
        assert.doesNotMatch(page, /<(img|svg|script)\b/i);
        const shown = stage.fake.commit('it').checkSummaries['github-bot (main)'];
        const said = [...stage.fake.thread('it').comments.map(({ body }) => body), ...Object.values(shown ?? {})];
        for (const text of said) assert.doesNotMatch(text, /[\u0000-\u0008\u001b\u202e\u2066]/);
        assert.ok(said.every((text) => text.isWellFormed()));
      },
    });
  });
}
