import type { Happening, Thread } from '../facts/fact.ts';
import type { LabelWant, PolicyWant } from '../wants/want.ts';
import { historyOf, isLabelOn } from '../facts/label-history.ts';

/** A label that one module puts on for a reason of its own, and does not fight people over. */
export interface KeptLabel {
  /** The module's id. */
  readonly by: string;
  /** How the label looks when it is put on. */
  readonly put: LabelWant & { readonly on: true };
  /** There is a reason for it now. */
  readonly wanted: boolean;
  /** What the reason comes from: a label people took off returns only after this was something else. */
  readonly input: string;
}

interface Past {
  readonly thread: Thread;
  readonly happened: readonly Happening[];
  readonly done: readonly string[];
}

/**
 * What the module wants for the label now: it takes off only what it put on itself, and leaves off what people took off.
 *
 * Commands work under the bot's name too, so who did what is remembered in once-keys: each names the event before the deed.
 */
export function keptLabel(label: KeptLabel, { thread, happened, done }: Past): readonly PolicyWant[] {
  const { by, put, wanted, input } = label;
  const [last, before] = [...historyOf(put.name, happened)].reverse();
  const key = (deed: 'on' | 'off' | 'left', since?: Happening) =>
    `${by}:${deed}:${put.name.toLowerCase()}:${since?.key ?? ''}`;
  const off = { kind: 'label', name: put.name, on: false } as const;
  if (isLabelOn(put.name, thread)) {
    const isBots = last?.kind === 'labeled' && last.actor.us;
    const isOwn = isBots && done.includes(key('on', before));
    if (wanted) return [isBots && !isOwn ? { ...put, once: key('on', before) } : put];
    return isOwn ? [{ ...off, once: key('off', last) }] : [];
  }
  const isUndone = last?.kind === 'unlabeled' && !(last.actor.us && done.includes(key('off', before)));
  if (!isUndone) return wanted ? [{ ...put, once: key('on', last) }] : [];
  const since = `${key('left', last)}:`;
  const isChanged = done.some((once) => once.startsWith(since) && once !== since + input);
  if (wanted && isChanged) return [{ ...put, once: key('on', last) }];
  // Nothing is to be taken off: this only notes what the input was.
  return done.includes(since + input) ? [] : [{ ...off, once: since + input }];
}
