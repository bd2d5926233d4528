import { z } from 'zod';
import type { FactName } from '../../facts/fact.ts';
import { defineModule } from '../module.ts';
import { broughtIn, piecesOf } from './owners.ts';
import { defended } from './protect.ts';
import { acted, nothing } from './words.ts';

const glob = z.string().min(1).max(100).meta({ format: 'glob' });
const who = z.array(z.string().min(1).max(100)).max(50);

const options = z.object({
  owners: z
    .record(glob, who.meta({ who: true, ask: 'owners' }))
    .default({})
    .describe('Label (or glob) to people and teams: assigned to an issue, asked to review a pull request')
    .meta({ zh: '标签（或匹配式）对应的人和团队：issue 加为负责人，合并请求请其评审' }),
  protect: z
    .record(glob, who.meta({ who: true, ask: 'protectors' }))
    .default({})
    .describe('Label (or glob) to those who alone may put it on or take it off; what others change is put back')
    .meta({ ask: 'protected', zh: '标签（或匹配式）只能由这些人添加或移除，其他人的改动会被还原' }),
});

const needs = ['happened', 'pull', 'roles'] as const satisfies readonly FactName[];

export default defineModule({
  summary: {
    en: 'Brings in the people who own a label when it is put on, and keeps protected labels as their keepers set them',
    'zh-CN': '加上标签时请来负责这个标签的人，并保护指定的标签不被其他人改动',
  },
  on: 'both',
  row: false,
  needs,
  may: ['assign', 'request-review', 'label', 'say'],
  options,
  pieces: ({ owners, protect }) => [...piecesOf('owners', owners), ...piecesOf('protect', protect)],
  decide(facts, { owners, protect }) {
    const wants = [...broughtIn(owners, facts), ...defended(protect, facts)];
    return { verdict: 'pass', because: wants.length > 0 ? acted({ count: wants.length }) : nothing, wants };
  },
});
