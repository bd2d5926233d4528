import type { Happening, Seen } from '../../facts/fact.ts';
import { isAmong } from '../../facts/who.ts';
import { isLabelOn } from '../../facts/label-history.ts';
import { whoFor } from '../label-keepers.ts';
import type { WhoByLabel } from '../label-keepers.ts';
import { sayKey } from '../../wants/say.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { inForceAt, newestByLabel } from './owners.ts';
import { keepersOnly } from './words.ts';

type Known = Seen<'happened' | 'roles'>;

/** Whether a change is known to be one that its actor may not make; what was done before the rule was there was rightful. */
function isTrespass({ actor, at, object }: Happening, protect: WhoByLabel, facts: Known): boolean {
  const { roles, thread } = facts;
  const who = whoFor(object, inForceAt(at, 'protect', protect, facts));
  if (actor.us || who.length === 0) return false;
  const standing = roles[actor.login.toLowerCase()];
  // Where GitHub does not tell what somebody may do, nobody is told off.
  if (!standing) return false;
  const isAuthor = actor.id !== null && actor.id === thread.author.id;
  return !isAmong(isAuthor ? who : who.filter((entry) => entry !== 'author'), standing, actor);
}

/** Whether the label was on before all changes since the last one that was rightful. */
function wasOn(events: readonly Happening[], protect: WhoByLabel, facts: Known): boolean {
  const rightful = events.findLast((event) => !isTrespass(event, protect, facts));
  if (rightful) return rightful.kind === 'labeled';
  return events[0]?.kind === 'unlabeled';
}

/** Once for each person and label: the comment itself is what remembers. */
function tell({ actor, object }: Happening, who: readonly string[]): PolicyWant[] {
  if (actor.bot) return [];
  const key = sayKey('protect', String(actor.id), object.toLowerCase());
  const text = keepersOnly(actor.login, object, who);
  return [{ kind: 'say', key, text, once: `label-owner:${key}`, evenClosed: true }];
}

function putBack(object: string, protect: WhoByLabel, facts: Known): PolicyWant[] {
  const events = facts.happened.filter(
    ({ kind, object: label }) =>
      (kind === 'labeled' || kind === 'unlabeled') && label.toLowerCase() === object.toLowerCase(),
  );
  const [theirs, ours] = [events.findLast(({ actor }) => !actor.us), events.at(-1)];
  if (!theirs || !isTrespass(theirs, protect, facts)) return [];
  const who = whoFor(object, protect);
  // We have put it back already, and may have been stopped before it was told.
  if (ours?.actor.us) return ours.kind === theirs.kind ? [] : tell(theirs, who);
  const on = wasOn(events, protect, facts);
  if (on === isLabelOn(object, facts.thread)) return [];
  return [{ kind: 'label', name: object, on, evenClosed: true, reverts: true }, ...tell(theirs, who)];
}

/** Changes of protected labels that are put back, and what is said of it. */
export function defended(protect: WhoByLabel, facts: Known): PolicyWant[] {
  return newestByLabel(facts.happened).flatMap(({ object }) => putBack(object, protect, facts));
}
