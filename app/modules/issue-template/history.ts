import type { Seen } from '../../facts/fact.ts';
import { isLabelOn, isLabelOurs, oursSince } from '../../facts/label-history.ts';

type Past = Pick<Seen<'happened'>, 'thread' | 'happened'>;

/** When the author was first told of what is missing now. */
export function toldAt(label: string, { thread, happened, comments, now }: Seen<'happened' | 'comments'>): string {
  if (!isLabelOn(label, thread)) return now;
  // Where a person was quicker with the label, the card is what told the author.
  const card = comments.find(({ key, minimized }) => key === 'card' && !minimized);
  return oursSince(label, happened) ?? card?.createdAt ?? now;
}

/** We closed it last, with the label on: because something was missing. */
export function isClosedByUs(label: string, { thread, happened }: Past): boolean {
  const at = happened.findLastIndex(({ kind }) => kind === 'closed');
  if (thread.state !== 'closed' || !happened[at]?.actor.us) return false;
  // GitHub's times are whole seconds: the label may be listed after the closing that followed it.
  return oursSince(label, happened.slice(0, at)) !== null || isLabelOurs(label, { thread, happened });
}

/** Somebody opened it again after we closed it: we do not insist. */
export function isOpenedAgain({ happened }: Past): boolean {
  const ours = happened.findLastIndex(({ kind, actor }) => kind === 'closed' && actor.us);
  return ours >= 0 && happened.slice(ours).some(({ kind, actor }) => kind === 'reopened' && !actor.us);
}
