import type { z } from 'zod';
import type { Hub } from './hub.ts';
import type { Permissions } from './permissions.ts';
import type { Account } from './state.ts';

/** Who calls: the App itself, one of its installations, a personal token, or nobody we know. */
export interface Grant {
  readonly as: 'app' | 'installation' | 'token' | 'nobody';
  readonly permissions: Permissions;
  /** `null` reaches every repository of the installation. */
  readonly repositories: readonly number[] | null;
  readonly installation: number | null;
}

export interface Call<Body = unknown> {
  readonly hub: Hub;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly grant: Grant;
  readonly actor: Account;
  readonly path: string;
  readonly accept: string;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** The body as it is sent, where JavaScript’s numbers cannot hold what is in it. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What a call needs: `anyone` nothing at all, `public` any token, `app` the App's own token, else `permission:level`, alternatives after `|`.
 * `thread:level` is `issues` or `pull_requests`, whichever the number or comment in the path belongs to.
 */
export type Need = string;

export interface Route {
  readonly method: string;
  readonly template: string;
  readonly need: Need;
  readonly schema: z.ZodType | null;
  readonly run: (call: Call<any>) => Reply | Promise<Reply>;
}

export function on(template: string, need: Need, run: (call: Call) => Reply | Promise<Reply>): Route {
  const [method = '', path = ''] = template.split(' ');
  return { method, template: path, need, schema: null, run };
}

export function taking<Schema extends z.ZodType>(
  template: string,
  need: Need,
  schema: Schema,
  run: (call: Call<z.infer<Schema>>) => Reply | Promise<Reply>,
): Route {
  return { ...on(template, need, run as (call: Call) => Reply), schema };
}

export const ok = (body: unknown, status = 200): Reply => ({ status, body });
export const empty: Reply = { status: 204 };

const largestPage = 100;

/** One page of a list with its `Link` header; only what is shown is rendered. */
export function page<Item>(
  call: Call,
  all: readonly Item[],
  render: (item: Item) => unknown,
  wrap: (rendered: unknown[], total: number) => unknown = (rendered) => rendered,
): Reply {
  const size = Math.min(Math.max(Number(call.query.get('per_page') ?? 30) || 30, 1), largestPage);
  const number = Math.max(Number(call.query.get('page') ?? 1) || 1, 1);
  const { lens } = call.hub;
  const items = all.slice(0, lens?.listCap());
  const last = Math.max(Math.ceil(items.length / size), 1);
  // What came or went since the first page was read moves the later ones.
  const start = number === 1 ? 0 : Math.max((number - 1) * size - (lens?.pageShift() ?? 0), 0);
  const shown = items.slice(start, start + size).map(render);
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(to));
    return `<${call.hub.url}${call.path}?${query.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [link(number - 1, 'prev'), link(1, 'first')] : []),
    ...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
  ];
  return {
    status: 200,
    body: wrap(shown, items.length),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  };
}

export const numberParam = (call: Call, name: string): number => Number(call.params[name]);
export const param = (call: Call, name: string): string => call.params[name] ?? '';
