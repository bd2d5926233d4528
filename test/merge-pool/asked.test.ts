import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Asked } from '../../app/facts/command-facts.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';
import { nobody } from '../../app/merge-pool/line.ts';
import { mergeCommands } from '../../app/merge-pool/command.ts';
import { nextStep } from '../../app/merge-pool/next-step.ts';
import { mergeOptions } from '../../app/merge-pool/options.ts';

const head = 'b'.repeat(40);
const earlier = 'a'.repeat(40);
const lin = { id: 2001, login: 'lin', bot: false, us: false };

function say(how: string | null, more: Partial<Asked> = {}): Asked {
  return {
    ...{ key: `IC_${how ?? ''}:0`, name: 'merge', module: 'merge', args: how === null ? {} : { how } },
    ...{ surface: 'comment', by: lin, level: 'write', at: '2026-01-05T09:40:00Z', head, tree: '', base: 'main' },
    ...{ withdrawn: false, ...more },
  };
}

function step(asks: readonly Asked[], given: Given = {}, options: object = { ask: 'command' }) {
  const facts = plainFacts({ asks, ...given });
  const parsed = mergeOptions.parse(options);
  return nextStep({ facts, rows: [], options: parsed, mode: 'enforce', held: [], line: nobody });
}
const methodIn = ({ wants: [want] }: ReturnType<typeof step>) => (want?.kind === 'merge' ? want.method : null);

suite('where merges wait for the command', () => {
  const heads = { reviews: { heads: [head, earlier] } };
  const rows: readonly [title: string, asks: readonly Asked[], given: Given, says: RegExp | null][] = [
    ['nobody said it', [], {}, /maintainers – say `\/merge`$/],
    ['it was said of this head', [say(null)], {}, null],
    ['no review is asked for then', [say(null)], { reviews: { list: [] } }, null],
    ['it was said of an earlier head', [say(null, { head: earlier })], {}, /say `\/merge` again/],
    ['only our own update lies between', [say(null, { head: earlier })], heads, null],
    [
      'the base was another one since',
      [say(null)],
      { reviews: { since: '2026-01-05T09:41:00Z' } },
      /say `\/merge` again/,
    ],
    ['the base was another one before', [say(null)], { reviews: { since: '2026-01-05T09:39:00Z' } }, null],
    ['it was said for another base', [say(null, { base: 'dev' })], {}, /say `\/merge` again/],
    ['its comment was deleted', [say(null, { withdrawn: true })], {}, /say `\/merge`$/],
    ['who said it may not any more', [say(null)], { reviews: { askers: { 2001: 'triage' } } }, /say `\/merge`$/],
    ['who said it may still', [say(null)], { reviews: { askers: { 2001: 'maintain' } } }, null],
    ['it was taken back', [say(null), say('cancel')], {}, /`lin` stopped the merge/],
    ['the taking back was deleted', [say(null), say('cancel', { withdrawn: true })], {}, /`lin` stopped the merge/],
    ['it was said again after that', [say(null), say('cancel'), say(null)], {}, null],
    ['a word of another module', [say(null, { module: 'lgtm' })], {}, /say `\/merge`$/],
  ];
  for (const [title, asks, given, says] of rows) {
    test(title, () => {
      const { verdict, because, wants } = step(asks, given);
      if (says === null) return assert.deepEqual([verdict, wants.length], ['pass', 1]);
      assert.deepEqual([verdict, wants], ['wait', []]);
      assert.match(because.en, says);
    });
  }
});

test('where it waits for nobody, the command can stop it and nothing else', () => {
  assert.match(step([say('cancel', { head: earlier })], {}, {}).because.en, /stopped the merge/);
  assert.equal(step([say(null, { head: earlier })], {}, {}).verdict, 'pass');
});

test('how it lands: the command, then the label, then the rules', () => {
  const labelled: Given = { thread: { labels: ['merge-method/merge'] } };
  assert.equal(methodIn(step([say(null)], labelled)), 'merge');
  assert.equal(methodIn(step([say('rebase')], labelled)), 'rebase');
  assert.equal(methodIn(step([say('rebase'), say(null)])), 'rebase');
  assert.equal(methodIn(step([say('rebase', { withdrawn: true }), say(null)])), 'squash');
  assert.equal(methodIn(step([say('rebase'), say('cancel'), say(null)])), 'squash');
  assert.equal(methodIn(step([say('rebase', { head: earlier })], {}, {})), 'rebase');
  const two: Given = { thread: { labels: ['merge-method/merge', 'merge-method/rebase'] } };
  assert.match(step([say('squash')], two).because.en, /leave one of/);
});

test('a way of merging that is switched off is refused at once', () => {
  const { merge } = mergeCommands;
  assert.ok(merge);
  const call = { key: 'IC_1:0', name: 'merge', written: 'merge rebase', by: lin, at: '', surface: 'comment' } as const;
  const answer = (how: string, given: Given) => merge.run(plainFacts(given), { ...call, args: { how } }, () => []);
  assert.equal(answer('rebase', {}).outcome, 'done');
  assert.equal(answer('cancel', { repo: { methods: [] } }).outcome, 'done');
  for (const given of [{ repo: { methods: ['squash'] } }, { required: { methods: ['squash'] } }] as const) {
    const { outcome, say } = answer('rebase', given);
    assert.equal(outcome, 'refused');
    assert.match(say?.en ?? '', /`rebase` is switched off here; allowed: `squash`/);
  }
});
