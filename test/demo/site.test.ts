import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { after, suite, test } from 'node:test';
import { serveDemo } from '../../scripts/demo/serve.ts';
import { Worlds } from '../../scripts/demo/worlds.ts';

const demo = await serveDemo({ bot: 0, fake: 0 });
after(() => demo.close());
const { stories } = demo.worlds;

async function page(path: string, language = 'en') {
  const answer = await fetch(demo.bot + path, { headers: { accept: 'text/html', 'accept-language': language } });
  return { answer, text: await answer.text() };
}

/** A form sent by a browser without scripts. */
async function send(path: string, fields: Readonly<Record<string, string>> = {}, headers = {}) {
  const body = new URLSearchParams(fields);
  const answer = await fetch(demo.bot + path, { method: 'POST', body, headers, redirect: 'manual' });
  return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
}

suite('the page of the demo', () => {
  test('lists every story with a way to play it, in the reader’s language', async () => {
    for (const language of ['en', 'zh-CN'] as const) {
      const { text } = await page('/', language);
      assert.ok(text.includes(`<html lang="${language}">`));
      for (const { id, title } of stories) {
        assert.ok(text.includes(title[language]), title[language]);
        assert.ok(text.includes(`action="/demo/${id}/play?lang=${language}"`), id);
      }
    }
  });

  test('holds no script and no style of its own, and lets in none from elsewhere', async () => {
    const { answer, text } = await page('/');
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; style-src 'self'; .*script-src 'self'; connect-src 'self'$/);
    const scripts = [...text.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)].map(([, head, body]) => [head, body]);
    assert.deepEqual(scripts, [[' src="/demo/assets/live.js" defer', '']]);
    assert.doesNotMatch(text, /\s(style|on\w+)=|<style/i);
    for (const asset of ['demo.css', 'live.js']) assert.equal((await page(`/demo/assets/${asset}`)).answer.status, 200);
  });

  test('keeps its place when the language is changed', async () => {
    const { text } = await page('/demo/merge?at=0&show=repository&lang=en');
    assert.ok(text.includes('href="/demo/merge?at=0&amp;show=repository&amp;lang=zh-CN"'));
  });

  test('knows no other story', async () => {
    assert.equal((await page('/demo/nothing')).answer.status, 404);
    assert.equal((await send('/demo/nothing/step')).status, 404);
  });
});

suite('a story is played by forms alone', () => {
  test('step by step, each with both sides of it', async () => {
    const { status, to } = await send('/demo/title/step?lang=en');
    assert.deepEqual([status, to], [303, '/demo/title?lang=en']);
    const { text } = await page('/demo/title?lang=en');
    assert.match(text, /aria-current="step"[^>]*>\s*bob opens a pull request titled <code>add search<\/code>/);
    assert.match(text, /<span class="fail">✗ failure<\/span> <code>github-bot \(main\)<\/code> <span class="news">new/);
    assert.match(text, /<code>pr-title<\/code>.*<td class="fail">✗ fail<\/td>.*the title needs a type/s);
    assert.match(text, /add label invalid-title/);
    assert.match(text, /✓ GitHub shows what the story expects\./);
  });

  test('to its end, and back to its beginning', async () => {
    await send('/demo/title/play?lang=en');
    const over = (await page('/demo/title?lang=en')).text;
    assert.match(over, /data-place="3" data-over="yes"/);
    assert.match(over, /✓ The story is over\./);
    await send('/demo/title/reset?lang=en');
    assert.match((await page('/demo/title?lang=en')).text, /data-place="0"/);
  });

  test('and what was seen on the way can be seen again', async () => {
    await send('/demo/grace/play?lang=zh-CN');
    const { text } = await page('/demo/grace?at=2&lang=zh-CN');
    assert.match(text, /aria-current="step"[^>]*>\s*7 天后/);
    assert.match(text, /● 已关闭（不打算处理）/);
    assert.match((await page('/demo/grace?lang=zh-CN')).text, /○ 打开/);
  });
});

