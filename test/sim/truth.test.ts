import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Deed } from '../fake-github/fault-kinds.ts';
import { offRules } from './deeds.ts';
import { built, close, epilogue, good, label, pushed, reviewed, titled, together, unlabel } from './scripts.ts';
import { simulate } from './life.ts';
import { rules, rulesPath } from './world.ts';

const deleteCard = (of: string): Deed => ({ step: 'delete-bot-comment', keys: { of, by: 'lin' } });
const edited = (body: string): Deed => ({ step: 'edit', keys: { of: 'i1', by: 'bob', body } });
const reopen = (of: string): Deed => ({ step: 'reopen', keys: { of, by: 'bob' } });
const rulesOf = (text: string): Deed => ({
  step: 'push-base',
  keys: { repo: 'acme/shop', by: 'lin', files: { [rulesPath]: text } },
});
const [whole, lacking] = ['## Version\n1.0\n', 'Help'];

const right: Readonly<Record<string, readonly Deed[]>> = {
  'a label is put on that somebody took off before it was there': [
    titled('p1', 'begin'),
    together(titled('p1', 'feat: begin'), unlabel({ of: 'p1', by: 'lin', labels: ['enhancement'] })),
  ],
  'what was mended and is broken again is told again though its card was deleted': [
    titled('p1', 'begin'),
    deleteCard('p1'),
    titled('p1', 'feat: begin'),
    titled('p1', 'begin'),
  ],
  'a card that was deleted while all was well is written when it is not': [
    titled('p1', 'begin'),
    titled('p1', 'feat: begin'),
    deleteCard('p1'),
    titled('p1', 'begin'),
  ],
  'a card that was deleted on what is closed stays away': [
    close({ of: 'i1', by: 'bob' }),
    deleteCard('i1'),
    reopen('i1'),
    close({ of: 'i1', by: 'bob' }),
    edited(whole),
    edited(lacking),
    reopen('i1'),
  ],
  'somebody asks for changes of what is merged': [
    good,
    reviewed('chen'),
    built('success'),
    reviewed('chen', 'request-changes'),
  ],
  'a card that was deleted is written again after rules under which nothing was wrong': [
    deleteCard('i1'),
    rulesOf(offRules[rulesPath]),
    rulesOf(rules.shop),
  ],
  'files that are there already are pushed once more after an approval': [
    pushed('a.ts'),
    pushed('b.ts'),
    reviewed('chen'),
    together(pushed('a.ts'), label({ of: 'p1', by: 'lin', labels: ['bug'] })),
    unlabel({ of: 'p1', by: 'lin', labels: ['lgtm'] }),
  ],
  'a pull request passes that mends the rules nobody can read': [
    titled('p2', 'feat: begin'),
    pushed(rulesPath, offRules[rulesPath], 'p2'),
    epilogue({ which: 2 }),
  ],
};

suite('a life in which the bot does what is right breaks nothing', () => {
  for (const [title, script] of Object.entries(right))
    test(title, async () => assert.deepEqual((await simulate(1, {}, { script })).violations, []));
});
