import type { Facts } from '../facts/fact.ts';
import { firstOf, isBefore, nobody } from '../merge-pool/line.ts';
import type { Line } from '../merge-pool/line.ts';
import { laneOf } from '../subject.ts';
import type { Subject, ThreadSubject } from '../subject.ts';
import type { Ports } from './outcome.ts';
import type { Report } from './report.ts';

type TurnPorts = Pick<Ports, 'store' | 'clock'>;

/** What made one pull request ready often makes others ready too: so long they have to step up before one acts. */
const stepping = 2_000;

/** Who else stands in line for the base of a pull request, and where it stands itself. */
export async function lineFor(subject: ThreadSubject, { pull }: Facts, { store }: TurnPorts): Promise<Line> {
  if (!pull) return nobody;
  const [lane, all] = [laneOf(subject), await store.line(subject.repo.id, pull.base)];
  const mine = all.find((place) => laneOf(place.subject) === lane)?.turn ?? null;
  return { mine, others: all.filter((place) => laneOf(place.subject) !== lane).map(({ turn }) => turn) };
}

/**
 * Announces a pull request that is about to act before the line is looked at once more: of two that do so at the same time
 * each sees the other, and both agree on who is first.
 */
export async function stepUp(
  subject: ThreadSubject,
  { pull }: Facts,
  { turn = null }: Report,
  line: Line,
  { store, clock }: TurnPorts,
): Promise<void> {
  if (!pull || turn === null) return;
  // What it is about to do is not done yet.
  await store.setTurn(subject, pull.base, { ...turn, busy: line.mine?.busy ?? false });
  const open = await store.openPulls(subject.repo.id, pull.base);
  if (line.mine === null && open.some((other) => laneOf(other) !== laneOf(subject))) await clock.sleep(stepping);
}

/** Keeps a turn before the branch is brought up to date for it: a look that never ends would leave nobody waiting for that. */
export async function holdTurn(
  subject: ThreadSubject,
  { pull }: Facts,
  { turn = null, plan }: Report,
  { store }: TurnPorts,
): Promise<void> {
  if (pull && turn && plan.some(({ kind }) => kind === 'update-branch')) await store.setTurn(subject, pull.base, turn);
}

/** Keeps where a pull request stands now; whoever comes to be the first by that is to be looked at. */
export async function keepTurn(
  subject: ThreadSubject,
  { pull }: Pick<Facts, 'pull'>,
  { turn, did }: Pick<Report, 'turn' | 'did'>,
  { store, clock }: TurnPorts,
): Promise<readonly Subject[]> {
  const lane = laneOf(subject);
  const before = await store.turnOf(lane);
  const landed = did.some(({ change, result }) => change.startsWith('merge@') && result === 'done');
  const now = landed || !pull ? null : (turn ?? null);
  await store.setTurn(subject, pull?.base ?? '', now);
  if (before === null) return [];
  const others = (await store.line(subject.repo.id, before.base)).filter((place) => laneOf(place.subject) !== lane);
  const next = firstOf(
    others.map((place) => ({ ...place.turn, subject: place.subject })),
    clock.now(),
  );
  const stays = now !== null && pull?.base === before.base;
  const wasAhead = next !== null && isBefore(before.turn, next);
  return next && wasAhead && !(stays && isBefore(now, next)) ? [next.subject] : [];
}
