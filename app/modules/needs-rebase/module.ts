import { z } from 'zod';
import type { FactName } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import { phrase } from '../../text.ts';
import type { Quoted } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { defineModule } from '../module.ts';

const clean = phrase({ en: 'it merges without conflicts', 'zh-CN': '没有冲突' })();
const unknown = phrase({ en: 'GitHub still works out whether it conflicts', 'zh-CN': 'GitHub 还在计算有没有冲突' })();
const conflicts = phrase<{ base: Quoted }>({ en: 'it conflicts with {base}', 'zh-CN': '与 {base} 有冲突' });
const closed = phrase({ en: 'it is not open any more', 'zh-CN': '已经关闭' })();
const fix = phrase<{ base: Quoted }>({
  en: 'Files here were changed on {base} too. Rebase onto {base}, or merge it into your branch, and push.',
  'zh-CN': '{base} 也改动了相同的地方。请变基到 {base}，或把它合并到你的分支，再推送。',
});

/** What GitHub works out in the background is usually there after this long. */
const soon = 20_000;
const needs = ['mergeability', 'pull'] as const satisfies readonly FactName[];

const label = (on: boolean): PolicyWant => ({
  ...{ kind: 'label', name: 'needs-rebase', on, color: 'e11d21' },
  description: 'Conflicts with its base 与目标分支有冲突',
});

export default defineModule({
  summary: {
    en: 'Waits while a pull request conflicts with its base, and says how to mend it',
    'zh-CN': '合并请求与目标分支有冲突时等待，并说明怎样解决',
  },
  on: 'pull',
  row: true,
  needs,
  may: ['label', 'revisit'],
  options: z.object({}),
  decide({ mergeability: { mergeable }, pull, thread, now }) {
    if (thread.state !== 'open') return { verdict: 'skip', because: closed, wants: [] };
    if (mergeable === true) return { verdict: 'pass', because: clean, wants: [label(false)] };
    if (mergeable === null) {
      const at = new Date(Date.parse(now) + soon).toISOString();
      return { verdict: 'wait', because: unknown, wants: [{ kind: 'revisit', at }] };
    }
    const base = code(pull?.base ?? '');
    return { verdict: 'wait', who: 'author', because: conflicts({ base }), fix: fix({ base }), wants: [label(true)] };
  },
});
