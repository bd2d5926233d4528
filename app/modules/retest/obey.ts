import { refused } from '../../commands/answers.ts';
import type { Answer, Call } from '../../commands/command.ts';
import { couldSee } from '../../commands/seen-head.ts';
import type { Seen } from '../../facts/fact.ts';
import type { WorkflowRun } from '../../facts/run-facts.ts';
import { code } from '../../quote.ts';
import { nearest } from '../../rules/nearest.ts';
import { joined } from '../../text.ts';
import type { Text } from '../../text.ts';
import approveRun from '../../wants/approve-run.ts';
import { refusalKey } from '../../wants/refusal.ts';
import retestKind, { beganSince } from '../../wants/retest.ts';
import type { ApproveRunWant, RetestWant } from '../../wants/want.ts';
import { asksFor, failedIn, namedIn, namesIn } from './choose.ts';
import type { Chosen } from './choose.ts';
import { listOf } from './list.ts';
import { sortOut } from './target.ts';
import { hasToName, isTrusted, trustOf } from './trust.ts';
import * as words from './words.ts';

export type Known = Seen<'asks' | 'head' | 'pull' | 'runs' | 'trust'>;

const shortHead = ({ pull }: Pick<Known, 'pull'>) => pull?.head.slice(0, 12) ?? '';
const okToTest = (facts: Known) => code(`/ok-to-test ${shortHead(facts)}`);

/** Several things that are said at once, one below the other. */
const lines = (texts: readonly Text[]): Text => joined(texts, '\n\n');

/** What cannot run again, and why. */
function snags({ statuses, unknown }: Chosen, sorted: ReturnType<typeof sortOut>, facts: Known): Text[] {
  const { runs } = facts;
  const near = [...new Set(unknown.flatMap((name) => nearest(name, namesIn(runs)) ?? []))];
  const some = (all: readonly string[], say: (names: Text) => Text) => (all.length > 0 ? [say(words.names(all))] : []);
  return [
    ...(unknown.length > 0 ? [words.notFound(unknown, near)] : []),
    ...some(sorted.refused, (names) => words.refusedBy({ names })),
    ...some(sorted.busy, (names) => words.busy({ names })),
    ...some(sorted.waiting, (names) => words.waiting({ names, command: okToTest(facts) })),
    ...some(sorted.barred, (names) => words.barred({ names })),
    ...some(statuses, (names) => words.statuses({ names })),
    ...(runs.workflows ? [] : [words.noActions]),
    ...(runs.complete ? [] : [words.tooMany]),
  ];
}

/** Runs again what was chosen, and says what of it cannot; `nothing` where there was nothing to choose. */
function again(chosen: Chosen, call: Call, facts: Known, nothing: Text): Answer {
  const sorted = sortOut(chosen.targets, call, facts);
  const said = snags(chosen, sorted, facts);
  const isDone = sorted.wants.length + sorted.since.length > 0;
  if (!isDone && said.length === 0) return refused(nothing);
  if (!isDone) return refused(lines(said));
  return { outcome: 'done', ...(said.length > 0 && { say: lines(said) }), wants: sorted.wants };
}

/** Where nobody vouched for what would run, it has to be what the person looked at. */
function doubt(call: Call, who: readonly string[], facts: Known): Answer | null {
  if (isTrusted(trustOf(facts, who)) || couldSee(facts.head, call.at)) return null;
  return refused(words.askFirst({ repeat: okToTest(facts) }));
}

export function retest(call: Call, who: readonly string[], facts: Known): Answer {
  const nothing = words.nothingFailed({ head: code(shortHead(facts)) });
  return doubt(call, who, facts) ?? again(failedIn(facts.runs, null, call.at), call, facts, nothing);
}

/** `named`: checks that the rules of merging ask for besides those of the base. */
export function retestRequired(call: Call, who: readonly string[], named: readonly string[], facts: Known): Answer {
  const { required } = facts.runs;
  if (!required) return refused(words.notReadable);
  const wanted = asksFor([...required, ...named.map((name) => ({ name, app: null }))]);
  const nothing = words.nothingRequired({ head: code(shortHead(facts)) });
  return doubt(call, who, facts) ?? again(failedIn(facts.runs, wanted, call.at), call, facts, nothing);
}

export function test(call: Call, who: readonly string[], facts: Known): Answer {
  const what = String(call.args['what'] ?? '').trim();
  const list = listOf(facts);
  if (what === '?') return { outcome: 'done', say: list, wants: [] };
  if (what === '') return { outcome: 'done', say: words.needsName({ list }), wants: [] };
  const nothing = words.nothingThere({ head: code(shortHead(facts)) });
  return doubt(call, who, facts) ?? again(namedIn(facts.runs, what), call, facts, nothing);
}

/** Lets what waits for somebody's word start. Where the head is no fork's GitHub knows no such word: it is begun again. */
function start({ id }: WorkflowRun, call: Call, { pull }: Known): ApproveRunWant | RetestWant {
  const head = pull?.head ?? '';
  if (pull?.fork) return { kind: 'approve-run', head, run: id };
  return { kind: 'retest', head, what: 'run', id, asked: call.key, at: call.at };
}

const idOf = (want: ApproveRunWant | RetestWant): string =>
  want.kind === 'retest' ? retestKind.id(want) : approveRun.id(want);

/** The word holds for exactly this head; the labels follow it. */
export function allow(call: Call, who: readonly string[], facts: Known): Answer {
  const { runs, done, now } = facts;
  if (call.args['what'] === 'cancel') return { outcome: 'done', wants: [] };
  const { kind } = trustOf(facts, who);
  const sha = String(call.args['sha'] ?? '');
  // Twelve digits, as we write it ourselves: fewer can be found by trying.
  if (kind !== 'author' && hasToName(facts) && sha.length < 12)
    return refused(words.nameHead({ repeat: okToTest(facts) }));
  const waits = (runs.workflows ?? []).filter(({ state }) => state === 'waiting');
  const isRefused = (run: WorkflowRun) => done.includes(refusalKey(idOf(start(run, call, facts)), now));
  const left = waits.filter(isRefused);
  // What began since then may have waited: a look that never ended would have let it start.
  const isNeeded = waits.length > 0 || (runs.workflows ?? []).some((run) => beganSince(run, call.at));
  const said = [
    ...(kind === 'author' && !isNeeded ? [words.trustedAlready] : []),
    ...(left.length > 0 ? [words.refusedBy({ names: words.names(left.map(({ name }) => name)) })] : []),
    ...(runs.workflows ? [] : [words.noActions]),
  ];
  const wants = waits.filter((run) => !isRefused(run)).map((run) => start(run, call, facts));
  return { outcome: 'done', ...(said.length > 0 && { say: lines(said) }), wants };
}
