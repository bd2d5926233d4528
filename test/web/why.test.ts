import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { parseScenarios } from '../scenarios/format.ts';
import { play } from '../scenarios/play.ts';
import { memory, pull, report } from '../contracts/ground.ts';
import { fullHouse } from './full-house.ts';
import { ask, hidden, openHouse } from './house.ts';

const scenario = JSON.stringify({
  title: 'a title that is put right, a tag, and a replay',
  world: {
    people: { lin: 'admin', bob: 'read' },
    files: {
      '.github/github-bot.yml':
        'pr-title: {types: [feat]}\nrelease-notes: {tags: shop/v*}\nmerge: {require: {approvals: 1}}\n',
    },
  },
  steps: [
    { 'push-base': { by: 'lin', message: 'feat: the cart', files: { 'a.ts': '1' } } },
    { tag: { by: 'lin', name: 'shop/v1.0.0' } },
    { 'open-pull': { by: 'bob', as: 'pr', title: 'Add search', files: { 'b.ts': 'b' } } },
    { edit: { of: 'pr', by: 'bob', title: 'feat: add search' } },
    { wait: '10m' },
  ],
});

const [parsed] = parseScenarios(scenario, 'why.test.ts');
assert.ok(parsed?.kind === 'scenario', JSON.stringify(parsed));
const played = await play(parsed.scenario, { keep: true });
after(() => played.close());
const { stage } = played;
assert.ok(stage && played.outcome.ok, JSON.stringify(played.outcome.failed));
const get = async (path: string, language = 'en') =>
  (await ask(`${stage.botUrl}${path}`, { headers: { accept: 'text/html', 'accept-language': language } })).text;
