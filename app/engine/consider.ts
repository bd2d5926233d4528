import type { Facts } from '../facts/fact.ts';
import type { Decision, Elsewhere, Module } from '../modules/module.ts';
import type { Line } from '../merge-pool/line.ts';
import type { Hint } from '../queue/queue.ts';
import { code } from '../quote.ts';
import type { Section } from '../rules/rules.ts';
import { inScope } from '../rules/scope.ts';
import type { ThreadSubject } from '../subject.ts';
import type { Text } from '../text.ts';
import type { Change, Want } from '../wants/want.ts';
import type { Kinds } from './load.ts';
import { answersTo } from './answer.ts';
import { cardAfter, cardClaim } from './card.ts';
import { checkClaims, hasCheck } from './check.ts';
import type { Sibling } from './check.ts';
import { hear } from './hear.ts';
import type { Hearing } from './hear.ts';
import { mayBeOverridden, underOverrides } from './overridden.ts';
import { ignoreLabel, isIgnored } from './own-commands.ts';
import { conclusionOf, conflictRow, ownRow, speak, voiceFor } from './present.ts';
import type { Voice } from './present.ts';
import { annotationsOf, rulesRows } from './proposal.ts';
import { mergeStep } from './merge-step.ts';
import type { MergeStep } from './merge-step.ts';
import { planFor, settle } from './reconcile.ts';
import type { Claim } from './reconcile.ts';
import { released } from './released.ts';
import type { Card, Report, Ruling } from './report.ts';
import type { Setup } from './set-up.ts';
import { tellFor } from './tell.ts';
import { brokeHere, refusedAgain } from './words.ts';

/** What is asked: the id and time of the report to be, and what woke the lane. */
export interface Question {
  readonly id: string;
  readonly at: string;
  readonly subject: ThreadSubject;
  readonly hints: readonly Hint[];
  readonly siblings: readonly Sibling[];
  /** Who could land on the same base; left out: nobody else. */
  readonly line?: Line;
  /** The card as the last report tells of it. */
  readonly card?: Card | null;
  /** A rule broke at the last look already. */
  readonly brokeBefore?: boolean;
  /** Changes that GitHub refuses for no reason that can be read: left out this time, and told. */
  readonly aside?: readonly Change[];
}

const actors = { fail: 'author', wait: 'maintainer', pass: null, skip: null } as const;

function rule(section: Section, module: Module, facts: Facts, elsewhere: Elsewhere, report: string): Ruling {
  const shown = { module: section.module, mode: section.mode, row: module.row && section.mode !== 'preview' };
  try {
    const decision: Decision = module.decide(facts, section.options, elsewhere);
    const { verdict, because, fix = null, wants, who = actors[verdict] } = decision;
    return { ...shown, verdict, because, fix, who, wants, broke: null };
  } catch (error) {
    const because = brokeHere({ report: code(report) });
    const broke = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...shown, verdict: 'wait', because, fix: null, who: 'bot', wants: [], broke };
  }
}

const isOn = (module: Module, kind: 'issue' | 'pull') => module.on === 'both' || module.on === kind;

function modulesFor(setup: Setup, { thread }: Facts): { section: Section; module: Module }[] {
  return setup.rules.sections.flatMap((section) => {
    const module = setup.modules.get(section.module);
    return !module || module.on === 'tag' || !isOn(module, thread.kind) ? [] : [{ section, module }];
  });
}

function rulingsOf(setup: Setup, facts: Facts, report: string): Ruling[] {
  const elsewhere: Elsewhere = (id) => setup.rules.sections.find(({ module }) => module === id)?.options ?? null;
  return modulesFor(setup, facts).flatMap(({ section, module }) =>
    inScope(section, facts) ? [rule(section, module, facts, elsewhere, report)] : [],
  );
}

/** Whether what a module asks for may be done here and now. */
function mayDo(want: Want, ruling: Ruling, facts: Facts, setup: Setup): boolean {
  if (ruling.mode === 'preview') return false;
  if (want.kind === 'revisit') return true;
  if (isIgnored(facts) && !isAskedFor(want)) return false;
  const harsh = want.reverts === true || (want.kind === 'state' && !want.open);
  if (harsh && (ruling.mode !== 'enforce' || setup.broken.length > 0)) return false;
  if (want.kind === 'say' && facts.thread.author.bot) return false;
  return facts.thread.state === 'open' || want.evenClosed === true || !addsTo(want);
}

