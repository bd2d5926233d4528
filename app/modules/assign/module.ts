import { z } from 'zod';
import type { FactName } from '../../facts/fact.ts';
import { defineModule } from '../module.ts';
import { assign, cc, unassign, uncc } from './obey.ts';
import { acts } from './words.ts';

const needs = ['eligible'] as const satisfies readonly FactName[];

const args = [{ name: 'people', type: 'people', many: true, optional: true }] as const;
const who = ['anyone'] as const;

export default defineModule({
  summary: {
    en: 'Lets people assign themselves and others, and ask for reviews, with `/assign` and `/cc`',
    'zh-CN': '让大家用 `/assign` 和 `/cc` 指派自己或他人、请人评审',
  },
  on: 'both',
  row: false,
  needs,
  may: ['assign', 'request-review'],
  options: z.object({}),
  decide: () => ({ verdict: 'skip', because: acts, wants: [] }),
  commands: () => ({
    assign: {
      summary: { en: 'Assigns people; without names, yourself', 'zh-CN': '指派给某人；不写名字就是自己' },
      ...{ on: 'both', args, who, examples: ['/assign', '/assign @bob, @lin', '/assign me'], evenClosed: true },
      run: assign,
    },
    unassign: {
      summary: { en: 'Takes people off again; without names, yourself', 'zh-CN': '取消指派；不写名字就是自己' },
      ...{ on: 'both', args, who, examples: ['/unassign', '/unassign @bob'], evenClosed: true },
      run: unassign,
    },
    cc: {
      summary: { en: 'Asks people or teams for a review', 'zh-CN': '请人或团队评审' },
      ...{ on: 'pull', args, who, examples: ['/cc @bob', '/cc @acme/reviewers', '/cc'] },
      run: cc,
    },
    uncc: {
      summary: { en: 'Takes back the request for a review', 'zh-CN': '取消请人评审' },
      ...{ on: 'pull', args, who, examples: ['/uncc', '/uncc @bob'] },
      run: uncc,
    },
  }),
});
