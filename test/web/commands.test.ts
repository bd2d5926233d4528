import assert from 'node:assert/strict';
import { test } from 'node:test';
import { everyCommand } from '../../app/engine/every-command.ts';
import { loadModules } from '../../app/engine/load.ts';
import { ask, openHouse } from './house.ts';

const commands = everyCommand(await loadModules());

test('the page of commands shows every command in both languages, to anybody', async (t) => {
  const house = await openHouse(t, { commands });
  for (const language of ['en', 'zh-CN'] as const) {
    const { status, text } = await ask(`${house.url}/commands?lang=${language}`);
    assert.equal(status, 200);
    assert.match(text, new RegExp(`<html lang="${language}"`));
    assert.equal(text.match(/<tr>/g)?.length, commands.length + 1);
    for (const { usage, module } of commands) {
      const shown = usage.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      assert.ok(
        text.includes(`<code>${shown}</code>`) || text.includes(`<code>${usage.replaceAll('<', '&lt;')}</code>`),
        usage,
      );
      if (module !== null) assert.ok(text.includes(`<code>${module}</code>`), module);
    }
    assert.doesNotMatch(text, /undefined|\[object/);
  }
});

test('the list has the commands of modules, of the pool, and those that always work', () => {
  const modules = new Map(commands.map(({ name, module }) => [name, module]));
  assert.deepEqual([modules.get('ping'), modules.get('lgtm'), modules.get('merge')], [null, 'lgtm', 'merge']);
});