/** What only a command of a person brings about, although rules are what sees to it. */
const isAskedFor = ({ kind }: Want) => kind === 'pick' || kind === 'stand-in';

/** What a closed thread gets no more of. */
const addsTo = (want: Want) =>
  want.kind === 'say' ||
  ((want.kind === 'label' || want.kind === 'assign' || want.kind === 'request-review') && want.on);

/** Words of ours become those of the thread's language. */
function spoken(want: Want, voice: Voice): Want {
  const said = (text: Text | string) => (typeof text === 'string' ? text : speak(text, voice));
  if (want.kind === 'stand-in' && typeof want.text !== 'string') return { ...want, text: want.text[voice.first] };
  if (want.kind === 'say') return { ...want, text: said(want.text) };
  if (want.kind === 'comment' && want.body !== null) return { ...want, body: said(want.body) };
  if (want.kind === 'pick' && want.make) return { ...want, make: { ...want.make, body: said(want.make.body) } };
  return want;
}

/** Ten minutes: long enough for a deployment of ours to mend it, short enough that nobody has to ask. */
const retryBroken = 600_000;

/** What GitHub refuses for no reason that can be read is left alone for so long, and so is what broke again: it may break everywhere. */
const retryLater = 3_600_000;

function revisitOf(
  wants: readonly Want[],
  rulings: readonly Ruling[],
  { aside = [], brokeBefore = false }: Pick<Question, 'aside' | 'brokeBefore'>,
  now: string,
): string | null {
  const after = (ms: number) => [new Date(Date.parse(now) + ms).toISOString()];
  const asked = wants.flatMap((want) => (want.kind === 'revisit' ? [want.at] : []));
  const broke = rulings.some((ruling) => ruling.broke !== null);
  const retry = [
    ...(broke ? after(brokeBefore ? retryLater : retryBroken) : []),
    ...(aside.length > 0 ? after(retryLater) : []),
  ];
  return [...asked, ...retry].sort()[0] ?? null;
}

function asideRow([first]: readonly Change[], report: string): Ruling[] {
  if (!first) return [];
  const because = refusedAgain({ what: code(first.says), report: code(report) });
  return [{ ...ownRow, module: 'refused', because, who: 'bot', fix: null }];
}

/** So many comments of ours within so long on one thread are a loop, whatever made it. */
const loop = { comments: 5, within: 600_000 };

/** Takes new comments out of a plan on a thread where the bot has said too much lately. */
function muffle(
  plan: readonly Change[],
  { comments, now }: Facts,
): { plan: readonly Change[]; muted: readonly string[] } {
  const since = Date.parse(now) - loop.within;
  const lately = comments.filter(({ createdAt }) => Date.parse(createdAt) > since).length;
  if (lately < loop.comments) return { plan, muted: [] };
  const [held, kept] = [plan.filter(isNewComment), plan.filter((change) => !isNewComment(change))];
  return { plan: kept, muted: held.map(({ id }) => id) };
}

const isNewComment = ({ kind, visibleTwice }: Change) => visibleTwice && (kind === 'comment' || kind === 'say');

const onceIn = (wants: readonly Want[], kinds: Kinds): Report['once'] =>
  wants.flatMap((want) => {
    const change = kinds.get(want.kind)?.id(want);
    return want.once === undefined || change === undefined ? [] : [{ key: want.once, change }];
  });

/** What commands want, as far as it may be done here; a command of a section in preview is only recorded. */
function commandClaims({ wants }: Hearing, setup: Setup, voice: Voice): Claim[] {
  return wants.flatMap(({ by, want }) => {
    const section = setup.rules.sections.find(({ module }) => module === by);
    if (section?.mode === 'preview') return [];
    const harsh = want.kind === 'state' && !want.open;
    if (harsh && setup.broken.length > 0) return [];
    return [{ by, want: spoken(want, voice) }];
  });
}

/** What a person asked for in so many words goes before what a rule would have. */
function underCommands(claims: readonly Claim[], asked: readonly Claim[], kinds: Kinds): Claim[] {
  const taken = new Set(asked.map(({ want }) => kinds.get(want.kind)?.id(want)));
  return [...asked, ...claims.filter(({ want }) => !taken.has(kinds.get(want.kind)?.id(want)))];
}

