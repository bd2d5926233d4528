/** Spoil the answer to a call of the bot. */
export const answerFaults = [
  'error-before-apply',
  'error-after-apply',
  'reset-before-apply',
  'reset-after-apply',
  'timeout-after-apply',
  'truncated',
  'wrong-type',
  'unauthorized',
  'primary-limit',
  'secondary-limit',
  'not-found',
  'not-found-yet',
  'stale-read',
  'redirect',
  'slow',
] as const;

/** Change what an answer shows, and count only when it would have shown something else. */
export const lensFaults = ['mergeable-unknown', 'page-shift', 'list-cap'] as const;

/** Happen to webhooks on their way to the bot. */
export const webhookFaults = [
  'webhook-dropped',
  'webhook-silenced',
  'webhook-delayed',
  'webhook-duplicated',
  'webhook-reordered',
] as const;

export const faultKinds = [...answerFaults, ...lensFaults, 'world-moves', ...webhookFaults] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Answer from the state of a while ago, which the fake must have kept. */
export const needsPast = (kind: string): boolean => kind === 'stale-read' || kind === 'not-found-yet';

/** Something that happens in the world, as a step of the scenario format says it. */
export interface Deed {
  readonly step: string;
  readonly keys: Readonly<Record<string, unknown>>;
}

/** When and to which calls or deliveries a fault happens. All that is left out fits everything. */
export interface FaultScope {
  /** How often; once when left out, without end where `from`, `until` or `probability` is given. */
  readonly times?: number;
  /** So many that would have been hit are let through first. */
  readonly skip?: number;
  /** As GitHub's docs write it: `POST /repos/{owner}/{repo}/issues/{issue_number}/comments`. */
  readonly route?: string;
  readonly method?: string;
  /** Whose token the call bears. */
  readonly caller?: 'app' | 'installation' | 'token';
  readonly only?: 'reads' | 'writes';
  /** Of a webhook: `pull_request`, or `pull_request.edited`. */
  readonly event?: string;
  /** From 0 to 1; the dice are thrown from `seed`, 1 when left out. */
  readonly probability?: number;
  readonly seed?: number;
  /** On the fake's clock, in milliseconds since the epoch. */
  readonly from?: number;
  readonly until?: number;
}

/** Trouble the fake shall make; what the keys mean for each kind is said in the guide to scenarios. */
export interface Fault extends FaultScope {
  readonly kind: string;
  readonly status?: number;
  /** Seconds, `date` for an HTTP date `seconds` from then, or any text. */
  readonly 'retry-after'?: number | string;
  readonly seconds?: number;
  readonly count?: number;
  readonly token?: 'fresh' | 'expired';
  readonly fresh?: boolean;
  readonly body?: unknown;
  readonly do?: readonly Deed[];
}
