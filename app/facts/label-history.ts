import type { Happening, Thread } from './fact.ts';

interface Past {
  readonly thread: Thread;
  readonly happened: readonly Happening[];
}

export const isSameLabel = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

export const isLabelOn = (label: string, { labels }: Thread) => labels.some((name) => isSameLabel(name, label));

const isAbout = (label: string, { kind, object }: Happening) =>
  (kind === 'labeled' || kind === 'unlabeled') && isSameLabel(object, label);

function lastAbout(label: string, happened: readonly Happening[]): Happening | undefined {
  return happened.findLast((event) => isAbout(label, event));
}

/** How the label went on and off, oldest first. */
export function historyOf(label: string, happened: readonly Happening[]): readonly Happening[] {
  return happened.filter((event) => isAbout(label, event));
}

/** When we put the label on, unless it was taken off or put on by somebody else since. */
export function oursSince(label: string, happened: readonly Happening[]): string | null {
  const last = lastAbout(label, happened);
  return last?.kind === 'labeled' && last.actor.us ? last.at : null;
}

/** The label is on, and it was not a person who put it on. */
export function isLabelOurs(label: string, { thread, happened }: Past): boolean {
  return isLabelOn(label, thread) && oursSince(label, happened) !== null;
}

/** A person put the label on, for reasons of their own: it is not ours to take off. */
export function isLabelTheirs(label: string, { thread, happened }: Past): boolean {
  const last = lastAbout(label, happened);
  return isLabelOn(label, thread) && last?.kind === 'labeled' && !last.actor.us;
}
