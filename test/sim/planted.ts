import type { Plant } from './sim-stage.ts';

type Json = Record<string, unknown>;

/** Every object of a JSON value as `change` makes it. */
function rewrite(value: unknown, change: (object: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((one) => rewrite(one, change));
  if (typeof value !== 'object' || value === null) return value;
  const inside = Object.entries(value).map(([key, one]) => [key, rewrite(one, change)]);
  return change(Object.fromEntries(inside) as Json);
}

/** A bot that reads each of GitHub's answers wrongly. */
const reading = (change: (object: Json) => Json): Plant => ({
  fetch: (real) => async (input, init) => {
    const answer = await real(input, init);
    const { status, headers } = answer;
    if (!(headers.get('content-type') ?? '').includes('json')) return answer;
    const text = await answer.text();
    try {
      const changed = Response.json(rewrite(JSON.parse(text), change), { status });
      headers.forEach((value, name) => !name.startsWith('content-') && changed.headers.set(name, value));
      return changed;
    } catch {
      return new Response(text, { status, headers });
    }
  },
});

/** A bot that sends a call again when `again` says so of its answer. */
const repeating = (again: (status: number) => boolean): Plant => ({
  fetch: (real) => async (input, init) => {
    const answer = await real(input, init);
    return again(answer.status) ? real(input, init) : answer;
  },
});

/** Each a mistake that bots have made, and what tells of it. */
export const planted: Readonly<Record<string, { readonly plant: Plant; readonly tells: string }>> = {
  'a limit is not waited for': { plant: repeating((status) => status === 403 || status === 429), tells: 'I-14' },
  'everybody may do everything': {
    plant: reading((object) =>
      'role_name' in object ? { ...object, role_name: 'admin', permission: 'admin' } : object,
    ),
    tells: 'I-06',
  },
  'other bots are heard': {
    plant: reading((object) => (object['__typename'] === 'Bot' ? { ...object, __typename: 'User' } : object)),
    tells: 'I-11',
  },
};
