import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { hashOf } from '../../app/receive/access.ts';
import { parseScenarios } from '../scenarios/format.ts';
import { play } from '../scenarios/play.ts';
import type { Played } from '../scenarios/play.ts';
import { axe, noBrowser, openBrowser } from './chromium.ts';
import { fullHouse } from './full-house.ts';
import type { FullHouse } from './full-house.ts';

const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)>" onclick='alert(3)' ${'LongWord'.repeat(20)}`;

const scenario = JSON.stringify({
  title: 'pages to look at',
  world: {
    people: { lin: 'admin', bob: 'read' },
    files: {
      '.github/github-bot.yml':
        'pr-title: {types: [feat]}\nissue-template: {headings: [Version]}\nlgtm: true\nlabels: {families: {kind: []}}\noverride: true\ncommands: {alias: {"/合并": "/merge squash"}}\nrelease-notes: true\nmerge: {require: {approvals: 1}}\n',
    },
  },
  steps: [
    { 'push-base': { by: 'lin', message: 'feat: the cart', files: { 'a.ts': '1' } } },
    { tag: { by: 'lin', name: 'v1.0.0' } },
    { 'open-pull': { by: 'bob', as: 'pr', title: hostile, files: { 'a.ts': 'a' } } },
    { 'open-pull': { by: 'bob', as: 'good', title: 'feat: 加上搜索', files: { 'b.ts': 'b' } } },
    { 'open-issue': { by: 'bob', as: 'issue', title: '登录后白屏', body: hostile } },
    { wait: '1m' },
  ],
});

let played: Played;
let house: FullHouse;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let page: Page;
const complaints: string[] = [];

async function openAll(): Promise<void> {
  const [parsed] = parseScenarios(scenario, 'pages-in-browser.test.ts');
  assert.ok(parsed?.kind === 'scenario', JSON.stringify(parsed));
  house = await fullHouse();
  played = await play(parsed.scenario, { keep: true });
  assert.ok(played.outcome.ok, JSON.stringify(played.outcome.failed));
  browser = await openBrowser();
  page = await browser.context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
}

const bot = () => played.stage?.botUrl ?? '';

interface Sight {
  readonly title: string;
  readonly address: () => string | Promise<string>;
  /** 200 when left out. */
  readonly status?: number;
  /** Through a proxy, as somebody who may not look. */
  readonly stranger?: true;
  readonly act?: (page: Page) => Promise<unknown>;
}

const sights: readonly Sight[] = [
  { title: 'the front page', address: () => bot() + '/' },
  { title: 'the front page for strangers', address: () => bot() + '/', stranger: true },
  { title: 'checking rules', address: () => bot() + '/check-rules' },
  {
    title: 'faults of rules',
    address: () => bot() + '/check-rules',
    act: async (on) => {
      await on.fill('textarea', 'pr-title: {types: [1]}\nmerge: {}\n');
      await on.click('main button');
      await on.waitForSelector('main section li');
    },
  },
  { title: 'a repository', address: () => bot() + '/r/acme/shop' },
  { title: 'all commands', address: () => bot() + '/commands', stranger: true },
  { title: 'the commands of a repository', address: () => bot() + '/commands?repo=acme/shop' },
  {
    title: 'the commands of a repository, for strangers',
    address: () => bot() + '/commands?repo=acme/shop',
    stranger: true,
  },
  {
    title: 'commands of no repository',
    address: () => bot() + '/commands?repo=acme/none',
    status: 404,
    stranger: true,
  },
  { title: 'a pull request', address: () => bot() + '/r/acme/shop/pull/1' },
  { title: 'a good pull request', address: () => bot() + '/r/acme/shop/pull/2' },
  { title: 'an issue', address: () => bot() + '/r/acme/shop/issues/3' },
  { title: 'a tag', address: () => bot() + '/r/acme/shop/tag/v1.0.0' },
  { title: 'a thread nobody looked at', address: () => bot() + '/r/acme/shop/pull/99', status: 404 },
  { title: 'a thread, for strangers', address: () => bot() + '/r/acme/shop/pull/1', status: 403, stranger: true },
  { title: 'deliveries', address: () => bot() + '/deliveries' },
  { title: 'deliveries of every outcome', address: () => house.url + '/deliveries' },
  { title: 'no delivery that fits', address: () => house.url + '/deliveries?event=nothing' },
  { title: 'a delivery set aside', address: () => `${house.url}/deliveries/${house.aside}` },
  { title: 'asking before a replay', address: () => `${house.url}/deliveries/${house.aside}/replay` },
  { title: 'a look that was broken off', address: () => `${house.url}/r/acme/shop/report/r-broken` },
  {
    title: 'a link of an operator',
    address: async () => {
      const token = house.newToken();
      await house.store.saveLink(hashOf(token), 'lin', house.clock.now() + 60_000);
      return `${house.url}/operator?token=${token}`;
    },
    stranger: true,
  },
  { title: 'a link that was used', address: () => house.url + '/operator?token=old', status: 403, stranger: true },
];

