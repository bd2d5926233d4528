import { done, refused, unclear } from '../../commands/answers.ts';
import type { Answer, Call } from '../../commands/command.ts';
import { isOurName, nameOfRule, overridesOn, withoutBase } from '../../commands/overrides.ts';
import type { Seen } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import * as words from './words.ts';
import type { Lists } from './words.ts';

type Known = Seen<'asks' | 'contexts' | 'pull' | 'required' | 'tip'>;

/** What can be overridden now: what is there and no success, what is required and absent, and rules of ours that fail. */
function listsOf({ contexts, required }: Known, failing: readonly string[]): Lists {
  const theirs = contexts.list.filter(({ name }) => !isOurName(name));
  // What we stood in for can be overridden anew: nobody sees any more what it was.
  const open = theirs.filter(({ ours, state }) => ours || state !== 'success').map(({ name }) => name);
  const there = new Set(theirs.map(({ name }) => name));
  const wanted = (required?.contexts ?? []).map(({ name }) => name);
  const absent = wanted.filter((name) => !there.has(name) && !isOurName(name));
  const once = (names: readonly string[]) => [...new Set(names)].sort();
  return { onHead: once(open), absent: once(absent), rules: once(failing.map(nameOfRule)) };
}

/** The App that protection pins a name to. */
function pinOf(name: string, { required }: Known): number | null {
  return required?.contexts.find((one) => one.name === name && one.app !== null)?.app ?? null;
}

function cancel(names: readonly string[], facts: Known): Answer {
  const { standing, fallen } = overridesOn(facts);
  const all = [...standing, ...fallen];
  if (all.length === 0) return refused(words.nothingToCancel);
  const unknown = names.filter((name) => !all.some((one) => one.name === name));
  return unknown.length > 0 ? refused(words.notOverridden(unknown, all)) : done();
}

/** What becomes of `/override …`: all of the names or none. */
export function obey({ args }: Call, facts: Known, failing: () => readonly string[]): Answer {
  const names = [args['contexts'] ?? []].flat().map(withoutBase);
  if (args['what'] === 'cancel') return cancel(names, facts);
  const lists = listsOf(facts, failing());
  if (names.length === 0) return unclear(words.sayWhat(lists));
  const known = [...lists.onHead, ...lists.absent, ...lists.rules];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) return refused(words.notThese(unknown, lists));
  for (const name of names) {
    const app = pinOf(name, facts);
    if (app !== null) return refused(words.pinned({ name: code(name), app }));
  }
  return args['reason'] === undefined ? unclear(words.needsReason) : done();
}
