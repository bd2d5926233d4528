import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, suite, test } from 'node:test';
import { parseScenarios } from '../scenarios/format.ts';
import { play } from '../scenarios/play.ts';

const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)>" onclick='alert(3)`;
const body = `${hostile}\n\n[a](javascript:alert(4)) ![b](http://127.0.0.1:1/b.png) <!-- hidden --> <details><summary>More</summary>\n\n**bold**\n\n</details>`;
const label = '<b onclick=alert(5)>';

const scenario = JSON.stringify({
  title: 'somebody who means no good',
  world: {
    people: { bob: 'read' },
    labels: [label],
    files: { '.github/github-bot.yml': 'pr-title: {types: [feat]}\nissue-template: {headings: [Version]}\n' },
  },
  steps: [
    { 'open-pull': { by: 'bob', as: 'pr', title: hostile, body, files: { 'a.ts': 'a' }, labels: [label] } },
    { comment: { of: 'pr', by: 'bob', body } },
    { 'open-issue': { by: 'bob', as: 'issue', title: hostile, body } },
    { edit: { of: 'issue', by: 'bob', body: `## Version\n${hostile}` } },
    { comment: { of: 'issue', by: 'bob', body: '/ping' } },
    { expect: { of: 'pr', checks: { 'github-bot (main)': 'failure' }, comments: 1 } },
  ],
});

const [parsed] = parseScenarios(scenario, 'pages.test.ts');
assert.ok(parsed?.kind === 'scenario');
const played = await play(parsed.scenario, { keep: true });
after(() => played.close());
const { outcome, stage } = played;
assert.ok(stage && outcome.ok, JSON.stringify(outcome.failed));
const [fake, bot] = [stage.fake.url, stage.botUrl];

const pages = [
  ...['/', '/web/acme/shop', '/web/acme/shop/pull/1', '/web/acme/shop/issues/2', '/web/no/where'].map(
    (path) => fake + path,
  ),
  ...['/', '/r/acme/shop/pull/1', '/r/acme/shop/issues/2', '/r/acme/shop/pull/9'].map((path) => bot + path),
];

async function page(url: string, language = 'en') {
  const answer = await fetch(url, { headers: { accept: 'text/html', 'accept-language': language } });
  return { answer, text: await answer.text() };
}

const elements = new Set([
  ...[
    'a',
    'article',
    'bdi',
    'body',
    'br',
    'caption',
    'code',
    'dd',
    'del',
    'details',
    'div',
    'dl',
    'doctype',
    'dt',
    'h1',
    'h2',
  ],
  ...[
    'h3',
    'head',
    'header',
    'html',
    'ins',
    'li',
    'link',
    'main',
    'meta',
    'nav',
    'ol',
    'p',
    'pre',
    'section',
    'span',
    'strong',
  ],
  ...['summary', 'table', 'tbody', 'td', 'th', 'thead', 'time', 'title', 'tr', 'ul'],
]);

suite('what people wrote stays text', () => {
  for (const url of pages) {
    for (const language of ['en', 'zh-CN']) {
      test(`${new URL(url).pathname} of ${url.startsWith(fake) ? 'the fake' : 'the bot'} in ${language}`, async () => {
        const { answer, text } = await page(url, language);
        assert.ok(text.includes(`<html lang="${language}">`));
        const tags = [...text.matchAll(/<!?([a-z][a-z\d]*)([^>]*)>/gi)];
        assert.deepEqual(
          [...new Set(tags.map(([, name]) => name ?? ''))].filter((name) => !elements.has(name)),
          [],
        );
        const attributes = tags.map(([, , rest]) => rest ?? '');
        assert.deepEqual(
          attributes.filter((rest) => /\s(on\w+|style)\s*=|javascript:/i.test(rest)),
          [],
        );
        assert.match(answer.headers.get('content-security-policy') ?? '', /^default-src 'none'; style-src 'self'; /);
      });
    }
  }
});

suite('the pages of the fake', () => {
  test('show what GitHub shows', async () => {
    const { text } = await page(`${fake}/web/acme/shop/pull/1`);
    assert.match(text, /<span class="fail">✗ failure<\/span> <code>github-bot \(main\)<\/code>/);
    assert.match(text, /<td><code>pr-title<\/code><\/td>\s*<td>fail<\/td>/);
    assert.match(text, /added the label <span class="chip label-\d+">invalid-title<\/span>/);
    assert.match(text, /<details><summary>More<\/summary><div class="markdown"><p><strong>bold<\/strong><\/p>/);
    assert.ok(!text.includes('hidden --'));
  });
  test('fold what is minimised', async () => {
    const { text } = await page(`${fake}/web/acme/shop/issues/2`);
    assert.match(
      text,
      /<details class="folded"><summary>A comment of github-bot\[bot\], hidden as resolved <\/summary>/,
    );
  });
  test('show who answered with a sign', async () => {
    const { text } = await page(`${fake}/web/acme/shop/issues/2`);
    assert.match(text, /<p class="reactions"><span class="tag" title="rocket">🚀 github-bot\[bot\]<\/span>/);
  });
  test('give each label its colour without a style of their own', async () => {
    const css = await (await fetch(`${fake}/web/assets/labels.css`)).text();
    assert.match(css, /^(\.label-\d+ \{ background: #[\da-f]{6}; color: #(000|fff); \}\n)+$/);
  });
  test('may be part of another page, with what came later marked', async () => {
    const { text } = await page(`${fake}/web/acme/shop/issues/2?part=2&since=0`);
    assert.match(text, /^<div><h3 class="title">&lt;script/);
    assert.match(text, /hidden as resolved <span class="news">new<\/span><\/summary>/);
    const later = await page(`${fake}/web/acme/shop/issues/2?part=2&since=${Date.UTC(2030, 0)}`);
    assert.doesNotMatch(later.text, /class="news"|fresh/);
  });
  test('lead from the wrong kind to the right one', async () => {
    const answer = await fetch(`${fake}/web/acme/shop/issues/1`, { redirect: 'manual' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [302, '/web/acme/shop/pull/1']);
  });
  test('are read only, for this machine, and no part of the journal', async () => {
    const before = stage.fake.journal.length;
    assert.equal((await fetch(`${fake}/web/acme/shop`, { method: 'POST' })).status, 405);
    const status = await new Promise((resolve) => {
      const headers = { host: 'evil.example' };
      request(`${fake}/web/acme/shop`, { headers }, ({ statusCode }) => resolve(statusCode)).end();
    });
    assert.equal(status, 403);
    assert.equal((await page(`${fake}/web/acme/shop/pull/77`)).answer.status, 404);
    assert.equal(stage.fake.journal.length, before);
  });
});

test('the bot’s page of a thread leads to GitHub’s', async () => {
  const { text } = await page(`${bot}/r/acme/shop/pull/1`);
  assert.ok(text.includes(`<a href="${fake}/web/acme/shop/pull/1">See it on GitHub</a>`));
});

suite('the front page of the bot', () => {
  test('leads to the threads it has looked at', async () => {
    const { text } = await page(`${bot}/`);
    for (const path of ['pull/1', 'issues/2']) assert.ok(text.includes(`<a href="/r/acme/shop/${path}">`), path);
  });
  test('names none to somebody behind a proxy', async () => {
    const answer = await fetch(`${bot}/`, { headers: { 'x-forwarded-for': '192.0.2.7' } });
    assert.ok(!(await answer.text()).includes('acme'));
  });
});
