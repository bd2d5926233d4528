import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { everyCommand } from '../../app/engine/every-command.ts';
import { loadModules } from '../../app/engine/load.ts';
import { parseScenarios } from '../scenarios/format.ts';
import { play } from '../scenarios/play.ts';
import { ask, openHouse } from './house.ts';

const commands = everyCommand(await loadModules());
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

test('the page of commands shows every command in both languages, to anybody', async (t) => {
  const house = await openHouse(t, { commands });
  for (const language of ['en', 'zh-CN'] as const) {
    const { status, text } = await ask(`${house.url}/commands?lang=${language}`);
    assert.equal(status, 200);
    assert.match(text, new RegExp(`<html lang="${language}"`));
    assert.equal(text.match(/<tr>/g)?.length, commands.length + 1);
    for (const { usage, module, examples } of commands) {
      const shown = text.replaceAll('&gt;', '>').replaceAll('&quot;', '"');
      for (const code of [usage, ...examples]) assert.ok(shown.includes(`<code>${escaped(code)}</code>`), code);
      if (module !== null) assert.ok(text.includes(`<code>${module}</code>`), module);
    }
    assert.doesNotMatch(text, /undefined|\[object/);
  }
});

test('the list has the commands of modules, of the pool, and those that always work', () => {
  const modules = new Map(commands.map(({ name, module }) => [name, module]));
  assert.deepEqual([modules.get('ping'), modules.get('lgtm'), modules.get('merge')], [null, 'lgtm', 'merge']);
});

const rules = [
  'commands: {prefix: "!", alias: {"/yes": "/lgtm"}}',
  'lgtm: true',
  'override: {who: [maintain, "@acme/release"]}',
  'hold: {mode: preview}',
  '',
].join('\n');
const step = (title: string) => ({ 'open-pull': { by: 'bob', as: 'pr', title, files: { 'a.ts': 'a' } } });

async function playing(t: { after(end: () => unknown): void }) {
  const scenario = {
    title: 'a repository with commands',
    world: { people: { lin: 'admin', bob: 'read' }, files: { '.github/github-bot.yml': rules } },
    steps: [step('feat: a')],
  };
  const [parsed] = parseScenarios(JSON.stringify(scenario), 'commands.test.ts');
  assert.ok(parsed?.kind === 'scenario', JSON.stringify(parsed));
  const played = await play(parsed.scenario, { keep: true });
  t.after(() => played.close());
  assert.ok(played.stage && played.outcome.ok, JSON.stringify(played.outcome.failed));
  return `${played.stage.botUrl}/commands`;
}

const stranger = { headers: { 'x-forwarded-for': '203.0.113.9', 'accept-language': 'en' } };

suite('the commands of one repository', () => {
  test('are those its rules switch on, as they are written and for whom', async (t) => {
    const url = await playing(t);
    for (const name of ['acme/shop', 'ACME/Shop']) {
      const { status, text } = await ask(`${url}?repo=${name}`, stranger);
      assert.equal(status, 200);
      assert.ok(text.includes('<code>!lgtm [cancel|no-issue] [sha]</code>'), text);
      assert.ok(text.includes('<code>!override cancel ci/build</code>'));
      assert.match(text, /people with the <code>maintain<\/code> right, <code>@acme\/release<\/code>/);
      assert.match(text, /<code>!yes<\/code> for <code>!lgtm<\/code>/);
      assert.doesNotMatch(text, /!hold|!assign|\/lgtm/);
    }
  });
});

const list = { commands: commands.slice(0, 3), aliases: [] };

suite('who may not see a repository learns nothing of it', () => {
  const repos = { 'acme/open': { list, isPublic: true }, 'acme/secret': { list, isPublic: false } };
  const store = (real: object) =>
    new Proxy(real, {
      get: (target, key) =>
        key === 'commandsOf'
          ? async (name: keyof typeof repos) => repos[name] ?? null
          : (Reflect.get(target, key) as unknown),
    });

  test('a private one and none at all read the same, to the byte', async (t) => {
    const plain = await openHouse(t);
    const house = await openHouse(t, { commands, store: store(plain.store) as never });
    const read = async (name: string, headers = stranger.headers) => {
      const { status, text, headers: sent } = await house.ask(`/commands?repo=${name}`, { headers });
      const bare = Object.entries(sent).filter(([key]) => key !== 'date');
      return {
        status,
        text: text.replaceAll(encodeURIComponent(name), 'X').replaceAll(name, 'X'),
        bare: bare.filter(([key]) => key !== 'content-length'),
      };
    };
    assert.deepEqual(await read('acme/secret'), await read('acme/absent'));
    assert.equal((await read('acme/secret')).status, 404);
    assert.equal((await read('acme/open')).status, 200);
    // Somebody on this machine may see everything.
    assert.equal((await read('acme/secret', {} as never)).status, 200);
    assert.equal((await read('acme/absent', {} as never)).status, 404);
  });

  test('nothing that is asked for is repeated as markup', async (t) => {
    const house = await openHouse(t, { commands });
    const { status, text } = await house.ask('/commands?repo=%3Cscript%3Ealert(1)%3C/script%3E', stranger);
    assert.equal(status, 404);
    assert.doesNotMatch(text, /<script/);
  });
});
