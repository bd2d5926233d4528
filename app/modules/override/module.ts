import { z } from 'zod';
import { overridesOn } from '../../commands/overrides.ts';
import type { FactName } from '../../facts/fact.ts';
import { defineModule } from '../module.ts';
import { obey } from './obey.ts';
import { standIns } from './stand-ins.ts';
import { fallen, nothingThere, standing } from './words.ts';

const options = z.object({
  who: z
    .array(z.string().min(1).max(100))
    .max(50)
    .default(['admin'])
    .describe('Who may override')
    .meta({ who: true, ask: 'callers', zh: '谁可以放行' }),
});

const needs = ['asks', 'contexts', 'head', 'pull', 'repo', 'required', 'tip'] as const satisfies readonly FactName[];

export default defineModule({
  summary: {
    en: 'Lets a failing check count as passed for one head and base, by command and with a reason',
    'zh-CN': '用指令放行一项未通过的检查，须写明理由，只对当前提交和目标分支有效',
  },
  on: 'pull',
  row: true,
  needs,
  may: ['stand-in'],
  options,
  decide(facts) {
    const overrides = overridesOn(facts);
    const wants = standIns(overrides, facts);
    if (overrides.standing.length > 0) return { verdict: 'pass', because: standing(overrides.standing), wants };
    return { verdict: 'skip', because: overrides.fallen.length > 0 ? fallen(overrides.fallen) : nothingThere, wants };
  },
  commands: ({ who }) => ({
    override: {
      summary: {
        en: 'Makes failing checks count as passed for this head and base, for a reason; `cancel` takes it back',
        'zh-CN': '放行未通过的检查（只对当前提交和目标分支有效），须写明理由；`cancel` 取消',
      },
      on: 'pull',
      args: [
        { name: 'what', type: 'choice', of: ['cancel'], optional: true },
        { name: 'contexts', type: 'check', many: true, optional: true },
        { name: 'sha', type: 'sha', optional: true, named: true },
        { name: 'reason', type: 'text', many: true, optional: true, after: '--' },
      ],
      who,
      examples: [
        '/override ci/build -- the runner is down',
        '/override "build (ubuntu, 20)" lint -- flaky since Monday',
        '/override github-bot/pr-title -- an exception for the release',
        '/override cancel',
        '/override cancel ci/build',
      ],
      binds: ({ what }) => what !== 'cancel',
      holdsBack: ({ what }) => what === 'cancel',
      keeps: true,
      run: (facts, call, failing) => obey(call, facts, failing),
    },
  }),
  aliases: { 'override-cancel': 'override cancel' },
});
