import { ApiError } from './api-error.ts';
import type { Fault } from './fake-github.ts';
import { installationId, type Hub } from './hub.ts';

export const faultKinds = new Set([
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
  'stale-read',
  'slow',
]);

interface Armed {
  readonly fault: Fault;
  left: number;
}

export interface Faults {
  arm(fault: Fault): void;
  /** The fault for this call, if one is armed; counts it as used. */
  take(route: string, isRead: boolean): Fault | null;
  staleArmed(): boolean;
}

export function createFaults(): Faults {
  const armed: Armed[] = [];
  return {
    arm: (fault) => {
      if (!faultKinds.has(fault.kind)) throw new Error(`unknown kind of fault: ${fault.kind}`);
      armed.push({ fault, left: fault.times ?? 1 });
    },
    take: (route, isRead) => {
      const fits = ({ fault, left }: Armed) =>
        left > 0 && (fault.route === undefined || fault.route === route) && (fault.kind !== 'stale-read' || isRead);
      const found = armed.find(fits);
      if (!found) return null;
      found.left--;
      return found.fault;
    },
    staleArmed: () => armed.some(({ fault, left }) => left > 0 && fault.kind === 'stale-read'),
  };
}

const retryAfter = (fault: Fault): Record<string, string> =>
  fault['retry-after'] === undefined ? {} : { 'retry-after': String(fault['retry-after']) };

/** The error a fault answers with, `null` where it spoils the connection or the body instead. */
export function faultError(hub: Hub, fault: Fault): ApiError | null {
  const seconds = Math.floor(hub.clock.now() / 1000);
  switch (fault.kind) {
    case 'error-before-apply':
    case 'error-after-apply':
      return new ApiError(fault.status ?? 502, 'Server Error', undefined, retryAfter(fault));
    case 'unauthorized':
      return new ApiError(401, 'Bad credentials');
    case 'not-found':
      return new ApiError(404, 'Not Found');
    case 'primary-limit':
      return new ApiError(
        fault.status ?? 403,
        `API rate limit exceeded for installation ID ${installationId}.`,
        undefined,
        {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(seconds + (fault.seconds ?? 3600)),
          ...retryAfter(fault),
        },
      );
    case 'secondary-limit':
      return new ApiError(
        fault.status ?? 403,
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
        undefined,
        retryAfter(fault),
      );
    default:
      return null;
  }
}

export const isBeforeApply = (fault: Fault): boolean =>
  ![
    'error-after-apply',
    'reset-after-apply',
    'timeout-after-apply',
    'truncated',
    'wrong-type',
    'slow',
    'stale-read',
  ].includes(fault.kind);
