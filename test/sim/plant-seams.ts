import { DatabaseSync } from 'node:sqlite';
import type { Deliver } from './door.ts';
import type { Plant } from './sim-stage.ts';

export type Json = Record<string, unknown>;
type Fetch = typeof fetch;

/** Every object of a JSON value as `change` makes it, from the inside out. */
export function rewrite(value: unknown, change: (object: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((one) => rewrite(one, change));
  if (typeof value !== 'object' || value === null) return value;
  const inside = Object.entries(value).map(([key, one]) => [key, rewrite(one, change)]);
  return change(Object.fromEntries(inside) as Json);
}

/** The body of a call, '' where it has none. */
export const textOf = (init: RequestInit | undefined): string => (typeof init?.body === 'string' ? init.body : '');
const pathOf = (input: Parameters<Fetch>[0]) => new URL(input instanceof Request ? input.url : input).pathname;

/** An answer with another body. */
async function reworded(answer: Response, change: (json: unknown) => unknown): Promise<Response> {
  const { status, headers } = answer;
  if (status === 304 || !(headers.get('content-type') ?? '').includes('json')) return answer;
  const text = await answer.text();
  try {
    const changed = Response.json(change(JSON.parse(text)), { status });
    headers.forEach((value, name) => !name.startsWith('content-') && changed.headers.set(name, value));
    return changed;
  } catch {
    return new Response(text, { status, headers });
  }
}

/** A bot that reads GitHub's answers wrongly; those to paths of `where` only. */
export const reading = (change: (object: Json) => Json, where = /./): Plant => ({
  fetch: (real) => async (input, init) => {
    const answer = await real(input, init);
    return where.test(pathOf(input)) ? reworded(answer, (json) => rewrite(json, change)) : answer;
  },
});

/** A bot that asks for another thing than it should. */
export const asking = (where: RegExp, change: (body: string) => string): Plant => ({
  fetch: (real) => (input, init) => {
    const fits = where.test(`${init?.method} ${pathOf(input)}`) && textOf(init) !== '';
    return real(input, fits ? { ...init, body: change(textOf(init)) } : init);
  },
});

/** A bot that sends a call again when `again` says so of it. */
export const repeating = (again: (call: string, status: number) => boolean): Plant => ({
  fetch: (real) => async (input, init) => {
    const answer = await real(input, init);
    return again(`${init?.method} ${pathOf(input)}`, answer.status) ? real(input, init) : answer;
  },
});

/** A bot that keeps answers for so long, by whatever `keyOf` says; null is not kept. */
export const keeping = (ms: number, keyOf: (call: string, body: string) => string | null): Plant => ({
  fetch: (real, clock) => {
    const kept = new Map<string, { readonly at: number; readonly text: string; readonly answer: Response }>();
    return async (input, init) => {
      const key = keyOf(`${init?.method} ${pathOf(input)}`, textOf(init));
      if (key === null) return real(input, init);
      const known = kept.get(key);
      const fresh = ({ answer: { status, headers }, text }: NonNullable<typeof known>) =>
        new Response(text, { status, headers });
      if (known && clock.now() - known.at < ms) return fresh(known);
      const answer = await real(input, init);
      if (!answer.ok) return answer;
      const now = { at: clock.now(), text: await answer.text(), answer };
      kept.set(key, now);
      return fresh(now);
    };
  },
});

/** What a killed bot finds of its files; `newest` is the delivery that waited last, if one did. */
export const losing = (lose: (db: DatabaseSync, newest: string) => void): Plant => ({
  atCrash: (file) => {
    const db = new DatabaseSync(file);
    const row = db.prepare(`SELECT id FROM deliveries WHERE state = 'waiting' ORDER BY id DESC LIMIT 1`).get();
    if (row) lose(db, String(row['id']));
    db.close();
  },
});

/** What is known of people by what came in at the door. */
export const overhearing = (hear: (payload: Json) => void): NonNullable<Plant['door']> => {
  return (real: Deliver) => (letter) => {
    hear(JSON.parse(letter.body) as Json);
    return real(letter);
  };
};
