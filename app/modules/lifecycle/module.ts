import { z } from 'zod';
import type { FactName } from '../../facts/fact.ts';
import { duration } from '../duration.ts';
import { keepersIn, unlessKept } from '../label-keepers.ts';
import { defineModule } from '../module.ts';
import { close, enter, leave, reopen, stages } from './obey.ts';
import { aged } from './timers.ts';
import { notOpen, off } from './words.ts';

const options = z.object({
  stale: duration().default('90d').describe('Quiet for so long it becomes stale').meta({ zh: '没有动静多久算 stale' }),
  rotten: duration().default('30d').describe('Stale for so long it becomes rotten').meta({ zh: 'stale 多久算 rotten' }),
  close: duration().default('30d').describe('Rotten for so long it is closed').meta({ zh: 'rotten 多久后关闭' }),
  'exempt-labels': z
    .array(z.string().min(1).max(50))
    .max(50)
    .default(['lifecycle/frozen'])
    .describe('Labels that keep a thread as it is')
    .meta({ zh: '带这些标签的保持不变' }),
  'business-days': z
    .boolean()
    .default(false)
    .describe('Whether Saturdays and Sundays (UTC) are left out of these times')
    .meta({ zh: '计时是否跳过周六、周日（UTC）' }),
  timers: z
    .boolean()
    .default(false)
    .describe('Whether time does this by itself; off, only commands do')
    .meta({ zh: '是否随时间自动进行；关闭时只响应指令' }),
});

const needs = ['callers', 'happened', 'head', 'remarks'] as const satisfies readonly FactName[];
const stage = { name: 'stage', type: 'choice', of: stages } as const;

export default defineModule({
  summary: {
    en: 'Closes and reopens by command, and lets what nobody cares for go stale, rotten and closed',
    'zh-CN': '用指令关闭和重新打开，并让无人问津的逐步变为 stale、rotten，最后关闭',
  },
  on: 'both',
  row: false,
  needs,
  may: ['label', 'state', 'revisit'],
  options,
  decide(facts, options) {
    if (facts.thread.state !== 'open') return { verdict: 'skip', because: notOpen, wants: [] };
    return options.timers ? aged(options, facts) : { verdict: 'skip', because: off, wants: [] };
  },
  commands: (_options, elsewhere) => ({
    close: {
      summary: {
        en: 'Closes it; for the author, triage, and anybody once it is stale or rotten',
        'zh-CN': '关闭；限作者和有 triage 权限的人，stale 或 rotten 之后任何人都可以',
      },
      ...{ on: 'both', who: ['anyone'], examples: ['/close', '/close not-planned', '/close duplicate #12'] },
      args: [
        { name: 'as', type: 'choice', of: ['not-planned', 'completed', 'duplicate'], optional: true },
        // What it repeats: GitHub links the two because the comment names it.
        { name: 'issue', type: 'number', optional: true },
      ],
      evenClosed: true,
      run: (facts, call) => close(call, facts),
    },
    reopen: {
      summary: { en: 'Opens it again', 'zh-CN': '重新打开' },
      ...{ on: 'both', args: [], who: ['author', 'collaborator'], examples: ['/reopen'], evenClosed: true },
      run: (facts, call) => reopen(call, facts),
    },
    lifecycle: {
      summary: { en: 'Puts it into a stage, and out of every other', 'zh-CN': '设为某个阶段，并移出其他阶段' },
      ...{ on: 'both', who: ['anyone'], examples: ['/lifecycle stale'], evenClosed: true },
      args: [stage],
      run: (facts, call) => unlessKept(enter(call, facts), keepersIn(elsewhere), call, facts),
    },
    'remove-lifecycle': {
      summary: { en: 'Takes it out of a stage', 'zh-CN': '移出某个阶段' },
      ...{ on: 'both', who: ['anyone'], examples: ['/remove-lifecycle stale'], evenClosed: true },
      args: [stage],
      run: (facts, call) => unlessKept(leave(call, facts), keepersIn(elsewhere), call, facts),
    },
  }),
});
