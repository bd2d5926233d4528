import type { Clock } from '../../app/clock.ts';
import { answerFaults, faultKinds, lensFaults, webhookFaults, type Deed, type Fault } from './fault-kinds.ts';
import { seededRandom } from './seeded-random.ts';

/** One call of the bot, as far as a fault may ask about it. */
export interface Passing {
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly as: string;
  readonly write: boolean;
  /** Milliseconds since its token was made; `null` where it bears none of ours. */
  readonly tokenAge: number | null;
}

/** What is shown of the state through a fault; each is asked only where it would show. */
export interface Lens {
  mergeableUnknown(): boolean;
  /** By how many entries a later page of a list has moved since the first. */
  pageShift(): number;
  /** How many entries a list shows at most. */
  listCap(): number;
}

/** A fault that fits; it counts as used up only when `spend` is called. */
export interface Strike {
  readonly fault: Fault;
  spend(): void;
}

interface Armed {
  readonly fault: Fault;
  readonly dice: () => number;
  left: number;
  toSkip: number;
  happened: boolean;
}

export interface Faults {
  arm(fault: Fault): void;
  /** Those that did not happen as often as `times` says, or without it not at all. */
  left(): readonly Fault[];
  /** What happens in the world before this call is answered. */
  deeds(call: Passing): readonly Deed[];
  /** The fault for the answer to this call, if one is armed. */
  take(call: Passing): Strike | null;
  lens(call: Passing): Lens;
  /** The fault for this delivery of a webhook. */
  ofDelivery: (event: string, action: string | null) => Fault | null;
}

const freshFor = 60;

function fitsToken({ token, seconds = freshFor }: Fault, { tokenAge }: Passing): boolean {
  if (token === undefined) return true;
  if (tokenAge === null) return false;
  return token === 'expired' || tokenAge < seconds * 1000;
}

/** What a placeholder is called is nobody's concern. */
const shapeOf = (route: string): string => route.replace(/\{[^}]*\}/g, '{}');

function fitsCall(fault: Fault, call: Passing): boolean {
  const { kind, route, method, caller, only } = fault;
  const read = kind === 'stale-read' || lensFaults.some((one) => one === kind);
  return (
    (route === undefined || shapeOf(route) === shapeOf(call.route)) &&
    (method === undefined || method === call.method) &&
    (caller === undefined || caller === call.as) &&
    (only === undefined || (only === 'writes') === call.write) &&
    !(read && call.write) &&
    // The address a redirect names must not be redirected itself.
    !(kind === 'redirect' && !call.path.startsWith('/repos/')) &&
    fitsToken(fault, call)
  );
}

const fitsEvent = ({ event }: Fault, name: string, action: string | null): boolean =>
  event === undefined || event === name || event === `${name}.${action}`;

function isDue({ fault, left }: Armed, now: number): boolean {
  return left > 0 && now >= (fault.from ?? -Infinity) && now < (fault.until ?? Infinity);
}

function spend(armed: Armed): void {
  armed.left--;
  armed.happened = true;
}

/** Throws the dice and counts those to be let through: to be asked once for each call that fits. */
function strikes(armed: Armed): boolean {
  const { probability } = armed.fault;
  if (probability !== undefined && armed.dice() >= probability) return false;
  if (armed.toSkip === 0) return true;
  armed.toSkip--;
  return false;
}

const open = ({ from, until, probability }: Fault): boolean =>
  from !== undefined || until !== undefined || probability !== undefined;

const armedWith = (fault: Fault): Armed => ({
  fault,
  dice: seededRandom(fault.seed ?? 1),
  left: fault.times ?? (open(fault) ? Infinity : 1),
  toSkip: fault.skip ?? 0,
  happened: false,
});

const isOneOf = (kinds: readonly string[], { fault }: Armed): boolean => kinds.includes(fault.kind);

/** Each trouble is decided at most once for a call, and only when its answer asks. */
function lensOf(find: (kind: string) => Armed | undefined): Lens {
  const decided = new Map<string, Fault | null>();
  const look = (kind: string): Fault | null => {
    const known = decided.get(kind);
    if (known !== undefined) return known;
    const armed = find(kind);
    const hit = armed && strikes(armed) ? armed : null;
    if (hit) spend(hit);
    decided.set(kind, hit?.fault ?? null);
    return hit?.fault ?? null;
  };
  const countOf = (kind: string, otherwise: number) => {
    const fault = look(kind);
    return fault ? (fault.count ?? 1) : otherwise;
  };
  return {
    mergeableUnknown: () => look('mergeable-unknown') !== null,
    pageShift: () => countOf('page-shift', 0),
    listCap: () => countOf('list-cap', Infinity),
  };
}

export function createFaults(clock: Clock): Faults {
  const all: Armed[] = [];
  const hit = (armed: Armed): boolean => {
    const struck = strikes(armed);
    if (struck) spend(armed);
    return struck;
  };
  return {
    arm: (fault) => {
      if (!faultKinds.some((kind) => kind === fault.kind)) throw new Error(`unknown kind of fault: ${fault.kind}`);
      all.push(armedWith(fault));
    },
    left: () =>
      all.filter(({ left, happened }) => (left === Infinity ? !happened : left > 0)).map(({ fault }) => fault),
    deeds: (call) =>
      all
        .filter((one) => one.fault.kind === 'world-moves' && isDue(one, clock.now()) && fitsCall(one.fault, call))
        .filter(hit)
        .flatMap(({ fault }) => fault.do ?? []),
    take: (call) => {
      const fits = (one: Armed) =>
        isOneOf(answerFaults, one) && isDue(one, clock.now()) && fitsCall(one.fault, call) && strikes(one);
      const found = all.find(fits);
      return found ? { fault: found.fault, spend: () => spend(found) } : null;
    },
    lens: (call) =>
      lensOf((kind) =>
        all.find((one) => one.fault.kind === kind && isDue(one, clock.now()) && fitsCall(one.fault, call)),
      ),
    ofDelivery: (event, action) =>
      all.find(
        (one) =>
          isOneOf(webhookFaults, one) && isDue(one, clock.now()) && fitsEvent(one.fault, event, action) && hit(one),
      )?.fault ?? null,
  };
}
