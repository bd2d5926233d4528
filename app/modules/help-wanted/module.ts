import { z } from 'zod';
import type { Call } from '../../commands/command.ts';
import type { Seen } from '../../facts/fact.ts';
import { phrase } from '../../text.ts';
import type { Text } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { keepersIn, unlessKept } from '../label-keepers.ts';
import { defineModule } from '../module.ts';

const acts = phrase({ en: 'it acts on commands only', 'zh-CN': '只响应指令' })();
const pointer = phrase({
  en: 'this issue is marked as help wanted now. If you meant the commands: `/commands` lists them',
  'zh-CN': '这个 issue 已标记为需要帮助。如果想看指令列表，请用 `/commands`',
})();

const wanted = { name: 'help wanted', color: '008672', description: 'Extra attention is needed 需要帮助' };
const first = { name: 'good first issue', color: '7057ff', description: 'Good for newcomers 适合新手' };

const label = (look: typeof wanted, on: boolean): PolicyWant => ({ kind: 'label', ...look, on });

const shared = { on: 'issue', args: [], who: ['anyone'] } as const;

export default defineModule({
  summary: {
    en: 'Marks issues as help wanted or good for newcomers: `/help`, `/good-first-issue`',
    'zh-CN': '标记需要帮助或适合新手的 issue：`/help`、`/good-first-issue`',
  },
  on: 'issue',
  row: false,
  needs: ['callers'],
  may: ['label'],
  options: z.object({}),
  decide: () => ({ verdict: 'skip', because: acts, wants: [] }),
  commands(_options, elsewhere) {
    const keepers = keepersIn(elsewhere);
    const marks = (wants: readonly PolicyWant[], say?: Text) => (facts: Seen<'callers'>, call: Call) =>
      unlessKept({ outcome: 'done', wants, ...(say && { say }) }, keepers, call, facts);
    return {
      help: {
        summary: { en: 'Marks the issue as help wanted', 'zh-CN': '把 issue 标记为需要帮助' },
        ...{ ...shared, examples: ['/help'] },
        run: marks([label(wanted, true)], pointer),
      },
      'remove-help': {
        summary: { en: 'Takes off both marks', 'zh-CN': '移除这两种标记' },
        ...{ ...shared, examples: ['/remove-help'] },
        run: marks([label(wanted, false), label(first, false)]),
      },
      'good-first-issue': {
        summary: {
          en: 'Marks the issue as help wanted and good for newcomers',
          'zh-CN': '把 issue 标记为需要帮助且适合新手',
        },
        ...{ ...shared, examples: ['/good-first-issue'] },
        run: marks([label(wanted, true), label(first, true)]),
      },
      'remove-good-first-issue': {
        summary: { en: 'Takes off the mark for newcomers', 'zh-CN': '移除适合新手的标记' },
        ...{ ...shared, examples: ['/remove-good-first-issue'] },
        run: marks([label(first, false)]),
      },
    };
  },
});