const schemes = ['light', 'dark'] as const;
const widths = [1280, 390, 320] as const;

/** What is in a table and cannot be seen. */
const unseen = `[...document.querySelectorAll('td, th')]
  .filter((one) => one.textContent.trim() !== '' && one.getBoundingClientRect().right <= 0)
  .map((one) => 'unseen: ' + one.outerHTML.slice(0, 120))`;

/** What reaches past the edge, but for what scrolls in a place of its own. */
const tooWide = `document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *, header *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth && !one.closest('.wide'))
  .map((one) => 'too wide: ' + one.outerHTML.slice(0, 120)).slice(-2)`;

/** Cells so narrow that their words are torn apart. */
const cramped = `[...document.querySelectorAll('td:not(.prose), th')]
  .filter((one) => {
    const words = document.createRange();
    words.selectNodeContents(one);
    return words.getBoundingClientRect().height > Math.max(300, one.clientWidth * 4);
  })
  .map((one) => 'cramped: ' + one.outerHTML.slice(0, 120)).slice(0, 2)`;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What WCAG has against the page as it stands, and what makes it scroll sideways. */
async function faultsOf(shown: Page): Promise<string[]> {
  const { violations } = await shown.evaluate<{ violations: readonly Violation[] }>(
    'axe.run(document, {resultTypes: ["violations"]})',
  );
  const misplaced: string[] = [];
  for (const seek of [tooWide, unseen, cramped]) misplaced.push(...(await shown.evaluate<string[]>(seek)));
  return [...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`), ...misplaced];
}

async function look({ address, status = 200, stranger, act }: Sight, language: string): Promise<void> {
  complaints.length = 0;
  await page.setExtraHTTPHeaders(stranger ? { 'x-forwarded-for': '203.0.113.9' } : {});
  const url = new URL(await address());
  url.searchParams.set('lang', language);
  const answer = await page.goto(url.href);
  assert.equal(answer?.status(), status);
  if (act) await act(page);
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
  await page.evaluate(axe);
  assert.equal(await page.locator('html').getAttribute('lang'), language);
  assert.deepEqual([await page.locator('h1').count(), await page.locator('main').count()], [1, 1]);
  for (const width of widths) {
    for (const colorScheme of schemes) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await faultsOf(page), [], `${width} px, ${colorScheme}`);
    }
  }
  // Chromium itself complains of an answer that is no success.
  const own = `Failed to load resource: the server responded with a status of ${status}`;
  assert.deepEqual(
    complaints.filter((text) => !text.startsWith(own)),
    [],
  );
}

suite('every page, in a browser', { skip: noBrowser ?? false }, () => {
  before(openAll);
  after(async () => {
    await browser?.close();
    await played?.close();
    await house?.close();
  });

  for (const sight of sights) {
    for (const language of ['en', 'zh-CN']) test(`${sight.title} in ${language}`, () => look(sight, language));
  }

  test('the first key press offers the way past the header, and it can be seen', async () => {
    await page.setExtraHTTPHeaders({});
    await page.goto(`${bot()}/deliveries`);
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    assert.equal(await focused.getAttribute('href'), '#main');
    assert.ok(((await focused.boundingBox())?.x ?? -1) >= 0);
  });

  test('a delivery is put back by clicking through, and the language is kept', async () => {
    await page.goto(`${house.url}/deliveries/${house.aside}?lang=zh-CN`);
    await page.click('a.button');
    await page.click('main form button');
    const url = new URL(page.url());
    assert.deepEqual([url.pathname, url.search], [`/deliveries/${house.aside}`, '?lang=zh-CN']);
    assert.match(await page.locator('main').innerText(), /本机用户/);
  });

  test('an operator signs in, looks and leaves', async () => {
    const token = house.newToken();
    await house.store.saveLink(hashOf(token), 'lin', house.clock.now() + 60_000);
    await page.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.9' });
    await page.goto(`${house.url}/operator?token=${token}`);
    await page.click('main form button');
    await page.goto(`${house.url}/deliveries`);
    assert.equal(await page.locator('h1').innerText(), 'Deliveries');
    await page.click('header form button');
    const left = await page.goto(`${house.url}/deliveries`);
    assert.equal(left?.status(), 403);
  });
});
