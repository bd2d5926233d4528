import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { consider } from '../../app/engine/consider.ts';
import type { Setup } from '../../app/engine/set-up.ts';
import { loadKinds } from '../../app/engine/load.ts';
import type { Mode } from '../../app/engine/report.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';
import { defineModule } from '../../app/modules/module.ts';
import type { PolicyWant } from '../../app/wants/want.ts';

const kinds = await loadKinds();
const text = { en: 'Hello', 'zh-CN': '你好' };

function planned(wants: readonly PolicyWant[], given: Given = {}, mode: Mode = 'enforce', more: Partial<Setup> = {}) {
  const module = defineModule({
    ...{ summary: text, on: 'both', row: false, needs: [], may: [], options: z.object({}) },
    decide: () => ({ verdict: 'pass', because: text, wants }),
  });
  const setup: Setup = {
    rules: {
      sections: [{ module: 'm', mode, only: null, except: null, options: {} }],
      ...{
        language: 'auto',
        checkName: 'base',
        checks: 'one',
        commands: { prefix: '/', alias: {} },
        problems: [],
        warnings: [],
        origins: {},
        oids: [],
      },
    },
    ...{ broken: [], above: [], modules: new Map([['m', module]]), kinds, identity: 'app', details: () => '' },
    ...more,
  };
  const repo = { id: 7, owner: 'acme', name: 'shop' };
  const subject = { kind: 'thread', repo, installation: 1, number: 12 } as const;
  const question = { id: 'r-1', at: '2026-01-05T09:00:00.000Z', hints: [], siblings: [], subject };
  return consider(question, plainFacts({ thread: { kind: 'issue' }, ...given }), setup).plan;
}

const bodies = (...args: Parameters<typeof planned>) =>
  planned(...args).flatMap(({ call }) => (call.via === 'rest' ? [String(call.params['body'])] : []));
const say = { kind: 'say', key: 'abc', text } as const;
const label = { kind: 'label', name: 'bug', on: true } as const;
const issue = (thread: Given['thread']) => ({ thread: { kind: 'issue' as const, ...thread } });

test('words of ours are said in the language of the thread, a maintainer’s own as they are', () => {
  assert.deepEqual(bodies([say]), ['<!-- github-bot:say-abc -->\nHello']);
  assert.deepEqual(bodies([say], issue({ title: '打不开' })), ['<!-- github-bot:say-abc -->\n你好']);
  assert.deepEqual(bodies([{ ...say, text: 'Hm' }], issue({ title: '打不开' })), ['<!-- github-bot:say-abc -->\nHm']);
});

test('nobody talks to a bot, on an ignored thread or in preview', () => {
  const author = { id: 9, login: 'dependabot[bot]', bot: true, us: false };
  assert.deepEqual(planned([say], issue({ author })), []);
  assert.deepEqual(planned([say], issue({ labels: ['github-bot/ignore'] })), []);
  assert.deepEqual(planned([say], {}, 'preview'), []);
  assert.equal(planned([say], {}, 'warn').length, 1);
});

test('a closed thread gets only what is meant for closed ones too', () => {
  const people = { kind: 'assign', login: 'lin', on: true } as const;
  const closed = issue({ state: 'closed' });
  assert.deepEqual(planned([say, label, people], closed), []);
  const terms = { evenClosed: true } as const;
  const plan = planned(
    [
      { ...say, ...terms },
      { ...label, ...terms },
      { ...people, ...terms },
    ],
    closed,
  );
  assert.deepEqual(plan.map(({ kind }) => kind).sort(), ['assign', 'label', 'say']);
});

test('what a person did is put back only where rules are enforced and sound', () => {
  const back = { ...label, reverts: true } as const;
  const problem = { layer: 'repository', file: 'f', line: 1, column: 1, message: text } as const;
  assert.equal(planned([back]).length, 1);
  assert.deepEqual(planned([back], {}, 'warn'), []);
  assert.deepEqual(planned([back], {}, 'enforce', { broken: [problem] }), []);
});

test('people are brought in before anything is said', () => {
  const assign = { kind: 'assign', login: 'lin', on: true } as const;
  assert.deepEqual(
    planned([say, assign, label]).map(({ kind }) => kind),
    ['assign', 'label', 'say'],
  );
});
