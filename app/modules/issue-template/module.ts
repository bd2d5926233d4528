import { z } from 'zod';
import type { FactName, Seen } from '../../facts/fact.ts';
import { isAmong } from '../../facts/who.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { duration, span } from '../duration.ts';
import { defineModule } from '../module.ts';
import type { Decision } from '../module.ts';
import { isLabelOurs } from '../../facts/label-history.ts';
import { isClosedByUs, isOpenedAgain, toldAt } from './history.ts';
import { missingIn } from './missing.ts';
import type { Missing } from './missing.ts';
import { because, complete, exempt, fix, nothingAsked } from './words.ts';

const part = z.string().min(1).max(200);

const options = z.object({
  headings: z
    .array(part)
    .max(50)
    .default([])
    .describe('Each must be a heading with visible text under it')
    .meta({ zh: '每一项都必须是标题，且标题下有可见的文字' }),
  checkboxes: z
    .array(part)
    .max(50)
    .default([])
    .describe('Each must be a line of a task list, ticked')
    .meta({ zh: '每一项都必须是任务列表里的一行，且已勾选' }),
  marker: z
    .string()
    .max(500)
    .default('')
    .describe('When not empty, the text must contain it, for instance `<!-- created-by: form -->`')
    .meta({ zh: '不为空时，正文必须包含这段文字，例如 `<!-- created-by: form -->`' }),
  forms: z
    .boolean()
    .default(true)
    .describe('Also check the required fields of the issue form of this repository the issue came from')
    .meta({ zh: '同时检查本仓库 issue 表单里的必填项（仅限由该表单创建的 issue）' }),
  label: z
    .string()
    .min(1)
    .max(50)
    .default('invalid')
    .describe('The label an issue carries while something is missing')
    .meta({ zh: '内容不全期间带的标签' }),
  grace: duration()
    .default('7d')
    .describe(
      'How long to wait before the issue is closed as not planned: `30m`, `12h`, `7d`, `0` (at once) or `never`',
    )
    .meta({ zh: '多久之后按 not planned 关闭：`30m`、`12h`、`7d`、`0`（立即）或 `never`（不关闭）' }),
  exempt: z
    .array(z.string().min(1).max(100))
    .max(100)
    .meta({ who: true })
    .default(['write'])
    .describe('Whose issues are not checked: rights, teams or logins')
    .meta({ zh: '谁的 issue 不检查：权限、团队或用户名' }),
});

type Options = z.output<typeof options>;
type Known = Seen<'happened' | 'comments'>;

function takenOff(given: Options, facts: Known): PolicyWant[] {
  return isLabelOurs(given.label, facts) ? [{ kind: 'label', name: given.label, on: false }] : [];
}

function whole(missing: readonly Missing[] | null, given: Options, facts: Known): Decision {
  const reopened: PolicyWant[] = isClosedByUs(given.label, facts) ? [{ kind: 'state', open: true }] : [];
  return {
    verdict: 'pass',
    because: missing ? complete : nothingAsked,
    wants: [...takenOff(given, facts), ...reopened],
  };
}

const put = (name: string): PolicyWant => ({
  kind: 'label',
  name,
  on: true,
  color: 'e4e669',
  description: 'Parts that are asked for are still missing',
});

function lacking(missing: readonly Missing[], given: Options, facts: Known): Decision {
  const said = { verdict: 'fail', because: because(missing) } as const;
  if (facts.thread.state !== 'open') {
    return { ...said, ...(isClosedByUs(given.label, facts) && { fix: fix(missing, 'closed') }), wants: [] };
  }
  const label = put(given.label);
  // Whoever opened it again overruled us for good: an edit that leaves parts out does not close it once more.
  if (given.grace === 'never' || isOpenedAgain(facts)) return { ...said, fix: fix(missing, 'open'), wants: [label] };
  const now = Date.parse(facts.now);
  // GitHub's clock may be ahead of ours.
  const end = Math.min(now, Date.parse(toldAt(given.label, facts))) + span(given.grace);
  if (now >= end) {
    const close = { kind: 'state', open: false, reason: 'not_planned' } as const;
    return { ...said, fix: fix(missing, 'closed'), wants: [label, close] };
  }
  const at = new Date(end).toISOString();
  return { ...said, fix: fix(missing, { grace: given.grace, end: at }), wants: [label, { kind: 'revisit', at }] };
}

const needs = ['standing', 'happened', 'comments', 'forms'] as const satisfies readonly FactName[];

export default defineModule({
  summary: {
    en: 'Checks that an issue has the parts its template asks for, and closes it after a while when it has not',
    'zh-CN': '检查 issue 是否包含模板要求的内容，过一段时间仍不完整则关闭，补全后重新打开',
  },
  on: 'issue',
  row: true,
  needs,
  may: ['label', 'state', 'revisit'],
  options,
  decide(facts, given) {
    if (isAmong(given.exempt, facts.standing, facts.thread.author)) {
      return { verdict: 'skip', because: exempt, wants: takenOff(given, facts) };
    }
    const { headings, checkboxes, marker } = given;
    const forms = given.forms ? facts.forms : [];
    const missing = missingIn(facts.thread.body, { headings, checkboxes, marker, forms });
    return missing && missing.length > 0 ? lacking(missing, given, facts) : whole(missing, given, facts);
  },
});