const words = (page: string) =>
  page
    .replace(/^[^]*<main/, '')
    .replaceAll('<wbr/>', '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

suite('the page of a pull request', () => {
  test('says the verdict in the very words of the check', async () => {
    const page = words(await get('/r/acme/shop/pull/1'));
    assert.match(page, /acme\/shop#1 feat: add search \(open\) See it on GitHub/);
    assert.match(
      page,
      /The newest decision ✓ pass All rules pass Decided 2026-01-\d\d \d\d:\d\d:\d\d UTC \(\d+ minutes ago\)/,
    );
  });

  test('has every ruling with verdict, reason, who can act and what it looked at', async () => {
    const page = words(await get('/r/acme/shop/pull/1'));
    assert.match(
      page,
      /pr-title enforce ✓ pass the title follows type\(scope\)!: subject Looked at: thread , happened/,
    );
    assert.match(page, /merge enforce … wait .* Who can act: reviewer/);
    assert.match(page, /Who can act reviewer merge : /);
  });

  test('shows the facts each ruling looked at, with their source and time, and the others apart', async () => {
    const page = await get('/r/acme/shop/pull/1');
    const [, anchor = ''] = /<a href="#(fact-r-\w+-thread)">thread<\/a>/.exec(page) ?? [];
    const at = page.indexOf(`id="${anchor}"`);
    assert.ok(at > 0 && at < page.indexOf('Facts no rule here looked at'));
    assert.match(
      words(page.slice(at)),
      /Source: GitHub, read 2026-01-.* UTC .*Read anew after: issues\.opened.*title feat: add search/,
    );
    assert.ok(page.indexOf('<code>forms</code>') > page.indexOf('Facts no rule here looked at'));
  });

  test('tells the history, newest first, with causes, changes and an address for each look', async () => {
    const page = await get('/r/acme/shop/pull/1');
    const [, history = ''] = page.split('History, newest first');
    const times = [...history.matchAll(/datetime="([^"]+)"/g)].map((match) => match[1] ?? '');
    assert.ok(times.length >= 2);
    assert.deepEqual(times, times.toSorted().toReversed());
    const oldest = words(history.split('<li>').at(-4) ?? history);
    assert.match(
      words(history),
      /because of pull_request\.opened · r-\w+ pr-title: ✗ fail .*✓ done : add label invalid-title/,
    );
    assert.ok(oldest.length > 0);
  });

  test('each look has a page that stays, with everything as JSON', async () => {
    const page = await get('/r/acme/shop/pull/1');
    const ids = [...new Set([...page.matchAll(/\/r\/acme\/shop\/report\/(r-\w+)"/g)].map((match) => match[1] ?? ''))];
    const first = await get(`/r/acme/shop/report/${ids.at(-1)}`);
    assert.match(words(first), /✗ fail/);
    assert.match(words(first), /To do: .*Who can act: author/);
    const json = JSON.parse(await get(`/r/acme/shop/report/${ids.at(-1)}.json`)) as { id: string; facts: unknown };
    assert.equal(json.id, ids.at(-1));
    assert.ok(json.facts);
  });

  test('is there in Chinese, and its links keep a language that was chosen', async () => {
    const page = await get('/r/acme/shop/pull/1?lang=zh-CN');
    assert.match(words(page), /最近一次结论 ✓ 通过 全部规则通过/);
    assert.match(words(page), /✓ 已完成 ： ?加上标签 invalid-title/);
    const links = [...page.matchAll(/href="(\/(?:r|deliveries)[^"]*)"/g)].map((match) => match[1] ?? '');
    assert.ok(links.length > 5);
    assert.deepEqual(
      links.filter((link) => !link.includes('lang=')),
      [],
    );
    assert.doesNotMatch(await get('/r/acme/shop/pull/1', 'zh-CN'), /report\/[\w-]+\?lang/);
  });
});

suite('the other pages of a repository', () => {
  test('a tag: what became of its release notes', async () => {
    const page = words(await get('/r/acme/shop/tag/shop%2Fv1.0.0'));
    assert.match(page, /acme\/shop tag shop\/v1\.0\.0/);
    assert.match(page, /release-notes enforce – skip .*History.*✓ done : publish release shop\/v1\.0\.0/);
    assert.equal(words(await get('/r/acme/shop/tag/shop/v1.0.0')), page);
  });

  test('the repository: its newest decisions, page by page', async (t) => {
    const page = words(await get('/r/Acme/Shop'));
    assert.match(page, /acme\/shop#1 feat: add search/);
    assert.match(page, /acme\/shop:refs\/tags\/shop\/v1\.0\.0 .*1 change/);
    const house = await openHouse(t);
    for (let n = 1; n <= 45; n++) await house.store.saveReport({ ...report(`r-${n}`, pull(n)), facts: {} });
    const seen: string[] = [];
    for (let path = '/r/acme/shop?lang=en'; path !== '';) {
      const { text } = await house.ask(path);
      seen.push(...[...text.matchAll(/acme\/shop#(\d+)</g)].map((match) => match[1] ?? ''));
      path = (/rel="next" href="([^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&');
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 45 }, (_, n) => String(45 - n)),
    );
  });

  const nowhere = ['/r/acme/shop/pull/99', '/r/acme/shop/issues/0', '/r/acme/none', '/r/acme/none/pull/1', '/r/acme'];
  const odd = [
    '/r/acme/shop/pull/1x',
    '/r/acme/shop/report/r-none',
    '/r/acme/shop/what/1',
    '/r/acme/shop/tag/%zz',
    '/xyz',
  ];
  for (const path of [...nowhere, ...odd]) {
    test(`${path}: nothing is recorded here, and what to do next`, async () => {
      const answer = await ask(stage.botUrl + path, { headers: { accept: 'text/html' } });
      assert.equal(answer.status, 404);
      assert.match(words(answer.text), /Nothing is recorded here.*load this page again.*Recent Deliveries/);
    });
  }

  test('a report is found below its own repository only', async () => {
    const [, id = ''] = /report\/(r-\w+)/.exec(await get('/r/acme/shop/pull/1')) ?? [];
    const answer = await ask(`${stage.botUrl}/r/acme/other/report/${id}`, {});
    assert.equal(answer.status, 404);
  });
});

suite('what was left open', () => {
  test('a change whose answer never came is marked, and so is what was not come to', async (t) => {
    const house = await fullHouse();
    t.after(() => house.close());
    const page = words((await house.ask('/r/acme/shop/report/r-broken?lang=en')).text);
    assert.match(
      page,
      /✓ done : add label a \? uncertain, looked up afterwards : write card – no answer … not yet : write a comment/,
    );
    assert.match(page, /The bot takes it up again by itself/);
  });

  test('when it will be looked at again', async (t) => {
    const house = await openHouse(t);
    const revisitAt = new Date(house.clock.now() + 3 * 86_400_000).toISOString();
    await house.store.saveReport(memory({ ...report('r-1', pull(1)), revisitAt }).report);
    assert.match(words((await house.ask('/r/acme/shop/pull/1')).text), /looks again by itself: .* UTC \(in 3 days\)/);
  });
});

suite('deliveries', () => {
  test('each leads to what it brought about', async () => {
    const page = await get('/deliveries?event=pull_request&repo=ACME/shop');
    assert.match(words(page), /pull_request\.opened ✓ considered r-\w+ acme\/shop#1 2026-\S+ \S+ UTC \(.* ago\) \d/);
    assert.doesNotMatch(words(page), /push/);
  });

  test('done again, nothing changes on GitHub', async () => {
    const page = await get('/deliveries?event=pull_request&outcome=considered');
    const ids = [...page.matchAll(/href="\/deliveries\/(\w+)"/g)].map((match) => match[1] ?? '');
    const tags = await get('/deliveries?event=push');
    ids.push(...[...tags.matchAll(/href="\/deliveries\/(\w+)"/g)].map((match) => match[1] ?? ''));
    const writes = () => stage.fake.journal.filter(({ write }) => write).length;
    const before = writes();
    for (const id of ids) {
      const path: string = `${stage.botUrl}/deliveries/${id}/replay`;
      const asked: string = (await ask(path)).text;
      const form = { csrf: hidden(asked, 'csrf'), confirm: hidden(asked, 'confirm') };
      assert.equal((await ask(path, { form })).status, form.confirm === '' ? 403 : 303);
    }
    await stage.pace.settle();
    assert.ok(ids.length >= 3);
    assert.equal(writes(), before);
    assert.match(
      words(await get(`/deliveries/${ids[0]}`)),
      /Who had it done again .*somebody on this machine \(replay\)/,
    );
  });

  test('each outcome can be asked for', async (t) => {
    const house = await fullHouse();
    t.after(() => house.close());
    const expected = {
      waiting: /^… waiting r-broken$/,
      folded: /^– folded: folded into \w+$/,
      aside: /^✗ set aside: TypeError: x is undefined$/,
      unhandled: /^– unhandled: no rule looks at this star event$/,
    };
    for (const [outcome, text] of Object.entries(expected)) {
      const { text: page } = await house.ask(`/deliveries?lang=en&outcome=${outcome}`);
      const cells = [...page.matchAll(/<\/th><td class="prose">([^]*?)<\/td>/g)];
      assert.equal(cells.length, 1, outcome);
      assert.match((cells[0]?.[1] ?? '').replace(/<[^>]*>/g, '').trim(), text);
    }
  });
});

test('the page that checks rules finds what the command finds, a merge that asks nobody too', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'github-bot-rules-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [text, file] = ['merge: {require: {approvals: 0}}\n', join(folder, 'rules.yml')];
  writeFileSync(file, text);
  const script = join(import.meta.dirname, '../../scripts/check-rules.ts');
  const flags = ['--disable-warning=ExperimentalWarning', script, file];
  const { stdout, status } = spawnSync(process.execPath, flags, {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C' },
  });
  const page = await ask(`${stage.botUrl}/check-rules`, { form: { text }, headers: { 'accept-language': 'en' } });
  const [, found = ''] = /^[^:]+:(.*)\n$/.exec(stdout) ?? [];
  assert.equal(status, 1);
  assert.match(found, /^\d+:\d+ With `merge` nobody has to agree/);
  const bare = (said: string) => said.replace(/[\s`]/g, '');
  assert.ok(bare(words(page.text)).includes(bare(found)), words(page.text));
});
