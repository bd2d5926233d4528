import { z } from 'zod';
import { done, refused } from '../../commands/answers.ts';
import { levels } from '../../facts/fact.ts';
import type { FactName, Thread } from '../../facts/fact.ts';
import { mention } from '../../quote.ts';
import { listed } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { defineModule } from '../module.ts';
import { reviewers } from '../reviewers-of.ts';
import { counted, wroteIt } from './counted.ts';
import type { Lgtm } from './counted.ts';
import { fallen, given, missing, ownCommits, ownPull } from './words.ts';

const options = z.object({
  count: z.int().min(1).max(20).default(1).describe('How many people have to say it').meta({ zh: '需要几个人确认' }),
  'review-acts': z
    .boolean()
    .default(true)
    .describe('Whether an approving review counts as well')
    .meta({ zh: '批准的评审是否也算' }),
  'keep-on-same-tree': z
    .boolean()
    .default(true)
    .describe('Whether it stays when a push leaves all files as they were, or the bot itself only brings in the base')
    .meta({ zh: '推送后文件内容不变，或机器人只是合入目标分支时是否保留' }),
  label: z.string().min(1).max(50).default('lgtm').describe('Label that shows it').meta({ zh: '用来显示的标签' }),
});

// docs.github.com/rest/issues/assignees: up to 10.
const mostAssigned = 10;

/** Collaborators who say it by command take the pull request on, once: whoever takes them off again is heeded. */
function takenOn(said: readonly Lgtm[], { assignees }: Thread): PolicyWant[] {
  const isThere = ({ by }: Lgtm) => assignees.some((login) => login.toLowerCase() === by.login.toLowerCase());
  const people = said.filter((one) => one.level !== null && levels.indexOf(one.level) >= levels.indexOf('triage'));
  const missing = people.filter((one) => !isThere(one)).slice(0, Math.max(0, mostAssigned - assignees.length));
  return missing.map(({ by: { id, login } }) => ({ kind: 'assign', login, on: true, once: `lgtm:assign:${id}` }));
}

const needs = ['asks', 'changes', 'head', 'opinions', 'owners', 'pull'] as const satisfies readonly FactName[];

export default defineModule({
  summary: {
    en: 'Waits until enough reviewers have said that the pull request looks good',
    'zh-CN': '等待足够多的评审人确认合并请求没有问题',
  },
  on: 'pull',
  row: true,
  needs,
  may: ['assign', 'label'],
  options,
  decide(facts, options) {
    const { valid, fallen: gone } = counted(facts, options);
    const short = options.count - valid.length;
    const label = {
      ...({ kind: 'label', name: options.label, on: short <= 0, color: '15dd18' } as const),
      description: 'Reviewers say that it looks good 评审人确认没有问题',
    };
    const names = (some: typeof valid) => listed(some.map(({ by }) => mention(by.login)));
    const wants = [label, ...takenOn(valid, facts.thread)];
    if (short <= 0) return { verdict: 'pass', because: given({ people: names(valid) }), wants };
    const because =
      gone.length > 0
        ? fallen({ people: names(gone), missing: short })
        : missing({ count: options.count, missing: short });
    return { verdict: 'wait', who: 'reviewer', because, wants };
  },
  commands: () => ({
    lgtm: {
      summary: {
        en: 'Says that the pull request looks good, or takes every such word back',
        'zh-CN': '表示合并请求没有问题，或撤回全部确认',
      },
      on: 'pull',
      args: [
        { name: 'what', type: 'choice', of: ['cancel', 'no-issue'], optional: true },
        { name: 'sha', type: 'sha', optional: true },
      ],
      who: [...reviewers, 'author'],
      examples: ['/lgtm', '/lgtm cancel'],
      binds: ({ what }) => what !== 'cancel',
      holdsBack: ({ what }) => what === 'cancel',
      keeps: true,
      run({ thread, opinions }, { by, args }) {
        if (args['what'] !== 'cancel' && wroteIt(by, { thread, opinions }))
          return refused(by.id === thread.author.id ? ownPull : ownCommits);
        return done();
      },
    },
  }),
  aliases: { 'remove-lgtm': 'lgtm cancel' },
});
