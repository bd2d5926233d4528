import { z } from 'zod';
import { done, refused } from '../../commands/answers.ts';
import { code } from '../../quote.ts';
import { listed } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { defineModule } from '../module.ts';
import { chosen } from './choice.ts';
import * as words from './words.ts';

const options = z.object({
  count: z.int().min(0).max(10).default(2).describe('How many people are asked').meta({ zh: '请几个人评审' }),
  from: z.enum(['owners']).default('owners').describe('Whom they come from').meta({ zh: '从哪些人里选' }),
});

const once = 'reviewers:';

const request = (reviewer: string): PolicyWant => ({ kind: 'request-review', reviewer, on: true });

export default defineModule({
  summary: {
    en: 'Asks owners of the touched files for a review once the pull request is ready',
    'zh-CN': '合并请求就绪后请所涉文件的负责人评审',
  },
  on: 'pull',
  row: false,
  needs: ['changes', 'owners', 'pull'],
  may: ['request-review'],
  options,
  pieces: () => ['ask'],
  decide(facts, { count }) {
    const { thread, pull, done, since } = facts;
    const skip = { verdict: 'skip', because: words.nothingToDo, wants: [] } as const;
    const inForce = since['reviewers:ask'];
    const isOlder = inForce !== undefined && Date.parse(thread.createdAt) < Date.parse(inForce);
    // Whoever names reviewers at opening has chosen already.
    const hasNamed = /^ {0,3}\/cc\s+@?[a-z\d]/im.test(thread.body);
    const isOver = done.some((key) => key.startsWith(once));
    if (thread.state !== 'open' || pull?.draft !== false || isOlder || hasNamed || isOver) return skip;
    const people = chosen(facts, count);
    if (people.length === 0) return skip;
    const because = words.asked({ people: listed(people.map((login) => code(login))) });
    return { verdict: 'pass', because, wants: people.map((login) => ({ ...request(login), once: once + login })) };
  },
  commands: ({ count }) => ({
    'auto-cc': {
      summary: { en: 'Asks owners of the touched files for a review now', 'zh-CN': '现在就请所涉文件的负责人评审' },
      ...{ on: 'pull', args: [], who: ['anyone'], examples: ['/auto-cc'] },
      run(facts, call) {
        const people = chosen(facts, count);
        const { people: some = [], teams = [] } = facts.pull?.reviewers ?? {};
        const isOver = call.again === true && some.length + teams.length > 0;
        return people.length > 0 || isOver ? done(...people.map(request)) : refused(words.nobodyLeft);
      },
    },
  }),
});
