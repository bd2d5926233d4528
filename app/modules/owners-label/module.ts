import { z } from 'zod';
import { code } from '../../quote.ts';
import { listed, phrase } from '../../text.ts';
import type { Text } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { defineModule } from '../module.ts';

const nothing = phrase({
  en: 'the owners of the touched files ask for no label',
  'zh-CN': '所涉文件的负责人没有要求标签',
});
const put = phrase<{ labels: Text }>({ en: 'the owners ask for {labels}', 'zh-CN': '负责人要求标签 {labels}' });

export default defineModule({
  summary: {
    en: 'Puts on the labels that the OWNERS of the touched files name',
    'zh-CN': '按所涉文件的 OWNERS 打标签',
  },
  on: 'pull',
  row: false,
  needs: ['changes', 'owners', 'repo'],
  may: ['label'],
  options: z.object({}),
  decide({ owners, repo }) {
    const asked = [...new Set((owners?.files ?? []).flatMap(({ labels }) => labels))].sort();
    const known = new Set(repo.labels.names.map((name) => name.toLowerCase()));
    // Of many labels only some are known; GitHub would make a missing one without a word.
    const there = asked.filter((name) => known.has(name.toLowerCase()));
    const wants = there.map((name): PolicyWant & { once: string } => ({
      ...{ kind: 'label', name, on: true, once: `owners-label:${name.toLowerCase()}` },
    }));
    const because = there.length > 0 ? put({ labels: listed(there.map((name) => code(name))) }) : nothing();
    return { verdict: there.length > 0 ? 'pass' : 'skip', because, wants };
  },
});
