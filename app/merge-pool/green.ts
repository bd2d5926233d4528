import type { Facts } from '../facts/fact.ts';
import type { Context, RequiredContext } from '../facts/merge-facts.ts';
import { isOurName } from '../commands/overrides.ts';
import { matcher, patternFault } from '../modules/pattern.ts';
import type { MergeOptions } from './options.ts';

/** Why a context holds the merge. */
export type Lack = 'failing' | 'running' | 'missing' | 'not-success' | 'other-app';

export interface Lacking {
  readonly name: string;
  readonly lack: Lack;
}

export interface Green {
  readonly lacking: readonly Lacking[];
  /** No check has shown up and the head is too young to say that there is none; when it will not be any more. */
  readonly youngUntil: number | null;
  /** The checks could not be read whole. */
  readonly unsure: boolean;
}

/** So long after a push CI may not have shown up yet. */
export const youth = 120_000;

function optionalBy(patterns: readonly string[]): (name: string) => boolean {
  const tests = patterns.map((text) => (patternFault(text) === null ? matcher(`^(?:${text})$`) : () => false));
  return (name) => patterns.includes(name) || tests.some((test) => test(name));
}

const counts = ({ app }: RequiredContext, context: Context) => app === null || context.app === app;

function lackOf(wanted: RequiredContext, named: readonly Context[]): Lack | null {
  const from = named.filter((context) => counts(wanted, context));
  if (from.length === 0) return named.length > 0 ? 'other-app' : 'missing';
  const has = (state: Context['state']) => from.some((context) => context.state === state);
  if (has('failure')) return 'failing';
  if (has('pending')) return 'running';
  return has('skipped') ? 'not-success' : null;
}

/** What the branch requires, and what the rules name; each once, the pinned one first. */
function wantedBy(required: readonly RequiredContext[], { checks }: MergeOptions['require']): RequiredContext[] {
  const named = (Array.isArray(checks) ? checks : []).map((name) => ({ name, app: null }));
  const all = [...required.filter(({ name }) => !isOurName(name)), ...named];
  return all.filter(({ name }, at) => all.findIndex((other) => other.name === name) === at || all[at]?.app !== null);
}

/** Names that people overrode on this head: those that count as passed now, and all of them. */
export interface Overridden {
  readonly standing: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

export const nothingOverridden: Overridden = { standing: new Set(), names: new Set() };

/**
 * What others say of the head. Where a status of ours took the place of theirs nobody knows any more what theirs was, so it
 * is as good as failed.
 */
function othersOn({ list }: Facts['contexts'], { names }: Overridden): readonly Context[] {
  const others = list.filter(({ ours }) => !ours);
  const covers = (one: Context) =>
    one.ours && names.has(one.name) && !isOurName(one.name) && !others.some(({ name }) => name === one.name);
  return [...others, ...list.filter(covers).map((one) => ({ ...one, state: 'failure' as const }))];
}

/** Whether the checks on the head allow a merge. Pure; times in milliseconds since the epoch. */
export function greenOf(
  contexts: Facts['contexts'],
  required: readonly RequiredContext[],
  options: MergeOptions['require'],
  now: number,
  overridden: Overridden = nothingOverridden,
): Green {
  const others = othersOn(contexts, overridden);
  // Nobody but the pinned App can pass what protection pins to it: GitHub would refuse the merge.
  const isPassed = ({ name, app = null }: { name: string; app?: number | null }) =>
    app === null && overridden.standing.has(name);
  const wanted = wantedBy(required, options);
  const isOptional = optionalBy(options.optional);
  const lacking: Lacking[] = wanted.flatMap((want) => {
    const named = others.filter(({ name }) => name === want.name);
    const lack = isPassed(want) ? null : lackOf(want, named);
    return lack === null ? [] : [{ name: want.name, lack }];
  });
  const free = others.filter(
    (one) => !isOptional(one.name) && !wanted.some((w) => w.name === one.name && counts(w, one)),
  );
  if (options.checks === 'all') {
    for (const { name, state } of free.filter(({ name }) => !isPassed({ name }))) {
      if (state === 'failure') lacking.push({ name, lack: 'failing' });
      if (state === 'pending') lacking.push({ name, lack: 'running' });
    }
  }
  const since = contexts.since === null ? now : Date.parse(contexts.since);
  const young = wanted.length === 0 && free.length === 0 && now - since < youth;
  const once = lacking.filter((a, at) => lacking.findIndex((b) => a.name === b.name && a.lack === b.lack) === at);
  return { lacking: once, youngUntil: young ? since + youth : null, unsure: !contexts.complete };
}
