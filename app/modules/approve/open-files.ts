import { opened } from '../../commands/who-may.ts';
import type { FileChange, OwnedFile } from '../../facts/command-facts.ts';
import { levels } from '../../facts/fact.ts';
import { inLotOrder } from '../lot.ts';
import type { Approval, Seen } from './approvals.ts';

/** A touched path that still needs somebody. */
export interface OpenFile {
  readonly path: string;
  readonly by: string;
  /** Logins in lower case of those who could approve it; empty where nobody is named. */
  readonly people: readonly string[];
  /** The level that approves what nobody is named for; null where somebody is. */
  readonly level: 'write' | 'admin' | null;
}

export interface Sorted {
  readonly open: readonly OpenFile[];
  readonly total: number;
  /** Those whose word was needed for something. */
  readonly given: readonly Approval[];
}

const levelFor = ({ approvers, by, least }: OwnedFile) =>
  least ?? (approvers.length === 0 && by === '' ? ('write' as const) : null);

/** Whether an approval is one of this file's owners. */
export function mayApprove(
  file: OwnedFile,
  { by, level }: Pick<Approval, 'by' | 'level'>,
  people: ReadonlySet<string>,
) {
  const least = levelFor(file);
  return least === null ? people.has(by.login.toLowerCase()) : levels.indexOf(level) >= levels.indexOf(least);
}

/** Which of the touched paths are approved, and by whom. */
export function sorted({ owners, changes, opinions, thread }: Seen, approvals: readonly Approval[]): Sorted {
  const changed = new Map(changes.list.map((one): [string, FileChange] => [one.path, one]));
  const wrote = new Set([thread.author, ...(opinions.writers ?? [])].map(({ login }) => login.toLowerCase()));
  const given = new Set<Approval>();
  const files = (owners?.files ?? []).filter(({ free }) => !free);
  const open = files.flatMap((file): OpenFile[] => {
    const people = new Set(opened(file.approvers, owners?.teams ?? {}));
    const change = changed.get(file.change);
    const those = change ? approvals.filter((one) => mayApprove(file, one, people) && one.covers(change)) : [];
    for (const one of those) given.add(one);
    if (those.length > 0) return [];
    const left = [...people].filter((login) => !wrote.has(login)).sort();
    return [{ path: file.path, by: file.by, people: left, level: levelFor(file) }];
  });
  return { open, total: files.length, given: approvals.filter((one) => given.has(one)) };
}

/** Few people who together could approve all that is open, as far as anybody is named for it. */
export function suggested(open: readonly OpenFile[], seed: number): readonly string[] {
  let left = open.filter(({ people }) => people.length > 0);
  const everybody = inLotOrder(
    left.flatMap(({ people }) => people),
    seed,
  );
  const chosen: string[] = [];
  const reach = new Map(
    everybody.map((login) => [login, new Set(left.filter(({ people }) => people.includes(login)))]),
  );
  while (left.length > 0) {
    const count = (login: string) => left.filter((file) => reach.get(login)?.has(file)).length;
    const best = everybody.reduce((a, b) => (count(b) > count(a) ? b : a));
    chosen.push(best);
    left = left.filter((file) => !reach.get(best)?.has(file));
  }
  // Whoever was chosen early may have become superfluous.
  const needed = open.filter(({ people }) => people.length > 0);
  return chosen
    .reduce((kept, login) => {
      const others = kept.filter((one) => one !== login);
      return needed.every(({ people }) => people.some((one) => others.includes(one))) ? others : kept;
    }, chosen)
    .sort();
}
