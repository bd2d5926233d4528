import { z } from 'zod';
import type { Command } from '../../commands/command.ts';
import { phrase } from '../../text.ts';
import { defineModule } from '../module.ts';

const acts = phrase({ en: 'it acts on commands only', 'zh-CN': '只响应指令' })();

const why = (example: string): Command<never> => ({
  summary: {
    en: 'Tells everything that is still open here, and who can act',
    'zh-CN': '列出这里还差什么，分别由谁处理',
  },
  ...{ on: 'both', args: [], who: ['anyone'], examples: [example], evenClosed: true },
  run: () => ({ outcome: 'done', tell: 'why', wants: [] }),
});

export default defineModule({
  summary: {
    en: 'Answers `/why` and `/status` with everything a pull request still waits for',
    'zh-CN': '回复 `/why` 和 `/status`，列出合并请求还在等什么',
  },
  on: 'both',
  row: false,
  needs: [],
  may: [],
  options: z.object({}),
  decide: () => ({ verdict: 'skip', because: acts, wants: [] }),
  commands: () => ({ why: why('/why'), status: why('/status') }),
});
