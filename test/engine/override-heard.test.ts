import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { overridesOn } from '../../app/commands/overrides.ts';
import { hear } from '../../app/engine/hear.ts';
import type { Spoken } from '../../app/facts/command-facts.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';
import { everything } from '../commands/every-command.ts';

const lin = { id: 2001, login: 'lin', bot: false, us: false };
const text = '/override build -- the runner is down';
const line: Spoken = {
  ...{ key: 'IC_1', surface: 'comment', id: 1, nodeId: 'IC_1', by: lin, edited: false },
  ...{ at: '2026-01-05T09:50:00Z', reactions: [], text },
};
const since = '2026-01-05T09:00:00Z';
const factsOf = (said: Partial<Spoken>, given: Given = {}) =>
  plainFacts({
    head: { sha: 'b'.repeat(40), tree: '1'.repeat(40), since, first: false },
    contexts: { list: [{ name: 'build', kind: 'status', app: null, state: 'failure', ours: false }] },
    callers: { '2001': { level: 'admin', member: true, teams: [] } },
    spoken: [{ ...line, ...said }],
    ...given,
  });
const heard = (said: Partial<Spoken> = {}, given: Given = {}) => hear(factsOf(said, given), everything(), 'r-1');

suite('/override as it is heard', () => {
  test('it is kept with the head, the base and where that was', () => {
    const { asked, facts } = heard();
    const [{ head, base, tip, by } = {} as never] = asked;
    assert.deepEqual([head, base, tip, by.id], ['b'.repeat(40), 'main', 'e'.repeat(40), 2001]);
    assert.deepEqual(overridesOn(facts).standing, [{ name: 'build', by: lin, reason: 'the runner is down' }]);
  });
  test('remembered from its reaction alone it counts no more: where the base was is lost', () => {
    const { asked, facts } = heard({ reactions: ['rocket'] });
    assert.deepEqual([asked[0]?.tip, overridesOn(facts).standing], ['', []]);
  });
  test('of a head that came just before, it is asked with the head under its name, in front of the reason', () => {
    const head = { sha: 'b'.repeat(40), tree: '1'.repeat(40), since: '2026-01-05T09:49:30Z', first: false };
    const { asked, heard: all } = heard({}, { head });
    assert.deepEqual(asked, []);
    assert.match(all[0]?.say?.en ?? '', /write `\/override sha=b{12} build -- the runner is down`/);
    const again = heard({ text: `/override sha=${'b'.repeat(12)} build -- so` }, { head });
    assert.equal(again.asked.length, 1);
  });
  test('a right that GitHub does not tell is none', () => {
    const { asked, heard: all } = heard({}, { callers: { '2001': null } });
    assert.deepEqual([asked, all[0]?.outcome], [[], 'refused']);
  });
});
