import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { serveDemo, type Demo } from '../../scripts/demo/serve.ts';
import { axe, noBrowser, openBrowser } from '../web/chromium.ts';

interface Looks {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** What axe finds wrong with the page as it is shown, one line each. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as any).axe.run();
    return violations.map(({ id, nodes }: any) => `${id}: ${nodes.map(({ html }: any) => html).join(' | ')}`);
  });
}

suite('the demo in a browser', { skip: noBrowser ?? false }, () => {
  let demo: Demo;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  before(async () => {
    demo = await serveDemo({ bot: 0, fake: 0 });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });

  /** A page, and what its console said against it. */
  async function open(path: string, { width = 1280, colorScheme = 'light' }: Looks = {}) {
    const page = await browser.context.newPage();
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error') troubles.push(line.text());
    });
    await page.goto(demo.bot + path);
    return { page, troubles };
  }

  const place = (page: Page, at: number) => page.waitForSelector(`#main[data-place="${at}"]:not([aria-busy])`);

  async function stepToEnd(page: Page): Promise<number> {
    for (let at = 1; ; at += 1) {
      await page.click('#step');
      const main = await place(page, at);
      if ((await main.getAttribute('data-over')) !== null) return at;
    }
  }

  test('a story is played by Step to its end, reset, and read in the other language', async () => {
    const { page, troubles } = await open('/?lang=en');
    await page.evaluate(() => void ((globalThis as any).sameDocument = true));
    const [skip] = await page.$$('a[href="#main"]');
    assert.ok(((await skip?.boundingBox())?.x ?? 0) < 0, 'the link past the list shows itself unasked');
    assert.equal(await stepToEnd(page), 3);
    assert.match(await page.innerText('.github'), /changed the title from/);
    assert.match(await page.innerText('.bot'), /All rules pass/);
    assert.match(await page.innerText('#said'), /^bob changes the title of #1 to feat: /);
    assert.equal(await page.evaluate(() => (globalThis as any).sameDocument), true, 'the page was loaded anew');
    assert.equal(await page.isDisabled('#step'), true);
    await page.click('#language');
    await page.waitForSelector('html[lang="zh-CN"] #main[data-place="3"]');
    assert.match(await page.innerText('.controls'), /故事讲完了/);
    await page.click('#reset');
    await place(page, 0);
    assert.match(await page.innerText('.bot'), /等待动静/);
    assert.deepEqual(troubles, []);
    await page.close();
  });

  test('without scripts the same buttons are forms', async () => {
    const { page } = await open('/demo/chinese?lang=en');
    const session = await browser.context.newCDPSession(page);
    await session.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.reload();
    await page.click('#step');
    await page.waitForSelector('#main[data-place="1"]');
    await page.click('#play');
    await page.waitForSelector('#main[data-over]');
    await page.click('#reset');
    await page.waitForSelector('#main[data-place="0"]');
    await page.close();
  });

  test('Play goes step by step, and the same button pauses', async () => {
    const { page, troubles } = await open('/demo/template?lang=en');
    await page.click('#play');
    await place(page, 1);
    assert.match(await page.innerText('#play'), /Pause/);
    await page.click('#play');
    await page.waitForSelector('#play:has-text("Play")');
    await page.click('#play-template');
    await page.waitForSelector('#main[data-over]:not([aria-busy])');
    assert.deepEqual(troubles, []);
    await page.close();
  });

  test('a second window shows what the first one plays', async () => {
    const [first, second] = [await open('/demo/form?lang=en'), await open('/demo/form?lang=en')];
    await first.page.click('#step');
    await place(second.page, 1);
    assert.match(await second.page.innerText('.github'), /Dark pages/);
    await Promise.all([first.page.close(), second.page.close()]);
  });

  test('rules with a fault say where, and stay to be mended', async () => {
    const { page } = await open('/demo/title?lang=en');
    await page.fill('#rules-text', 'pr-title: {typs: [feat]}');
    await page.click('#try-rules');
    assert.match(await page.innerText('#faults'), /1:12.*types/);
    assert.equal(await page.inputValue('#rules-text'), 'pr-title: {typs: [feat]}');
    await page.close();
  });

  for (const width of [390, 1280])
    for (const colorScheme of ['light', 'dark'] as const)
      test(`axe finds nothing on the pages of the fake GitHub: ${width} px, ${colorScheme}`, async () => {
        await demo.worlds.play('commits');
        const { page } = await open('/', { width, colorScheme });
        for (const path of ['', '/pull/1']) {
          await page.goto(`${demo.fake}/web/acme/shop${path}?story=commits&lang=zh-CN`);
          assert.deepEqual(await faultsOf(page), []);
        }
        await page.close();
      });

  for (const width of [390, 1280])
    for (const colorScheme of ['light', 'dark'] as const)
      for (const [lang, path] of [
        ['en', '/demo/merge'],
        ['zh-CN', '/demo/rules-pull'],
      ] as const)
        test(`axe finds nothing: ${width} px, ${colorScheme}, ${lang}`, async () => {
          const { page } = await open(`${path}?lang=${lang}`, { width, colorScheme });
          assert.deepEqual(await faultsOf(page), []);
          await page.click('#step');
          await page.waitForSelector('.bot table');
          await page.click('.bot details summary');
          assert.deepEqual(await faultsOf(page), []);
          const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(beyond <= 0, `the page is ${beyond} px too wide`);
          await page.click('#reset');
          await place(page, 0);
          await page.close();
        });
});
