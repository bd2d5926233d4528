import type { Answer } from '../../commands/command.ts';
import type { Seen } from '../../facts/fact.ts';
import { nearest } from '../../rules/nearest.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { isSameLabel } from '../../facts/label-history.ts';
import { failed } from './words.ts';

/** What a command may touch: labels of a family, or those that are listed. */
export interface Reach {
  /** `kind/`, or '' for labels by their whole name. */
  readonly prefix: string;
  /** Names without the prefix; null: every label of the family. */
  readonly allowed: readonly string[] | null;
  /** At most one of the family. */
  readonly exclusive: boolean;
}

/** Whether whoever asks may have this label changed. */
export type May = (label: string) => boolean;

type Known = Seen<'catalogue' | 'thread'>;

const spelt = (name: string, among: readonly string[]) => among.find((known) => isSameLabel(known, name));

/** The whole name of what somebody wrote: `bug`, or `kind/bug`. */
const whole = (word: string, { prefix }: Reach) =>
  prefix !== '' && word.toLowerCase().startsWith(prefix.toLowerCase()) ? word : `${prefix}${word}`;

const mayTouch = (name: string, { prefix, allowed }: Reach) =>
  allowed === null || allowed.some((bare) => isSameLabel(`${prefix}${bare}`, name));

function answer(wants: readonly PolicyWant[], failures: Partial<Parameters<typeof failed>[0]>): Answer {
  const none = { unknown: [], near: [], barred: [], allowed: [], absent: [], rivals: [], kept: [] };
  const say = failed({ ...none, ...failures });
  return { outcome: say && wants.length === 0 ? 'refused' : 'done', ...(say && { say }), wants };
}

const want = (name: string, on: boolean): PolicyWant => ({ kind: 'label', name, on, evenClosed: true });

const isOfFamily = (label: string, { prefix }: Reach) => label.toLowerCase().startsWith(prefix.toLowerCase());

/** Puts labels on: those that exist, in the repository's own spelling. Nothing is made. */
export function putOn(words: readonly string[], reach: Reach, { catalogue, thread }: Known, may: May): Answer {
  const names = [...new Map(words.map((word) => [word.toLowerCase(), whole(word, reach)])).values()];
  const [barred, open] = [
    names.filter((name) => !mayTouch(name, reach)),
    names.filter((name) => mayTouch(name, reach)),
  ];
  const unknown = open.filter((name) => spelt(name, catalogue) === undefined);
  const found = open.flatMap((name) => spelt(name, catalogue) ?? []);
  const choices = catalogue.filter((name) => mayTouch(name, reach) && isOfFamily(name, reach));
  const near = [...new Set(unknown.flatMap((name) => nearest(name, choices) ?? []))];
  const allowed = (reach.allowed ?? []).map((bare) => `${reach.prefix}${bare}`);
  const isTooMany = reach.exclusive && found.length > 1;
  const wished = isTooMany ? [] : found;
  const rivals =
    reach.exclusive && wished.length > 0
      ? thread.labels.filter((label) => isOfFamily(label, reach) && spelt(label, wished) === undefined)
      : [];
  const kept = [...rivals, ...wished].filter((name) => !may(name));
  // What would have to make room for it stays where it may not go.
  const isHeld = reach.exclusive && kept.length > 0;
  const chosen = wished.filter((name) => !isHeld && may(name));
  const gone = isHeld ? [] : rivals;
  const wants = [...gone.map((name) => want(name, false)), ...chosen.map((name) => want(name, true))];
  return answer(wants, { unknown, near, barred, allowed, kept, rivals: isTooMany ? found : [] });
}

/** Takes labels off, also such as the repository has no more. Looked at `again`, what is not on may have gone the first time. */
export function takeOff(words: readonly string[], reach: Reach, { thread }: Known, may: May, again = false): Answer {
  const names = [...new Map(words.map((word) => [word.toLowerCase(), whole(word, reach)])).values()];
  const [barred, open] = [
    names.filter((name) => !mayTouch(name, reach)),
    names.filter((name) => mayTouch(name, reach)),
  ];
  const absent = again ? [] : open.filter((name) => spelt(name, thread.labels) === undefined);
  const found = open.flatMap((name) => spelt(name, thread.labels) ?? []);
  const allowed = (reach.allowed ?? []).map((bare) => `${reach.prefix}${bare}`);
  return answer(
    found.filter(may).map((name) => want(name, false)),
    { absent, barred, allowed, kept: found.filter((name) => !may(name)) },
  );
}
