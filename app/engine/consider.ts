import type { Facts } from '../facts/fact.ts';
import type { Decision, Module } from '../modules/module.ts';
import type { Hint } from '../queue/queue.ts';
import { code } from '../quote.ts';
import type { Problem, Rules, Section } from '../rules/rules.ts';
import { inScope } from '../rules/scope.ts';
import type { ThreadSubject } from '../subject.ts';
import type { Want } from '../wants/want.ts';
import type { Kinds, Modules } from './load.ts';
import { cardFor, checkTextFor, conclusionOf, conflictRow, ownRow, voiceFor } from './present.ts';
import type { Voice } from './present.ts';
import { planFor, settle } from './reconcile.ts';
import type { Claim } from './reconcile.ts';
import type { Report, Ruling } from './report.ts';
import { brokeHere, rulesBroken } from './words.ts';

/** Everything that decides besides the facts. */
export interface Setup {
  readonly rules: Rules;
  /** Faults of the repository's own file as it stands now; the rules before it judge meanwhile. */
  readonly broken: readonly Problem[];
  readonly modules: Modules;
  readonly kinds: Kinds;
  readonly identity: 'app' | 'token';
  /** Where "details" of a check leads; '' when nowhere. */
  readonly details: (subject: ThreadSubject, kind: 'issue' | 'pull') => string;
}

/** What is asked: the id and time of the report to be, and what woke the lane. */
export interface Question {
  readonly id: string;
  readonly at: string;
  readonly subject: ThreadSubject;
  readonly hints: readonly Hint[];
}

/** A maintainer silences the bot on a thread with this label. */
const ignoreLabel = 'github-bot/ignore';

const actors = { fail: 'author', wait: 'maintainer', pass: null, skip: null } as const;

function rule(section: Section, module: Module, facts: Facts, report: string): Ruling {
  const shown = { module: section.module, mode: section.mode, row: module.row && section.mode !== 'preview' };
  try {
    const decision: Decision = module.decide(facts, section.options);
    const { verdict, because, fix = null, wants, who = actors[verdict] } = decision;
    return { ...shown, verdict, because, fix, who, wants, broke: null };
  } catch (error) {
    const because = brokeHere({ report: code(report) });
    const broke = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...shown, verdict: 'wait', because, fix: null, who: 'bot', wants: [], broke };
  }
}

const isOn = (module: Module, kind: 'issue' | 'pull') => module.on === 'both' || module.on === kind;

function rulingsOf(setup: Setup, facts: Facts, report: string): Ruling[] {
  return setup.rules.sections.flatMap((section) => {
    const module = setup.modules.get(section.module);
    if (!module || !isOn(module, facts.thread.kind) || !inScope(section, facts)) return [];
    return [rule(section, module, facts, report)];
  });
}

/** Whether what a module asks for may be done here and now. */
function mayDo(want: Want, ruling: Ruling, facts: Facts, setup: Setup): boolean {
  if (ruling.mode === 'preview') return false;
  if (want.kind === 'revisit') return true;
  if (isIgnored(facts)) return false;
  if (want.kind === 'state' && !want.open) return ruling.mode === 'enforce' && setup.broken.length === 0;
  if (want.kind === 'label' && want.on) return facts.thread.state === 'open';
  return true;
}

const isIgnored = ({ thread }: Facts) => thread.labels.some((name) => name.toLowerCase() === ignoreLabel);

/**
 * The card follows the rulings while the thread is open. On a closed one it stays as it is, since it may say how to get it
 * reopened, until nothing is left to do.
 */
function cardClaim(rulings: readonly Ruling[], facts: Facts, voice: Voice): Claim[] {
  if (isIgnored(facts)) return [];
  const speaking = rulings.filter(({ mode }) => mode !== 'preview');
  const body = cardFor(speaking, voice);
  if (facts.thread.state !== 'open' && body !== null) return [];
  const mute = facts.thread.author.bot || facts.pull?.draft === true;
  return [{ by: 'engine', want: { kind: 'comment', key: 'card', body: mute ? null : body } }];
}

function rulesRow(broken: readonly Problem[]): Ruling[] {
  const [first, ...rest] = broken;
  if (!first) return [];
  const place = code(`${first.file}:${first.line}:${first.column}`);
  const because = rulesBroken({ place, message: first.message, more: rest.length });
  return [{ ...ownRow, module: 'rules', because, who: 'maintainer' }];
}

/** The check exists when a module that judges pull requests is on, or the rules themselves are at fault. */
function hasCheck({ rules, broken, modules }: Setup): boolean {
  if (broken.length > 0) return true;
  return rules.sections.some(({ module, mode }) => {
    const unit = modules.get(module);
    return unit?.row === true && unit.on !== 'issue' && mode !== 'preview';
  });
}

function checkClaim(
  rows: readonly Ruling[],
  facts: Facts,
  setup: Setup,
  subject: ThreadSubject,
  voice: Voice,
): Claim[] {
  const { pull, thread } = facts;
  if (!pull || thread.state !== 'open' || !hasCheck(setup)) return [];
  const name = setup.rules.checkName === 'fixed' ? 'github-bot' : `github-bot (${pull.base})`;
  const said = checkTextFor(rows, setup.rules.warnings, voice);
  const common = { name, head: pull.head, details: setup.details(subject, thread.kind) };
  const conclusion = conclusionOf(rows);
  if (setup.identity === 'app') return [{ by: 'engine', want: { kind: 'check', ...common, conclusion, ...said } }];
  const states = { success: 'success', neutral: 'success', failure: 'failure', action_required: 'pending' } as const;
  const state = states[conclusion];
  return [{ by: 'engine', want: { kind: 'status', ...common, state, description: said.title } }];
}

/** Ten minutes: long enough for a deployment of ours to mend it, short enough that nobody has to ask. */
const retryBroken = 600_000;

function revisitOf(wants: readonly Want[], rulings: readonly Ruling[], now: string): string | null {
  const asked = wants.flatMap((want) => (want.kind === 'revisit' ? [want.at] : []));
  const broke = rulings.some((ruling) => ruling.broke !== null);
  const retry = broke ? [new Date(Date.parse(now) + retryBroken).toISOString()] : [];
  return [...asked, ...retry].sort()[0] ?? null;
}

/** Facts in, report out. Dry run, explanation and preview are this same call without what follows it. */
export function consider(question: Question, facts: Facts, setup: Setup): Report {
  const voice = voiceFor(setup.rules.language, facts);
  const rulings = rulingsOf(setup, facts, question.id);
  const claims = rulings.flatMap((ruling) =>
    ruling.wants.filter((want) => mayDo(want, ruling, facts, setup)).map((want) => ({ by: ruling.module, want })),
  );
  const { conflicts } = settle(claims, facts.done, setup.kinds);
  const rows = [...rulesRow(setup.broken), ...rulings.filter(({ row }) => row), ...conflicts.map(conflictRow)];
  const own = [...cardClaim(rulings, facts, voice), ...checkClaim(rows, facts, setup, question.subject, voice)];
  const { wants } = settle([...claims, ...own], facts.done, setup.kinds);
  return {
    ...question,
    outcome: 'considered',
    rules: setup.rules.oids,
    facts,
    language: voice.first,
    rulings: [...rulesRow(setup.broken), ...rulings],
    conflicts,
    conclusion: facts.pull && hasCheck(setup) ? conclusionOf(rows) : null,
    plan: planFor(wants, facts, setup.kinds),
    revisitAt: revisitOf(wants, rulings, facts.now),
    did: [],
  };
}
