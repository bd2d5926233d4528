import { opened } from '../../commands/who-may.ts';
import type { Actor, Facts } from '../../facts/fact.ts';
import type { Text } from '../../text.ts';
import { mayApprove } from './open-files.ts';
import * as words from './words.ts';

/** Why somebody's `/approve` would count for nothing; null: it counts. */
export function objection(
  by: Actor,
  facts: Pick<Facts, 'callers' | 'opinions' | 'owners' | 'thread'>,
  { self }: { readonly self: boolean },
): Text | null {
  if (by.id === facts.thread.author.id) return self ? null : words.ownPull;
  if (facts.opinions.writers?.some(({ id }) => id === by.id)) return words.ownCommits;
  const level = facts.callers[String(by.id)]?.level ?? 'none';
  const { files = [], teams = {} } = facts.owners ?? {};
  const isOwner = files.some((file) => mayApprove(file, { by, level }, new Set(opened(file.approvers, teams))));
  return isOwner ? null : words.ownsNothing;
}
