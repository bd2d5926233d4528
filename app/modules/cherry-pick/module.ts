import { z } from 'zod';
import { refused } from '../../commands/answers.ts';
import type { Answer, Call, CommandFact } from '../../commands/command.ts';
import type { FactName, Seen } from '../../facts/fact.ts';
import { byTarget, pending, requestsOf } from '../../facts/pick-requests.ts';
import type { PickRequest } from '../../facts/pick-requests.ts';
import type { Text } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { defineModule } from '../module.ts';
import type { Decision } from '../module.ts';
import { standingOf } from './targets.ts';
import type { Known } from './targets.ts';
import * as words from './words.ts';

const options = z.object({
  who: z
    .array(z.string().min(1).max(100))
    .max(50)
    .default(['member'])
    .describe('Who may ask for picks; it is looked at again when they are made')
    .meta({ who: true, ask: 'callers', zh: '谁可以要求拣选；真正拣选时会再查一次' }),
  'label-prefix': z
    .string()
    .min(1)
    .max(40)
    .default('cherrypick/')
    .describe('A label with this in front of a branch asks for it, too')
    .meta({ ask: 'pick-label', zh: '以此开头、后面是分支名的标签，同样表示要求拣选' }),
});

const needs = ['asks', 'comments', 'happened', 'picks', 'pull'] as const satisfies readonly FactName[];

const commentKey = 'cherry-pick';
const skip = (because: Text, wants: readonly PolicyWant[] = []): Decision => ({ verdict: 'skip', because, wants });
const comment = (body: Text | null): PolicyWant => ({ kind: 'comment', key: commentKey, body, evenClosed: true });

/** A command is answered by the comment that tells of the result later; a label alone is not. */
function beforeMerge(requests: readonly PickRequest[], { asks, comments }: Known): Decision {
  const isThere = comments.some(({ key }) => key === commentKey);
  const targets = byTarget(requests);
  if (targets.size === 0) return skip(words.nothing, isThere ? [comment(null)] : []);
  const isSaid = isThere || asks.some(({ module, withdrawn }) => module === 'cherry-pick' && !withdrawn);
  const lines = [...targets.keys()].map((branch) => ({ branch, what: words.afterMerge }));
  const branches = words.codes([...targets.keys()]);
  return skip(words.waiting({ branches }), isSaid ? [comment(words.status(lines))] : []);
}

function afterMerge(requests: readonly PickRequest[], who: readonly string[], facts: Known): Decision {
  const { picks, now, done } = facts;
  const left = pending(requests, done);
  if (left.length === 0) return skip(requests.length > 0 ? words.settled : words.nothing);
  const known = picks.targets.filter(({ state }) => state !== 'there');
  // What was only just asked for is looked into once it is sure that it may be asked for.
  if (!left.every((name) => known.some(({ branch }) => branch === name)))
    return skip(words.waiting({ branches: words.codes(left) }), [{ kind: 'revisit', at: now }]);
  const targets = byTarget(requests);
  const all = known.flatMap((pick) => standingOf(pick, targets.get(pick.branch) ?? [], who, facts) ?? []);
  // What is being made is read again at once, and then all of it is told together.
  const isOver = all.every(({ settled }) => settled);
  const lines = all.flatMap(({ line }) => line ?? []);
  const told = isOver && lines.length > 0 ? [comment(words.status(lines))] : [];
  const because =
    lines.length > 0 ? words.picked({ branches: words.codes(lines.map(({ branch }) => branch)) }) : words.settled;
  return { verdict: 'pass', because, wants: [...all.flatMap(({ wants }) => wants), ...told] };
}

/** Branches that are there are asked for; the others are told. */
function ask({ thread, pull, picks }: Seen<CommandFact | 'picks'>, { args }: Call): Answer {
  if (thread.state === 'closed') return refused(words.isClosed);
  const named = [...new Set([args['branches'] ?? []].flat())];
  const isMissing = (name: string) => picks.targets.some(({ branch, state }) => branch === name && state === 'missing');
  const base = named.filter((name) => name === pull?.base);
  const unknown = named.filter((name) => !base.includes(name) && isMissing(name));
  const branches = named.filter((name) => !base.includes(name) && !unknown.includes(name));
  const say = words.wrong(base, unknown);
  if (branches.length === 0) return { outcome: 'refused', ...(say && { say }), wants: [] };
  return { outcome: 'done', ...(say && { say }), wants: [], keep: { branches } };
}

export default defineModule({
  summary: {
    en: 'Picks a merged pull request to other branches with `/cherry-pick` or a label, each as a pull request of its own',
    'zh-CN': '用 `/cherry-pick` 或标签，把已合并的改动拣选到其他分支，各开一个合并请求',
  },
  on: 'pull',
  row: false,
  needs,
  may: ['comment', 'pick', 'revisit'],
  options,
  pieces: () => ['label'],
  decide(facts, given) {
    const { thread, asks, happened } = facts;
    if (thread.state === 'closed') return skip(words.isClosed);
    const requests = requestsOf(thread, asks, happened, given['label-prefix']);
    return thread.state === 'open' ? beforeMerge(requests, facts) : afterMerge(requests, given.who, facts);
  },
  commands: ({ who }) => ({
    'cherry-pick': {
      summary: {
        en: 'Picks the change to these branches, as soon as it is merged',
        'zh-CN': '把改动拣选到这些分支，合并后进行',
      },
      ...{ on: 'pull', who, examples: ['/cherry-pick release-1', '/cherrypick release-1 release-2'] },
      args: [{ name: 'branches', type: 'branch', many: true }],
      ...{ keeps: true, evenClosed: true },
      run: ask,
    },
  }),
  aliases: { cherrypick: 'cherry-pick', backport: 'cherry-pick' },
});
