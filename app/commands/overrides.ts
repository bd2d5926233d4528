import type { Asked } from '../facts/command-facts.ts';
import type { Facts } from '../facts/fact.ts';

/** The module that lets people override. */
export const overrideId = 'override';

/** Names of the checks we write; whoever requires them is served by the rows, not by the check. */
export const isOurName = (name: string): boolean => /^github-bot(?:\/[a-z0-9-]+)?(?: \(.*\))?$/s.test(name);

/** What a rule of ours is overridden by: the name of its own check, without the base. */
export const nameOfRule = (module: string): string => `github-bot/${module}`;

/** The same for a name as people write it: one of our checks may have its base behind it. */
export const withoutBase = (name: string): string => /^(github-bot\/[a-z0-9-]+) \(.*\)$/s.exec(name)?.[1] ?? name;

/** One check, or rule of ours, that somebody made count as passed. */
export interface Override {
  readonly name: string;
  readonly by: Asked['by'];
  readonly reason: string;
}

export interface Overrides {
  /** They hold for the head and the base as both are now. */
  readonly standing: readonly Override[];
  /** They held until the head or the base moved, or their comment was deleted. */
  readonly fallen: readonly Override[];
  /** Every name that was ever overridden on this head, with the key of the command that had the last word on it. */
  readonly names: ReadonlyMap<string, string>;
}

type Known = Pick<Facts, 'asks' | 'pull' | 'tip'>;

const namesIn = ({ args }: Asked): readonly string[] => [args['contexts'] ?? []].flat().map(withoutBase);

/** Bound to the head, the base and where the base was, and to whoever said it; what is not known holds for nothing. */
function holds({ head, base, tip, by, withdrawn }: Asked, { pull, tip: now }: Known): boolean {
  if (!pull || withdrawn || by.id === null || head === '' || !tip) return false;
  return head === pull.head && base === pull.base && tip === now;
}

/** What `/override` did on a pull request and what is left of it. Pure; a deleted `cancel` goes on holding. */
export function overridesOn(facts: Known): Overrides {
  const last = new Map<string, Asked>();
  const names = new Map<string, string>();
  for (const ask of facts.asks.filter(({ module }) => module === overrideId)) {
    const isCancel = ask.args['what'] === 'cancel';
    const named = namesIn(ask);
    const meant = isCancel && named.length === 0 ? [...last.keys()] : named;
    for (const name of meant) {
      if (isCancel) last.delete(name);
      else last.set(name, ask);
      if (ask.head === facts.pull?.head) names.set(name, ask.key);
    }
  }
  const all = [...last].map(([name, ask]) => {
    return { name, by: ask.by, reason: String(ask.args['reason'] ?? ''), standing: holds(ask, facts) };
  });
  const those = (is: boolean) =>
    all.filter(({ standing }) => standing === is).map(({ name, by, reason }): Override => ({ name, by, reason }));
  return { standing: those(true), fallen: those(false), names };
}
