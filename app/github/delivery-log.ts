import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { readCost } from './cost.ts';
import type { Cost } from './cost.ts';
import type { Credential } from './credentials.ts';
import type { Attempted, DeliveryLog } from './github.ts';
import { headerOf, troubleIn, type Answer } from './read-answer.ts';
import type { Send } from './sender.ts';
import { Trouble } from './troubles.ts';

const attempt = z.looseObject({
  id: z.union([z.number(), z.string()]).transform(String),
  guid: z.string().max(64),
  event: z.string().max(64),
  delivered_at: z.string(),
  status_code: z.number().nullish(),
});
const whole = z.looseObject({
  request: z.looseObject({ headers: z.record(z.string(), z.unknown()).nullish(), payload: z.unknown() }),
});

const redeliverCost: Cost = { kind: 'write', creates: false, rank: 3 };

function attemptedIn(data: unknown): readonly Attempted[] {
  const { data: list } = z.array(attempt).safeParse(data);
  if (!list) throw new Trouble('later', 'GitHub answered without a list of deliveries');
  return list.map(({ id, guid, event, delivered_at: at, status_code: status }) => {
    const ok = status != null && status >= 200 && status < 400;
    return { id, guid, event, at: Date.parse(at) || 0, ok };
  });
}

/** Only the cursor is taken from the link, so that it can lead nowhere else. */
function cursorIn(answer: Answer): string | null {
  const [, address = ''] = /<([^>]*)>\s*;\s*rel="next"/.exec(headerOf(answer, 'link') ?? '') ?? [];
  return URL.parse(address)?.searchParams.get('cursor') ?? null;
}

/** GitHub's log of what it sent to this App, asked for with the App's own name and limits. */
export function createDeliveryLog(app: Credential, ports: { readonly send: Send; readonly clock: Clock }): DeliveryLog {
  const { send, clock } = ports;
  const ask = async (route: string, params: Readonly<Record<string, unknown>>, cost = readCost): Promise<Answer> => {
    const answer = await send({ account: 'app', credential: app, cost, request: { route, params } });
    // To ask for a delivery twice does no harm: it is known by its GUID.
    const trouble = troubleIn(answer, { write: false }, clock.now());
    if (trouble) throw trouble;
    return answer;
  };
  return {
    async page(cursor, size) {
      const params = { per_page: size, ...(cursor !== null && { cursor }) };
      const answer = await ask('GET /app/hook/deliveries', params);
      return { attempts: attemptedIn(answer.data), next: cursorIn(answer) };
    },
    async read(id) {
      const found = await ask('GET /app/hook/deliveries/{delivery_id}', { delivery_id: id }).catch((error: unknown) => {
        if (error instanceof Trouble && error.kind === 'gone') return null;
        throw error;
      });
      if (found === null) return null;
      const { data } = whole.safeParse(found.data);
      if (!data) throw new Trouble('later', 'GitHub answered without the body of a delivery');
      const { headers, payload } = data.request;
      const named = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'x-github-hook-id');
      return { hook: typeof named?.[1] === 'string' ? named[1].slice(0, 32) : '', payload };
    },
    async redeliver(id) {
      await ask('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id }, redeliverCost);
    },
  };
}