/** What commands and modules want, as far as it may be done here and now. */
function claimsOf(hearing: Hearing, rulings: readonly Ruling[], setup: Setup, voice: Voice): Claim[] {
  const { facts } = hearing;
  const ruled = rulings.flatMap((ruling) =>
    ruling.wants
      .filter((want) => mayDo(want, ruling, facts, setup))
      .map((want) => ({ by: ruling.module, want: spoken(want, voice) })),
  );
  const leftOut = modulesFor(setup, facts).filter(({ section }) => !inScope(section, facts));
  const freed = isIgnored(facts) ? [] : released(leftOut, facts);
  const ours = underCommands(freed, ruled, setup.kinds);
  return underCommands(ours, commandClaims(hearing, setup, voice), setup.kinds);
}

interface Judged {
  readonly facts: Facts;
  readonly claims: readonly Claim[];
  readonly ownRulings: readonly Ruling[];
  readonly rulings: readonly Ruling[];
  readonly conflicts: Report['conflicts'];
  readonly pool: MergeStep;
  /** What the check shows. */
  readonly rows: readonly Ruling[];
}

/** What everybody says once the commands are carried out. */
function judge(question: Question, hearing: Hearing, setup: Setup, voice: Voice): Judged {
  const { facts } = hearing;
  const { id, line, aside = [] } = question;
  const rulings = underOverrides(rulingsOf(setup, facts, id), facts);
  const claims = claimsOf(hearing, rulings, setup, voice);
  const ownRulings = [...rulesRows(facts, setup), ...asideRow(aside, id)];
  const { wants: theirs, conflicts } = settle(claims, facts.done, setup.kinds);
  const judged = [...ownRulings, ...rulings, ...conflicts.map(conflictRow)];
  const pool = mergeStep(setup, facts, theirs, judged, { report: id, ignore: ignoreLabel, line });
  const rows = [...judged, ...pool.rulings].filter(({ row }) => row);
  return { facts, claims, ownRulings, rulings, conflicts, pool, rows };
}

/** Whoever asked for a change by command is told what became of it. */
function answerable(plan: readonly Change[], { wants }: Hearing, kinds: Kinds): readonly Change[] {
  const asked = new Set(wants.map(({ want }) => kinds.get(want.kind)?.id(want)));
  return plan.map((change) => (asked.has(change.id.replace(/^create-/, '')) ? { ...change, answered: true } : change));
}

/** Facts in, report out. Dry run, explanation and preview are this same call without what follows it. */
export function consider(question: Question, given: Facts, setup: Setup): Report {
  const { id, at, hints, subject, siblings, aside = [], card: before = null } = question;
  const voice = voiceFor(setup.rules.language, given);
  const failing = (facts: Facts) =>
    rulingsOf(setup, facts, id)
      .filter(mayBeOverridden)
      .map(({ module }) => module);
  const hearing = hear(given, setup, id, failing);
  const { facts, claims, ownRulings, rulings, conflicts, pool, rows } = judge(question, hearing, setup, voice);
  const card = isIgnored(facts) ? null : cardClaim([...ownRulings, ...rulings], facts, voice, before);
  const checks = checkClaims(rows, siblings, facts, setup, subject, voice, annotationsOf(facts, setup));
  const answers = answersTo(hearing.heard, given, voice, (heard) => tellFor(heard, rows, setup, facts));
  const all = [...claims, ...pool.claims, ...(card?.claims ?? []), ...checks, ...answers.claims];
  const { wants } = settle(all, facts.done, setup.kinds);
  // Against what is there now, not against what the commands will have made of it.
  const whole = planFor(wants, given, setup.kinds).filter((change) => !aside.some((one) => one.id === change.id));
  const { plan, muted } = muffle(answerable(whole, hearing, setup.kinds), given);
  return {
    ...{ id, at, subject, hints, outcome: 'considered', rules: setup.rules.oids, facts: given },
    ...{ language: voice.first, heard: hearing.heard, asked: hearing.asked, told: answers.told },
    rulings: [...ownRulings, ...rulings, ...pool.rulings],
    conflicts,
    conclusion: facts.pull && hasCheck(setup, facts) ? conclusionOf(rows) : null,
    plan,
    once: onceIn(wants, setup.kinds).filter(({ change }) => !muted.includes(change)),
    muted: muted.length > 0,
    revisitAt: revisitOf(wants, [...rulings, ...pool.rulings], question, facts.now),
    did: [],
    turn: pool.turn,
    card: card ? cardAfter(card, facts, plan) : before,
  };
}
