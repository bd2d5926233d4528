import { done, refused } from '../../commands/answers.ts';
import type { Answer, Call } from '../../commands/command.ts';
import { levels } from '../../facts/fact.ts';
import type { Seen } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { isLabelOn } from '../../facts/label-history.ts';
import * as words from './words.ts';

export const stages = ['active', 'frozen', 'stale', 'rotten'] as const;
export type Stage = (typeof stages)[number];

export const labelOf = (stage: Stage) => `lifecycle/${stage}`;

const looks: Readonly<Record<Stage, { readonly color: string; readonly description: string }>> = {
  active: { color: '8fc951', description: 'Somebody works on it 有人在处理' },
  frozen: { color: 'd3e2f0', description: 'Never goes stale 不会过期' },
  stale: { color: '795548', description: 'Quiet for long 很久没有动静' },
  rotten: { color: '604460', description: 'Quiet for very long 很久很久没有动静' },
};

/** Exactly one stage, or none, is on. */
export const only = (stage: Stage | null): PolicyWant[] =>
  stages.map((one) => ({ kind: 'label', name: labelOf(one), on: one === stage, ...looks[one], evenClosed: true }));

/** Whether what is asked for was done already by us, and we were stopped before we could say so. */
const isDone = (kind: 'closed' | 'reopened', { at }: Call, { happened }: Seen<'happened'>) =>
  happened.some((one) => one.kind === kind && one.actor.us && Date.parse(one.at) >= Date.parse(at));

const reasons: Readonly<Record<string, 'not_planned' | 'duplicate'>> = {
  'not-planned': 'not_planned',
  duplicate: 'duplicate',
};

/** Who closes, and as what: anybody may once nobody has cared for long. */
export function close(call: Call, facts: Seen<'callers' | 'happened'>): Answer {
  const { thread, callers } = facts;
  if (thread.state !== 'open') return isDone('closed', call, facts) ? done() : refused(words.closedBefore);
  const isAuthor = call.by.id !== null && call.by.id === thread.author.id;
  const level = callers[String(call.by.id)]?.level ?? 'none';
  const isOld = isLabelOn(labelOf('stale'), thread) || isLabelOn(labelOf('rotten'), thread);
  if (!isAuthor && !isOld && levels.indexOf(level) < levels.indexOf('triage')) return refused(words.mayNotClose);
  const as = String(call.args['as'] ?? 'completed');
  if (as !== 'completed' && thread.kind === 'pull') return refused(words.forIssues({ word: code(as) }));
  if (Number(String(call.args['issue']).replace('#', '')) === thread.number) return refused(words.ofItself);
  return done({ kind: 'state', open: false, reason: reasons[as] ?? 'completed' });
}

export function reopen(call: Call, facts: Seen<'happened'>): Answer {
  const { thread } = facts;
  if (thread.state === 'open') return isDone('reopened', call, facts) ? done() : refused(words.openAlready);
  if (thread.state === 'merged') return refused(words.merged);
  return done({ kind: 'state', open: true, evenClosed: true });
}

const stageOf = ({ args }: Call) => stages.find((stage) => stage === String(args['stage']).toLowerCase());

export function enter(call: Call, { thread }: Seen<never>): Answer {
  const stage = stageOf(call);
  if (stage === 'frozen' && thread.kind === 'pull') return refused(words.pullFrozen);
  return stage ? done(...only(stage)) : done();
}

export function leave(call: Call, { thread }: Seen<never>): Answer {
  const stage = stageOf(call);
  if (!stage) return done();
  const name = labelOf(stage);
  if (!isLabelOn(name, thread)) return refused(words.notOn({ label: code(name) }));
  return done({ kind: 'label', name, on: false, evenClosed: true });
}
