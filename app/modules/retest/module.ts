import { z } from 'zod';
import type { Command } from '../../commands/command.ts';
import type { FactName } from '../../facts/fact.ts';
import { code, mention } from '../../quote.ts';
import type { Text } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { defineModule } from '../module.ts';
import type { Decision } from '../module.ts';
import { allow, retest, retestRequired, test } from './obey.ts';
import { isTrusted, trustOf } from './trust.ts';
import type { Trust } from './trust.ts';
import * as words from './words.ts';

const options = z.object({
  who: z
    .array(z.string().min(1).max(100))
    .max(50)
    .default(['triage', 'member'])
    .describe('Who is trusted: their pull requests are tested, and they may say `/ok-to-test` to others')
    .meta({ who: true, ask: 'trusted', zh: '信任谁：他们的合并请求可以测试，也可以对别人的回复 `/ok-to-test`' }),
});

const needs = ['asks', 'head', 'pull', 'runs', 'trust'] as const satisfies readonly FactName[];
type Needs = (typeof needs)[number];

const label = (name: string, on: boolean, color: string, description: string): PolicyWant => {
  return { kind: 'label', name, on, color, description };
};

function because(trust: Trust): Text {
  if (trust.kind === 'said')
    return words.bySaying({ who: mention(trust.by.login), head: code(trust.head.slice(0, 12)) });
  return { author: words.byAuthor, none: words.byNobody, unknown: words.notKnown }[trust.kind];
}

/** Checks that the rules of merging name, besides those of the base. */
function namedIn(merge: unknown): readonly string[] {
  const found = z.object({ require: z.object({ checks: z.array(z.string()) }) }).safeParse(merge);
  return found.success ? found.data.require.checks : [];
}

type Said = Pick<Command<Needs>, 'summary' | 'args' | 'examples' | 'run'>;

/** A command of those who are trusted, and of everybody where the pull request is. */
const forTesters = (who: readonly string[], said: Said): Command<Needs> => ({
  ...said,
  ...{ on: 'pull', who },
  orElse: { who: words.everybodyOnceTrusted, holds: (facts) => isTrusted(trustOf(facts, who)) },
});

export default defineModule({
  summary: {
    en: 'Runs checks again by command, and asks `/ok-to-test` for the pull requests of strangers',
    'zh-CN': '用指令重新运行检查；陌生人的合并请求需要先回复 `/ok-to-test`',
  },
  on: 'pull',
  row: false,
  needs,
  may: ['label', 'retest', 'approve-run'],
  options,
  decide(facts, { who }): Decision {
    const skip = { verdict: 'skip', because: words.nothingToTest, wants: [] } as const;
    if (!facts.pull || facts.thread.state !== 'open') return skip;
    const trust = trustOf(facts, who);
    if (trust.kind === 'unknown') return { ...skip, because: because(trust) };
    const wants = [
      label('needs-ok-to-test', trust.kind === 'none', 'b60205', 'Waits for /ok-to-test 等待允许测试'),
      label('ok-to-test', trust.kind === 'said', '15dd18', 'This head may be tested 当前版本可以测试'),
    ];
    return { verdict: 'skip', because: because(trust), wants };
  },
  commands: ({ who }, elsewhere) => ({
    retest: forTesters(who, {
      summary: { en: 'Runs again what has failed on the head', 'zh-CN': '重新运行当前版本上失败的检查' },
      ...{ args: [], examples: ['/retest'] },
      run: (facts, call) => retest(call, who, facts),
    }),
    'retest-required': forTesters(who, {
      summary: { en: 'Runs again the required checks that have failed', 'zh-CN': '重新运行失败的必需检查' },
      ...{ args: [], examples: ['/retest-required'] },
      run: (facts, call) => retestRequired(call, who, namedIn(elsewhere?.('merge')), facts),
    }),
    test: forTesters(who, {
      summary: {
        en: 'Runs checks again by name, or `all`, whatever came of them; `?` lists them',
        'zh-CN': '按名称重新运行检查，`all` 为全部，不论结果如何；`?` 列出名称',
      },
      args: [{ name: 'what', type: 'text', many: true, optional: true }],
      examples: ['/test all', '/test build', '/test ?', '/test'],
      run: (facts, call) => test(call, who, facts),
    }),
    'ok-to-test': {
      summary: {
        en: 'Lets the head of a stranger be tested, of a fork with its SHA: `/ok-to-test 1a2b3c4d5e6f`; `cancel` takes it back',
        'zh-CN': '允许测试陌生人的当前版本，来自 fork 时要写 SHA：`/ok-to-test 1a2b3c4d5e6f`；`cancel` 撤回',
      },
      on: 'pull',
      args: [
        { name: 'what', type: 'choice', of: ['cancel'], optional: true },
        { name: 'sha', type: 'sha', optional: true },
      ],
      who,
      examples: ['/ok-to-test', '/ok-to-test cancel'],
      binds: ({ what }) => what !== 'cancel',
      holdsBack: ({ what }) => what === 'cancel',
      keeps: true,
      run: (facts, call) => allow(call, who, facts),
    },
  }),
});
