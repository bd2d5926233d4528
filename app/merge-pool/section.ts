import type { Commands } from '../commands/command.ts';
import type { FactName } from '../facts/fact.ts';
import { code } from '../quote.ts';
import { listed } from '../text.ts';
import type { Text } from '../text.ts';
import { mergeCommands } from './command.ts';
import { freezeFault } from './freeze.ts';
import { isBadTemplate, templateValues } from './message.ts';
import { mergeOptions, needsNobody } from './options.ts';
import type { MergeOptions } from './options.ts';
import * as words from './words.ts';

interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: Text;
}

/** Faults that a schema cannot see: times, zones and templates. */
function faults({ freeze, message }: MergeOptions): Fault[] {
  const times = freeze.flatMap(({ cron, zone }, at): Fault[] => {
    const fault = freezeFault({ cron, zone });
    if (fault === null) return [];
    const said =
      fault === 'cron'
        ? words.badCron({ text: code(cron), example: code('0 18 * * 5') })
        : words.badZone({ text: code(zone), example: code('Asia/Shanghai') });
    return [{ path: ['freeze', at, fault], message: said }];
  });
  const templates = (['title', 'body'] as const).filter((part) => isBadTemplate(message[part]));
  const values = listed(templateValues.map((name) => code(`{{${name}}}`)));
  return [...times, ...templates.map((part) => ({ path: ['message', part], message: words.badTemplate({ values }) }))];
}

/** What is wrong with the section as a whole, and holds merges alone. */
function hold(options: MergeOptions): Text | null {
  if (!needsNobody(options)) return null;
  const fixes = ['require: {approvals: 1}', 'require: {labels: [lgtm]}', 'ask: command'];
  return words.needsNobody({ key: code('merge'), fixes: listed(fixes.map((fix) => code(fix))) });
}

/** The section `merge` of the rules: like a module's, but it lets things happen, which no module can. */
export const mergeUnit = {
  summary: {
    en: 'Merges pull requests once everything the rules ask for is true',
    'zh-CN': '规则要求的条件全部满足后合并合并请求',
  },
  on: 'pull',
  row: true,
  needs: [
    ...['asks', 'behind', 'blockers', 'checks', 'contexts', 'head'],
    ...['leftover', 'mergeability', 'required', 'reviews'],
  ] as readonly FactName[],
  options: mergeOptions,
  faults,
  hold,
  commands: () => mergeCommands as Commands,
  aliases: { queue: 'merge', dequeue: 'merge cancel' },
} as const;
