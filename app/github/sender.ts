import type { Clock } from '../clock.ts';
import type { Budget } from './budget.ts';
import type { Cost } from './cost.ts';
import type { Credential } from './credentials.ts';
import type { Sure } from './github.ts';
import { exhaustedBy, isAnswered, limitIn, messageOf, type Answer } from './read-answer.ts';
import { Trouble } from './troubles.ts';

export interface Request {
  /** `GET /repos/{owner}/{repo}`, or a method and a whole address. */
  readonly route: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request and whatever came back. Never rejects. */
export type Exchange = (request: Request) => Promise<Answer>;

export interface Sending {
  readonly account: string;
  readonly credential: Credential;
  readonly cost: Cost;
  readonly request: Request;
  readonly sure?: Sure;
}

/** Sends within the budget; rejects only with a `later` trouble that says that nothing was done. */
export type Send = (sending: Sending) => Promise<Answer>;

export function createSend(ports: { exchange: Exchange; budget: Budget; clock: Clock }): Send {
  const { exchange, budget, clock } = ports;

  async function once({ account, credential, cost, request, sure }: Sending): Promise<Answer> {
    // Before the budget, so that minting a token does not eat into the gap between two writes.
    const authorization = await credential.authorization();
    const go = async () => {
      const answer = await exchange({ ...request, headers: { ...request.headers, authorization } });
      const refused = limitIn(answer, clock.now());
      const limit = refused ?? exhaustedBy(answer, clock.now());
      const until = limit && (await budget.limited(account, limit));
      return { answer, until: refused && until, answered: isAnswered(answer) };
    };
    const sent = await budget.run(account, cost, go, sure);
    if (sent.until === null) return sent.answer;
    throw new Trouble('later', messageOf(sent.answer), { until: sent.until, status: sent.answer.status });
  }

  return async (sending) => {
    const answer = await once(sending);
    // A request refused with 401 was not applied, so even a write may be sent again.
    if (answer.status !== 401 || !sending.credential.renew(answer)) return answer;
    return once(sending);
  };
}
