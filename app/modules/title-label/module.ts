import { z } from 'zod';
import { code } from '../../quote.ts';
import { phrase } from '../../text.ts';
import type { Quoted } from '../../text.ts';
import { keptLabel } from '../kept-label.ts';
import type { KeptLabel } from '../kept-label.ts';
import { isSameLabel } from '../../facts/label-history.ts';
import { defineModule } from '../module.ts';
import { guessTitle, readTitle, typeName, withoutBranch } from '../title-grammar.ts';

const options = z.object({
  map: z
    .record(z.string().regex(typeName), z.string().min(1).max(50))
    .default({ feat: 'enhancement', fix: 'bug', docs: 'document' })
    .describe('The label for each type of title; types that are not named have none')
    .meta({ zh: '每种标题类型对应的标签；没有列出的类型不打标签' }),
});

type Labels = z.output<typeof options>['map'];

/** As GitHub colours its own labels of these names. */
const colors: Readonly<Record<string, string>> = { feat: 'a2eeef', fix: 'd73a4a', docs: '0075ca' };

const says = phrase<{ type: Quoted; label: Quoted }>({
  en: 'the type {type} goes with the label {label}',
  'zh-CN': '类型 {type} 对应标签 {label}',
});
const none = phrase({ en: 'no label belongs to this title', 'zh-CN': '这个标题没有对应的标签' })();
const closed = phrase({
  en: 'labels of closed pull requests stay as they are',
  'zh-CN': '已关闭的合并请求不再改标签',
})();

/** The type of the map that the title has: also where the title is only nearly in the form. */
function typeOf(title: string, map: Labels): string | null {
  const type = (readTitle(title) ?? guessTitle(title))?.type.toLowerCase();
  return Object.keys(map).find((name) => name.toLowerCase() === type) ?? null;
}

function put(name: string, type: string | null): KeptLabel['put'] {
  const color = colors[type ?? ''] ?? 'c5def5';
  return { kind: 'label', name, on: true, color, description: `Pull requests of the type ${type}`.slice(0, 100) };
}

export default defineModule({
  summary: {
    en: 'Puts a label on a pull request for the type its title starts with',
    'zh-CN': '按标题开头的类型给合并请求打标签',
  },
  on: 'pull',
  row: false,
  needs: ['happened', 'pull'],
  may: ['label'],
  options,
  decide(facts, { map }) {
    const { thread, pull } = facts;
    const title = withoutBranch(thread.title, pull?.base);
    if (thread.state !== 'open') return { verdict: 'skip', because: closed, wants: [] };
    const type = typeOf(title, map);
    const own = type === null ? undefined : map[type];
    const labels = [...new Map(Object.values(map).map((name) => [name.toLowerCase(), name])).values()];
    const wants = labels.flatMap((name) => {
      const wanted = own !== undefined && isSameLabel(name, own);
      return keptLabel({ by: 'title-label', put: put(name, type), wanted, input: type ?? '' }, facts);
    });
    if (type === null || own === undefined) return { verdict: 'skip', because: none, wants };
    return { verdict: 'pass', because: says({ type: code(type, 50), label: code(own) }), wants };
  },
});