suite('rules of the visitor', () => {
  test('with a fault are not taken, and the place of the fault is told', async () => {
    const answer = await send('/demo/title/rules?lang=en', { rules: 'pr-title: {typs: [feat]}' });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /<code>1:12<\/code>.*has no key <code>typs<\/code>\. Did you mean <code>types<\/code>/);
    assert.match(answer.text, /<textarea[^>]*aria-invalid="true"[^>]*>\s*pr-title: \{typs: \[feat\]\}<\/textarea>/);
    assert.equal(demo.worlds.world('title')?.hasOwnRules, false);
  });

  test('without one judge the story from its beginning, until it is reset', async () => {
    assert.equal(
      (await send('/demo/title/rules?lang=en', { rules: 'pr-title: {types: [add], pattern: "add.*"}' })).status,
      303,
    );
    const { text } = await page('/demo/title?lang=en');
    assert.match(text, /data-place="1"/);
    assert.match(text, /<span class="pass">✓ success<\/span> <code>github-bot \(main\)<\/code>/);
    assert.match(text, /Your rules are in force/);
    await send('/demo/title/reset?lang=en');
    assert.doesNotMatch((await page('/demo/title?lang=en')).text, /Your rules are in force/);
  });
});

suite('the demo is for this machine', () => {
  test('no other site’s form counts', async () => {
    const place = demo.worlds.world('title')?.place;
    assert.equal((await send('/demo/title/step', {}, { origin: 'http://evil.example' })).status, 403);
    assert.equal(demo.worlds.world('title')?.place, place);
  });

  test('no other name leads to it', async () => {
    for (const url of [demo.bot, demo.fake]) {
      const status = await new Promise((resolve) => {
        request(url, { headers: { host: 'evil.example' } }, ({ statusCode }) => resolve(statusCode)).end();
      });
      assert.equal(status, 403);
    }
  });
});

suite('both links lead on', () => {
  test('to the page of the bot and that of the fake GitHub', async () => {
    await send('/demo/chinese/step');
    const bot = await page('/r/acme/shop/pull/1?story=chinese&lang=en');
    assert.match(bot.text, /the title needs a type/);
    const fake = await (await fetch(`${demo.fake}/web/acme/shop/pull/1?story=chinese`)).text();
    assert.match(fake, /修复登录后白屏/);
  });

  test('from one world to another, few of which are alive at once', async () => {
    for (const id of ['form', 'owner', 'chinese']) await send(`/demo/${id}/step`);
    assert.match((await page('/r/acme/shop/issues/1?story=form')).text, /acme\/shop#1/);
    const alive = stories.filter(({ id }) => demo.worlds.world(id)?.isAlive);
    assert.deepEqual(alive.map(({ id }) => id).toSorted(), ['chinese', 'form', 'owner']);
  });

  test('and a world that was put away comes back where it was', async () => {
    assert.equal(demo.worlds.world('grace')?.isAlive, false);
    assert.match((await page('/demo/grace?lang=en')).text, /data-place="3" data-over="yes"/);
    assert.equal(demo.worlds.world('grace')?.isAlive, true);
  });
});

test('a page that is open hears of each step', async () => {
  const answer = await fetch(`${demo.bot}/demo/loop/events`);
  const reader = answer.body?.getReader();
  await send('/demo/loop/step');
  let heard = '';
  while (!heard.includes('data: 1\n\n')) heard += Buffer.from((await reader?.read())?.value ?? []).toString();
  await reader?.cancel();
});

test('a step that does not go as told is shown as it is', async () => {
  const [story] = stories;
  assert.ok(story);
  const [first, ...others] = story.beats;
  assert.ok(first);
  const look = { number: 2, name: 'expect', keys: { of: 'search', comments: 7 }, line: 1 };
  const worlds = new Worlds([{ ...story, beats: [{ ...first, looks: [look] }, ...others] }], '');
  const world = await worlds.play(story.id);
  await worlds.close();
  assert.deepEqual([world?.place, world?.hasFailed, world?.isOver], [1, true, true]);
  assert.deepEqual(
    world?.moments[1]?.failures.map(({ key, expected }) => [key, expected]),
    [['comments', '7']],
  );
});

test('once closed, its ports are free and no world is left', async () => {
  const other = await serveDemo({ bot: 0, fake: 0 });
  await other.worlds.step('title');
  const ports = [other.bot, other.fake].map((url) => Number(new URL(url).port));
  await other.close();
  assert.equal(other.worlds.world('title')?.isAlive, false);
  for (const port of ports) {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
  }
});
