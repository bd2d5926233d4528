import { faultsOfAnswer, faultsOfRequest, type Asked } from './rest-proof.ts';
import { faultsOfWebhook } from './webhook-proof.ts';

/** Something that GitHub's published data says GitHub would never take or send. */
export interface Violation {
  /** `bot` for a request, `fake` for what the fake itself says. */
  readonly by: 'bot' | 'fake';
  /** `request GET /user`, `answer 200 GET /user`, `webhook push`. */
  readonly what: string;
  /** Each with the place in the JSON: `/0/user/login: must be string`. */
  readonly faults: readonly string[];
}

/** Holds everything that passes the fake against what GitHub publishes about itself. */
export interface Proof {
  request(route: string, asked: Asked): readonly string[];
  answer(route: string, status: number, body: unknown): void;
  webhook(event: string, action: string | null, payload: unknown): void;
  add(violation: Violation): void;
  /** What was found since the last call. */
  take(): readonly Violation[];
}

export const violationLine = ({ by, what, faults }: Violation): string =>
  `the ${by === 'bot' ? 'bot' : 'fake GitHub'} is wrong: ${what}: ${faults.join('; ')}`;

export function createProof(): Proof {
  let found: Violation[] = [];
  const add = (violation: Violation): void => {
    const line = violationLine(violation);
    if (violation.faults.length > 0 && !found.some((one) => violationLine(one) === line)) found.push(violation);
  };
  return {
    add,
    request: (route, asked) => {
      const faults = faultsOfRequest(route, asked);
      add({ by: 'bot', what: `request ${route}`, faults });
      return faults;
    },
    answer: (route, status, body) =>
      add({ by: 'fake', what: `answer ${status} ${route}`, faults: faultsOfAnswer(route, status, body) }),
    webhook: (event, action, payload) => {
      const name = action === null ? event : `${event}.${action}`;
      add({ by: 'fake', what: `webhook ${name}`, faults: faultsOfWebhook(event, action, payload) });
    },
    take: () => {
      const taken = found;
      found = [];
      return taken;
    },
  };
}

/** For those who only look, such as the demo. */
export const noProof: Proof = {
  request: () => [],
  answer: () => undefined,
  webhook: () => undefined,
  add: () => undefined,
  take: () => [],
};
