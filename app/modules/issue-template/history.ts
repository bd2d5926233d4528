import type { Happening, Seen, Thread } from '../../facts/fact.ts';

type Past = Pick<Seen<'happened'>, 'thread' | 'happened'>;

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

const isOn = (label: string, { labels }: Thread) => labels.some((name) => isSame(name, label));

/** When we put the label on, unless it was taken off or put on by somebody else since. */
function oursSince(label: string, happened: readonly Happening[]): string | null {
  const isAbout = ({ kind, object }: Happening) =>
    (kind === 'labeled' || kind === 'unlabeled') && isSame(object, label);
  const last = happened.findLast(isAbout);
  return last?.kind === 'labeled' && last.actor.us ? last.at : null;
}

/** The label is on, and it was not a person who put it on. */
export function isLabelOurs(label: string, { thread, happened }: Past): boolean {
  return isOn(label, thread) && oursSince(label, happened) !== null;
}

/** When the author was first told of what is missing now. */
export function toldAt(label: string, { thread, happened, comments, now }: Seen<'happened' | 'comments'>): string {
  if (!isOn(label, thread)) return now;
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
