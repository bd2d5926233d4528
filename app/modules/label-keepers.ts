import { z } from 'zod';
import { refused } from '../commands/answers.ts';
import type { Answer, Call } from '../commands/command.ts';
import type { Seen } from '../facts/fact.ts';
import { isAmong } from '../facts/who.ts';
import { code } from '../quote.ts';
import { listed, phrase } from '../text.ts';
import type { Text } from '../text.ts';
import { matchesGlob } from './glob.ts';
import { isLabelOn } from '../facts/label-history.ts';
import type { Elsewhere } from './module.ts';

/** Entries of a `who` list by label glob. */
export type WhoByLabel = Readonly<Record<string, readonly string[]>>;

const protecting = z.object({ protect: z.record(z.string(), z.array(z.string())) });

/** Everybody whose globs match a label, once each. */
export function whoFor(label: string, lists: WhoByLabel): string[] {
  const matching = Object.entries(lists).filter(([glob]) => matchesGlob(glob, label, true));
  return [...new Set(matching.flatMap(([, who]) => who.map((entry) => entry.trim().toLowerCase())))];
}

/** The labels that `label-owner` keeps for some people: a command is no way around that. */
export const keepersIn = (elsewhere: Elsewhere | undefined): WhoByLabel =>
  protecting.safeParse(elsewhere?.('label-owner')).data?.protect ?? {};

/** Whether somebody may have a label put on or taken off for them; whose right is not known may not. */
export function mayChange(label: string, keepers: WhoByLabel, { by }: Call, { callers, thread }: Seen<'callers'>) {
  const who = whoFor(label, keepers);
  if (who.length === 0) return true;
  const standing = callers[String(by.id)] ?? { level: 'none', member: false, teams: [] };
  const isAuthor = by.id !== null && by.id === thread.author.id;
  return isAmong(isAuthor ? who : who.filter((entry) => entry !== 'author'), standing, by);
}

/** Of labels that others keep. */
export const keptByOthers = phrase<{ labels: Text }>({
  en: '{labels} can be changed only by those whom `label-owner.protect` names',
  'zh-CN': '只有 `label-owner.protect` 里列出的人可以改动 {labels}',
});

/** The answer, refused where it would change a label that others keep. */
export function unlessKept(answer: Answer, keepers: WhoByLabel, call: Call, facts: Seen<'callers'>): Answer {
  const labels = answer.wants.flatMap((want) => (want.kind === 'label' ? [want] : []));
  const changed = labels.filter(({ name, on }) => on !== isLabelOn(name, facts.thread));
  const kept = changed.filter(({ name }) => !mayChange(name, keepers, call, facts));
  if (kept.length === 0) return answer;
  const say = keptByOthers({ labels: listed(kept.map(({ name }) => code(name, 60))) });
  return refused(say);
}
