import { z } from 'zod';
import { mergeWords, namedMethod } from '../../commands/merge-words.ts';
import type { FactName, Seen } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import type { Text } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { isLabelTheirs } from '../../facts/label-history.ts';
import { defineModule } from '../module.ts';
import type { Decision, Elsewhere } from '../module.ts';
import { typeName, usualTypes, withoutBranch } from '../title-grammar.ts';
import { flawsIn } from './flaws.ts';
import type { CommitRule } from './flaws.ts';
import * as words from './words.ts';

const allowed = z.enum(['allow', 'forbid']);

const options = z.object({
  types: z
    .array(z.string().regex(typeName))
    .max(100)
    .default([])
    .describe('Types a message may start with, letter for letter; empty: those of `pr-title`')
    .meta({ zh: '提交说明可用的类型，须逐字一致；留空则与 `pr-title` 相同' }),
  'max-subject': z
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .describe('Most characters the first line may have')
    .meta({ zh: '首行最多的字符数' }),
  squash: z
    .union([z.literal('auto'), z.boolean()])
    .default('auto')
    .describe('Whether only the title counts; `auto`: where pull requests are merged by squash')
    .meta({ zh: '是否只看标题；`auto` 表示以 squash 方式合并时只看标题' }),
  'sign-off': z
    .boolean()
    .default(false)
    .describe('Whether each message needs a line `Signed-off-by: Name <mail>`')
    .meta({ zh: '每个提交是否都要有 `Signed-off-by: Name <mail>` 一行' }),
  'closing-keywords': allowed
    .default('allow')
    .describe('Whether messages may close issues: `fixes #12`')
    .meta({ zh: '提交说明里能否写关闭 issue 的关键词，如 `fixes #12`' }),
  fixups: allowed
    .default('forbid')
    .describe('Whether subjects may start with `fixup!`, `squash!` or `amend!`')
    .meta({ zh: '首行能否以 `fixup!`、`squash!`、`amend!` 开头' }),
  'merge-commits': allowed
    .default('allow')
    .describe('Whether commits may have more than one parent')
    .meta({ zh: '能否含有合并提交（有多个父提交）' }),
  label: z
    .string()
    .min(1)
    .max(50)
    .default('invalid-commit-message')
    .describe('The label a pull request carries while a commit needs a change')
    .meta({ zh: '有提交需要修改期间带的标签' }),
});

type Options = z.output<typeof options>;

const needs = ['asks', 'commits', 'happened', 'pull', 'repo'] as const satisfies readonly FactName[];
type Known = Seen<(typeof needs)[number]>;

const withTypes = z.object({ types: z.array(z.string()) });
const withMethod = z.object({ method: z.string() });

/** What is said by command beats a label, that the merge section, and that what the repository's settings leave. */
function isSquashed({ squash }: Options, { thread, repo, asks }: Known, elsewhere?: Elsewhere): boolean {
  if (squash !== 'auto') return squash;
  const named = namedMethod(mergeWords(asks).since);
  if (named) return named === 'squash';
  const asked = thread.labels.flatMap((name) => /^merge-method\/(merge|squash|rebase)$/i.exec(name)?.[1] ?? []);
  if (asked.length === 1) return asked[0]?.toLowerCase() === 'squash';
  const section = withMethod.safeParse(elsewhere?.('merge')).data;
  return section ? section.method === 'squash' : repo.methods.length > 0 && repo.methods.every((m) => m === 'squash');
}

function ruleFrom(given: Options, elsewhere?: Elsewhere): CommitRule {
  const ofTitles = withTypes.safeParse(elsewhere?.('pr-title')).data?.types ?? usualTypes;
  const types = given.types.length > 0 ? given.types : ofTitles;
  return {
    subject: { types, scopes: [], requireScope: false, maxLength: given['max-subject'] },
    signOff: given['sign-off'],
    closingKeywords: given['closing-keywords'] === 'allow',
    fixups: given.fixups === 'allow',
    mergeCommits: given['merge-commits'] === 'allow',
  };
}

function good(because: Text, { label }: Options, facts: Known): Decision {
  return {
    verdict: 'pass',
    because,
    wants: isLabelTheirs(label, facts) ? [] : [{ kind: 'label', name: label, on: false }],
  };
}

function bad(because: Text, fix: Text, { label }: Options): Decision {
  const description = 'A commit message is not in the format of this repository';
  const want: PolicyWant = { kind: 'label', name: label, on: true, color: 'e99695', description };
  return { verdict: 'fail', because, fix, wants: [want] };
}

/** GitHub lists no more of one pull request. */
const mostListed = 250;

function unverified({ commits, now }: Known): Decision {
  const { list, total } = commits;
  const because = words.unverified({ seen: list.length, total });
  const hints = { squash: code('squash: true'), rebase: code('git rebase -i') };
  if (total > mostListed) {
    const fix = words.tooMany({ most: list.length, total, ...hints });
    return { verdict: 'wait', because, fix, who: 'author', wants: [] };
  }
  // GitHub has not caught up with the last push yet.
  const at = new Date(Date.parse(now) + 60_000).toISOString();
  return { verdict: 'wait', because, wants: [{ kind: 'revisit', at }] };
}

export default defineModule({
  summary: {
    en: 'Checks the messages of the commits of a pull request, or only its title where commits are squashed',
    'zh-CN': '检查合并请求里每个提交的说明；以 squash 方式合并时只看标题',
  },
  on: 'pull',
  row: true,
  needs,
  may: ['label', 'revisit'],
  options,
  decide(facts, given, elsewhere) {
    const rule = ruleFrom(given, elsewhere);
    if (isSquashed(given, facts, elsewhere)) {
      const title = withoutBranch(facts.thread.title, facts.pull?.base);
      const flaws = flawsIn({ message: title, headline: title, parents: 1 }, { ...rule, signOff: false });
      if (flaws.length === 0) return good(words.titleGood, given, facts);
      return bad(words.titleBad({ what: words.what(flaws, rule) }), words.titleFix(title, flaws, rule), given);
    }
    const { list, total, complete } = facts.commits;
    if (!complete) return unverified(facts);
    const found = list
      .map((commit) => ({ commit, flaws: flawsIn(commit, rule) }))
      .filter((one) => one.flaws.length > 0);
    if (found.length > 0) return bad(words.someBad({ bad: found.length, total }), words.fix(found, rule), given);
    return good(total > 0 ? words.allGood({ count: total }) : words.noCommits, given, facts);
  },
});
