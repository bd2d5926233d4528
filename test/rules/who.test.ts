import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor, Standing } from '../../app/facts/fact.ts';
import { levels } from '../../app/facts/fact.ts';
import { isAmong, named } from '../../app/facts/who.ts';

const lin: Actor = { id: 7, login: 'Lin', bot: false, us: false };
const at = (level: Standing['level'], more: Partial<Standing> = {}): Standing => ({
  level,
  member: false,
  teams: [],
  ...more,
});

for (const wanted of levels.slice(1)) {
  for (const held of levels) {
    const expected = levels.indexOf(held) >= levels.indexOf(wanted);
    test(`${held} is ${expected ? '' : 'not '}among ${wanted}`, () => {
      assert.equal(isAmong([wanted], at(held), lin), expected);
      assert.equal(isAmong([wanted.toUpperCase()], at(held), lin), expected);
    });
  }
}

const bot: Actor = { id: 9, login: 'dependabot', bot: true, us: false };
const table: readonly [who: string[], standing: Standing, author: Actor, among: boolean][] = [
  [[], at('admin'), lin, false],
  [['none'], at('admin'), lin, false],
  [['none'], at('none'), { ...lin, login: 'none' }, true],
  [['lin'], at('none'), lin, true],
  [['@LIN'], at('none'), lin, true],
  [['wu', 'lin'], at('none'), lin, true],
  [['lina'], at('none'), lin, false],
  [['author'], at('none'), lin, true],
  [['@author'], at('none'), lin, false],
  [['@author'], at('none'), { ...lin, login: 'author' }, true],
  [['write'], at('none'), { ...lin, login: 'write' }, false],
  [['@write'], at('none'), { ...lin, login: 'write' }, true],
  [['@write'], at('admin'), lin, false],
  [['member'], at('admin'), lin, false],
  [['member'], at('none', { member: true }), lin, true],
  [['@Acme/Core'], at('none', { teams: ['@acme/core'] }), lin, true],
  [['@acme/core'], at('none', { teams: ['@acme/other'] }), lin, false],
  [['lin_acme'], at('none'), { ...lin, login: 'lin_acme' }, true],
  [['lin'], at('none'), { ...lin, id: null }, false],
  [['ghost'], at('none'), { ...lin, id: null, login: 'ghost' }, false],
  [['dependabot[bot]'], at('none'), bot, true],
  [['dependabot[bot]'], at('none'), { ...bot, login: 'dependabot[bot]' }, true],
  [['dependabot'], at('none'), { ...bot, login: 'dependabot[bot]' }, true],
  [['lin[bot]'], at('none'), lin, false],
  [['two words', '@a/b/c', ''], at('admin'), lin, false],
];
for (const [who, standing, author, among] of table) {
  test(`${author.login} (${standing.level}) and ${JSON.stringify(who)}`, () => {
    assert.equal(isAmong(who, standing, author), among);
  });
}

test('what names nobody', () => {
  for (const entry of ['', '@', 'a b', '-a', 'a/b', '@a/b/c', 'a.b', '@a/', 'x[bot]y'])
    assert.equal(named(entry), null);
});
