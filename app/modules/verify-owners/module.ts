import { z } from 'zod';
import type { OwnersEdit } from '../../facts/command-facts.ts';
import type { FactName, Seen } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import { joined } from '../../text.ts';
import type { Text } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { defineModule } from '../module.ts';
import * as words from './words.ts';

const label = z.string().min(1).max(50);

const options = z.object({
  label: label
    .default('do-not-merge/invalid-owners-file')
    .describe('Label that is on while an owners file is not in order')
    .meta({ zh: '负责人文件有问题时的标签' }),
  'denied-labels': z
    .array(label)
    .max(50)
    .default(['lgtm', 'approved'])
    .describe('Labels that no owners file may name')
    .meta({ zh: '负责人文件里不能写的标签' }),
});
type Options = z.output<typeof options>;

const needs = ['changes', 'ownership', 'pull'] as const satisfies readonly FactName[];
type Known = Seen<(typeof needs)[number]>;

const mostShown = 10;
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function faultsOf(edit: OwnersEdit, { 'denied-labels': denied }: Options, { ownership }: Known): Text[] {
  const file = code(edit.path);
  const bad = edit.labels.filter((name) => denied.some((one) => same(one, name)));
  const strangers = edit.added.filter((name) => ownership.trusted[name] === false);
  return [
    ...edit.faults.map(({ line, message }) => words.fault({ place: code(`${edit.path}:${line}`), message })),
    ...bad.map((name) => words.denied({ file, label: code(name, 60) })),
    ...(edit.path === 'OWNERS' && edit.empty && edit.faults.length === 0 ? [words.nobody({ file })] : []),
    ...strangers.map((name) => (name.startsWith('@') ? words.noTeam : words.stranger)({ file, name: code(name, 100) })),
  ];
}

export default defineModule({
  summary: {
    en: 'Checks owners files that a pull request changes: their form, and whom they name',
    'zh-CN': '检查合并请求改动的负责人文件：格式，以及其中写的人',
  },
  on: 'pull',
  row: true,
  needs,
  may: ['label'],
  options,
  decide(facts, given) {
    const { thread, ownership } = facts;
    if (thread.state !== 'open') return { verdict: 'skip', because: words.closed, wants: [] };
    const marked = (on: boolean): PolicyWant => ({
      ...({ kind: 'label', name: given.label, on, color: 'e11d21' } as const),
      description: 'An owners file is not in order 负责人文件有问题',
    });
    const faults = ownership.edits.flatMap((edit) => faultsOf(edit, given, facts));
    const [first] = faults;
    if (first) {
      const rest = faults.length > mostShown ? [words.more({ count: faults.length - mostShown })] : [];
      const fix = joined([...faults.slice(0, mostShown).map((text) => words.item({ text })), ...rest]);
      return { verdict: 'fail', because: words.wrong({ count: faults.length, first }), fix, wants: [marked(true)] };
    }
    const isUnsure = !ownership.complete || Object.values(ownership.trusted).includes(null);
    if (isUnsure) return { verdict: 'wait', who: 'maintainer', because: words.unsure, wants: [] };
    if (ownership.edits.length === 0) return { verdict: 'skip', because: words.untouched, wants: [marked(false)] };
    return { verdict: 'pass', because: words.fine, wants: [marked(false)] };
  },
  commands: () => ({
    'verify-owners': {
      summary: { en: 'Looks at the owners files again', 'zh-CN': '重新检查负责人文件' },
      ...{ on: 'pull', args: [], who: ['anyone'], examples: ['/verify-owners'] },
      // Whoever is heard is looked at anew in any case.
      run: () => ({ outcome: 'done', wants: [] }),
    },
  }),
});
