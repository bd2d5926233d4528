import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Heard, Ruling } from '../../app/engine/report.ts';
import { tellFor } from '../../app/engine/tell.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import { everything } from '../commands/every-command.ts';

const heard = (tell: 'why' | 'commands', written: string): Heard => ({
  ...{ key: 'IC_1:0', spoken: 'IC_1', module: 'commands', mode: 'enforce', written, outcome: 'done', say: null, tell },
  ...{ by: { id: 2003, login: 'chen', bot: false, us: false }, broke: null },
});
const setup = { ...everything(), commandsAt: (repo: string) => `https://bot.example/commands?repo=${repo}` };
const facts = plainFacts();

suite('where commands are told, the page with all of them is named', () => {
  for (const written of ['/commands', '/help', '/help lgtm']) {
    const told = (given: Partial<typeof setup>, on = facts) =>
      tellFor(heard('commands', written), [], { ...everything(), ...given }, on);
    test(`${written}, with a public address`, () => {
      for (const text of Object.values(told(setup) ?? {}))
        assert.match(text, /\n\n.*\[acme\/shop\]\(https:\/\/bot\.example\/commands\?repo=acme\/shop\)$/);
    });
    test(`${written}, without one`, () => assert.doesNotMatch(told({})?.en ?? '', /https?:/));
    test(`${written}, where not everybody may see the repository`, () =>
      assert.doesNotMatch(told(setup, plainFacts({ repo: { private: true } }))?.en ?? '', /https?:/));
  }
});

const row = (module: string, verdict: Ruling['verdict']): Ruling => ({
  ...{ module, mode: 'enforce', row: true, verdict, because: { en: `${module} says so`, 'zh-CN': '如此' } },
  ...{ fix: null, who: verdict === 'fail' ? 'author' : null, wants: [], broke: null },
});
const why = (...rows: readonly Ruling[]) => tellFor(heard('why', '/why'), rows, setup, facts)?.en;

suite('why', () => {
  test('what is overridden is told beside what is open', () =>
    assert.equal(
      why(row('override', 'pass'), row('pr-title', 'fail'), row('lgtm', 'pass')),
      'this is still open:\n\n- the author can act:\n  - `pr-title`: pr-title says so\n' +
        '- overridden, so it holds nothing up:\n  - `override`: override says so',
    ));
  test('and where nothing is open', () =>
    assert.match(
      why(row('override', 'pass')) ?? '',
      /^nothing is open: .*\n\n- overridden, .*\n {2}- `override`: override/,
    ));
  test('nobody is mentioned but who asked', () => {
    const because = { en: 'held by @zoe: `ask @acme/lead`, then `` `@bob` `` and @chen', 'zh-CN': '@zoe 按住了' };
    const told = tellFor(heard('why', '/why'), [{ ...row('hold', 'wait'), because }], setup, facts);
    assert.match(told?.en ?? '', /`hold`: held by @\u200bzoe: `ask @acme\/lead`, then `` `@bob` `` and @\u200bchen$/);
    assert.match(told?.['zh-CN'] ?? '', /@\u200bzoe 按住了$/);
  });
  test('nothing is said of it where nothing is overridden', () =>
    assert.doesNotMatch(why(row('override', 'skip')) ?? '', /overrid/));
});
