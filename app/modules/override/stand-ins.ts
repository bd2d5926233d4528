import { isOurName } from '../../commands/overrides.ts';
import type { Override, Overrides } from '../../commands/overrides.ts';
import type { Facts, Seen } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import type { PolicyWant } from '../../wants/want.ts';
import * as words from './words.ts';

type Known = Seen<'contexts' | 'pull' | 'repo' | 'required' | 'tip'>;
type Context = Facts['contexts']['list'][number];

/**
 * As what we may answer for a name. A status takes the place of a status; of a check only we can write another one, and only
 * an App can: a status beside it would be required as well (docs.github.com, "Troubleshooting required status checks").
 */
function kindsFor(named: readonly Context[], { repo }: Known): readonly Context['kind'][] {
  const open = named.filter(({ ours, state }) => ours || state !== 'success').map(({ kind }) => kind);
  const kinds = open.length === 0 ? (['status'] as const) : [...new Set(open)];
  return kinds.filter((kind) => kind === 'status' || repo.us.endsWith('[bot]'));
}

function passed({ name, by, reason }: Override, facts: Known): PolicyWant[] {
  const { pull, tip, required, contexts } = facts;
  const isPinned = required?.contexts.some((one) => one.name === name && one.app !== null) === true;
  if (!pull || isOurName(name) || isPinned) return [];
  const base = code((tip ?? '').slice(0, 12));
  const text = words.passedBy({ who: code(by.login), base, reason: code(reason) });
  const named = contexts.list.filter((one) => one.name === name);
  // It is as good as an approval: not while the rules are broken.
  return kindsFor(named, facts).map((as) => {
    return { kind: 'stand-in', name, head: pull.head, as, state: 'success', text, reverts: true };
  });
}

/** What we wrote under a name that is not overridden any more: it says what the check itself says, if anything does. */
function ended(name: string, key: string, { contexts, pull }: Known): PolicyWant[] {
  const named = contexts.list.filter((one) => one.name === name);
  const theirs = named.filter(({ ours }) => !ours);
  const isFine = theirs.length > 0 && theirs.every(({ state }) => state === 'success' || state === 'skipped');
  const said = isFine
    ? ({ state: 'success', text: words.passedItself } as const)
    : ({ state: 'failure', text: words.over } as const);
  return named
    .filter(({ ours }) => ours)
    .map(({ kind: as }) => {
      // Once: another pull request with the same head may have overridden the same name.
      return {
        kind: 'stand-in',
        name,
        head: pull?.head ?? '',
        as,
        ...said,
        once: `${said.state}:${as}:${key}:${name}`,
      };
    });
}

/** What GitHub is told of the checks that people overrode. */
export function standIns({ standing, names }: Overrides, facts: Known): readonly PolicyWant[] {
  const over = [...names].filter(([name]) => !isOurName(name) && !standing.some((one) => one.name === name));
  return [...standing.flatMap((one) => passed(one, facts)), ...over.flatMap(([name, key]) => ended(name, key, facts))];
}
