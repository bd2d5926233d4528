import type { Facts } from '../facts/fact.ts';
import { isOurName, overrideId, overridesOn } from '../commands/overrides.ts';
import { levels } from '../facts/fact.ts';
import type { Review } from '../facts/merge-facts.ts';
import { code, ours } from '../quote.ts';
import { matchesGlob } from '../modules/glob.ts';
import { listed } from '../text.ts';
import type { Text } from '../text.ts';
import type { Want } from '../wants/want.ts';
import { wishOf } from './asked.ts';
import { frozenUntil } from './freeze.ts';
import { greenOf } from './green.ts';
import type { Lack, Overridden } from './green.ts';
import { approvalsOf, ownApprovals } from './options.ts';
import type { MergeOptions } from './options.ts';
import * as words from './words.ts';

/** One reason not to merge now. */
export interface Hindrance {
  /** Who can act; null: time, CI or GitHub. */
  readonly who: 'author' | 'reviewer' | 'maintainer' | null;
  readonly what: Text;
  /** When it may be gone by itself, in milliseconds since the epoch. */
  readonly until?: number;
  /** CI or GitHub is at work, and something will come of it. */
  readonly soon?: true;
  /** Names of the checks that failed, where that is all this is about. */
  readonly failed?: readonly string[];
}

/** What a module said, as far as the pool looks at it. */
export interface Row {
  readonly module: string;
  readonly mode: string;
  readonly row: boolean;
  readonly verdict: 'pass' | 'fail' | 'wait' | 'skip';
  readonly who: 'author' | 'reviewer' | 'maintainer' | 'bot' | null;
  /** What it wants meanwhile. */
  readonly wants?: readonly Want[];
}

const isOpen = ({ mode, row, verdict }: Row) => mode === 'enforce' && row && (verdict === 'fail' || verdict === 'wait');

export type Maker = (facts: Facts, options: MergeOptions, rows: readonly Row[]) => readonly Hindrance[];

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const issuesShown = 5;
/** What GitHub works out in the background is usually there after this long. */
const soon = 20_000;

/** Every row that is enforced must pass; a rule that broke waits too. */
export const fromRows: Maker = (_facts, _options, rows) => {
  const open = rows.filter(isOpen);
  const actors = (['author', 'reviewer', 'maintainer', null] as const).map((who) => {
    const theirs = open.filter((row) => (row.who === 'bot' ? null : (row.who ?? 'maintainer')) === who);
    return { who, modules: [...new Set(theirs.map(({ module }) => module))].sort() };
  });
  return actors.flatMap(({ who, modules }) =>
    modules.length > 0 ? [{ who, what: words.rows({ names: words.names(modules) }) }] : [],
  );
};

function ownApprovalOf(name: string, rows: readonly Row[]): Hindrance[] {
  const module = ownApprovals.get(name.toLowerCase()) ?? '';
  const found = rows.find((row) => row.module === module && row.row && row.mode !== 'preview');
  if (found?.verdict === 'pass') return [];
  if (found) return [{ who: 'reviewer', what: words.ownApproval({ name: code(name) }) }];
  return [{ who: 'maintainer', what: words.noOwnApproval({ name: code(name), module: code(module) }) }];
}

/** Labels that only say what a row says: they go when it is settled, and to take them off by hand settles nothing. */
const labelsOf = (rows: readonly Row[]): readonly string[] =>
  rows.flatMap(({ wants = [] }) => wants.flatMap((want) => (want.kind === 'label' && want.on ? [want.name] : [])));

export const fromLabels: Maker = ({ thread }, { require }, rows) => {
  const [own, plain] = [true, false].map((is) =>
    require.labels.filter((name) => ownApprovals.has(name.toLowerCase()) === is),
  );
  const missing = (plain ?? []).filter((name) => !thread.labels.some((label) => same(label, name)));
  const told = labelsOf(rows.filter(isOpen));
  const holding = thread.labels.filter(
    (label) =>
      require['without-labels'].some((glob) => matchesGlob(glob, label, true)) &&
      !told.some((name) => same(name, label)),
  );
  const found: Hindrance[] = (own ?? []).flatMap((name) => ownApprovalOf(name, rows));
  if (missing.length > 0) found.push({ who: 'maintainer', what: words.needLabels({ names: words.names(missing) }) });
  if (holding.length > 0)
    found.push({ who: 'maintainer', what: words.holdLabels({ names: words.names(holding.sort()) }) });
  return found;
};

const mayWrite = ({ level }: Review) => levels.indexOf(level) >= levels.indexOf('write');

export const fromReviews: Maker = ({ reviews }, options) => {
  if (!reviews.complete) return [{ who: 'maintainer', what: words.unsureReviews }];
  const given = reviews.list.filter((review) => {
    const afterRetarget = reviews.since === null || Date.parse(review.at) > Date.parse(reviews.since);
    return review.state === 'approved' && review.current && !review.wrote && afterRetarget && mayWrite(review);
  });
  const against = reviews.list.filter((review) => review.state === 'changes' && mayWrite(review));
  const count = approvalsOf(options) - given.length;
  const found: Hindrance[] = [];
  if (against.length > 0) {
    const people = words.names(against.map(({ by }) => by.login).sort());
    found.push({ who: 'author', what: words.changesAsked({ people }) });
  }
  if (count > 0) found.push({ who: 'reviewer', what: words.approvalsLeft({ count }) });
  return found;
};

const whoFor: Readonly<Record<Lack, Hindrance['who']>> = {
  ...{ failing: 'author', running: null, missing: null, 'not-success': 'author', 'other-app': 'maintainer' },
};

/** What was overridden counts only while the module that allows it is on, enforced and whole. */
function overriddenIn(facts: Facts, rows: readonly Row[]): Overridden {
  const { standing, names } = overridesOn(facts);
  // What another pull request with this head had us write: an App has its account for itself, a person's token may not.
  const written = facts.repo.us.endsWith('[bot]') ? facts.contexts.list.filter(({ ours }) => ours) : [];
  const isOn = rows.some(
    ({ module, mode, verdict }) => module === overrideId && mode === 'enforce' && verdict === 'pass',
  );
  return {
    standing: new Set(isOn ? standing.map(({ name }) => name) : []),
    names: new Set([...names.keys(), ...written.map(({ name }) => name)]),
  };
}

export const fromChecks: Maker = (facts, { require }, rows) => {
  const { contexts, required, pull, now } = facts;
  const base = code(pull?.base ?? '');
  if (required === null) return [{ who: 'maintainer', what: words.unreadable({ base }) }];
  const at = Date.parse(now);
  const overridden = overriddenIn(facts, rows);
  const { lacking, youngUntil, unsure } = greenOf(contexts, required.contexts, require, at, overridden);
  const lacks = (['failing', 'not-success', 'other-app', 'missing', 'running'] as const).map((lack) => ({
    lack,
    those: lacking.filter((one) => one.lack === lack).map(({ name }) => name),
  }));
  const found: Hindrance[] = lacks
    .filter(({ those }) => those.length > 0)
    .map(({ lack, those }) => {
      const who = whoFor[lack];
      const what = words.lacks[lack]({ names: words.names(those.sort()) });
      return { who, what, ...(who === null && { soon: true }), ...(lack === 'failing' && { failed: those }) };
    });
  if (unsure) found.push({ who: null, what: words.unsureChecks, until: at + 300_000, soon: true });
  if (youngUntil !== null) found.push({ who: null, what: words.young, until: youngUntil, soon: true });
  return found;
};

export const fromGitHub: Maker = ({ mergeability, required, checks, contexts, pull, now }) => {
  const base = code(pull?.base ?? '');
  const { mergeable, blocked } = mergeability;
  if (mergeable === false) return [{ who: 'author', what: words.conflicts({ base }) }];
  if (mergeable === null) return [{ who: null, what: words.computing, until: Date.parse(now) + soon, soon: true }];
  // A required check that is still to come, our own too, may be all that protection waits for.
  const isWritten = (name: string) =>
    checks.ours.some(
      (one) => one.name === name && one.head === pull?.head && one.completed && one.conclusion === 'success',
    ) || checks.statuses.some((one) => one.name === name && one.head === pull?.head && one.state === 'success');
  const isGreen = (name: string) => contexts.list.some((one) => one.name === name && one.state === 'success');
  const pending = (required?.contexts ?? []).some(({ name }) => !(isOurName(name) ? isWritten(name) : isGreen(name)));
  return blocked && !pending ? [{ who: 'maintainer', what: words.blocked({ base }) }] : [];
};

export const fromCalendar: Maker = ({ thread, now }, { freeze }) => {
  const until = frozenUntil(freeze, thread.labels, Date.parse(now));
  if (until === null) return [];
  if (!Number.isFinite(until)) return [{ who: 'maintainer', what: words.frozenForGood }];
  const shown = `${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return [{ who: null, what: words.frozen({ until: ours(shown) }), until }];
};

export const fromIssues: Maker = ({ blockers, pull }) => {
  const holding = blockers.list.filter(({ branches }) => branches.length === 0 || branches.includes(pull?.base ?? ''));
  if (holding.length > 0) {
    const issues = listed(holding.slice(0, issuesShown).map(({ number }) => ours(`#${number}`)));
    return [{ who: 'maintainer', what: words.blockerIssues({ issues }) }];
  }
  return blockers.complete ? [] : [{ who: 'maintainer', what: words.manyBlockers }];
};

/** `/merge cancel` stops what rules would do by themselves, too. */
export const fromAsking: Maker = (facts, { ask }) => {
  const { asked, fallen, cancelled } = wishOf(facts);
  const command = code('/merge');
  if (cancelled) {
    const by = code(cancelled.login, 60);
    return [{ who: 'maintainer', what: words.cancelled({ by, command }) }];
  }
  if (ask !== 'command' || asked) return [];
  return [{ who: 'maintainer', what: fallen ? words.askedEarlier({ command }) : words.nobodyAsked({ command }) }];
};
