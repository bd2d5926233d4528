import type { GraphQLError } from 'graphql';
import type { Grant } from '../call.ts';
import type { Hub } from '../hub.ts';
import { allows } from '../permissions.ts';
import type { RateLimit } from '../rate-limit.ts';
import type { Account } from '../state.ts';
import { typedError } from './typed-error.ts';

export interface Gql {
  readonly hub: Hub;
  readonly grant: Grant;
  readonly actor: Account;
  readonly limit: RateLimit;
}

export type Args = Readonly<Record<string, any>>;

/** A GraphQL object: values, or functions of the field's arguments. */
export type Node = Record<string, unknown>;

export const typed = typedError;

export const notFound = (message: string): GraphQLError => typed('NOT_FOUND', message);

/** Throws what GitHub answers for a field the token may not read. */
export function need(gql: Gql, ...any: string[]): void {
  const allowed = any.some((one) => {
    const [name = '', level = 'read'] = one.split(':');
    return allows(gql.grant.permissions, name, level);
  });
  if (!allowed) throw typed('FORBIDDEN', 'Resource not accessible by integration');
}

const largestPage = 100;

function bounds(args: Args, name: string): { first?: number; last?: number } {
  const { first, last } = args as { first?: number; last?: number };
  if (first === undefined && last === undefined)
    throw typed(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  const size = first ?? last ?? 0;
  if (size > largestPage)
    throw typed(
      'EXCESSIVE_PAGINATION',
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`first\` limit of ${largestPage} records.`,
    );
  return { ...(first === undefined ? {} : { first }), ...(last === undefined ? {} : { last }) };
}

const cursorOf = (key: string | number): string => Buffer.from(`cursor:v2:${key}`).toString('base64');

/** One page of a connection; cursors are made of keys so that they hold when others come or go. */
export function connection<Item>(
  items: readonly Item[],
  args: Args,
  key: (item: Item) => string | number,
  render: (item: Item) => unknown,
  name: string,
): Node {
  const { first, last } = bounds(args, name);
  const place = (cursor: unknown) => items.findIndex((item) => cursorOf(key(item)) === cursor);
  let [from, to] = [0, items.length];
  if (args['after'] !== undefined && args['after'] !== null) from = place(args['after']) + 1;
  if (args['before'] !== undefined && args['before'] !== null) to = Math.max(place(args['before']), 0);
  if (first !== undefined) to = Math.min(to, from + first);
  if (last !== undefined) from = Math.max(from, to - last);
  const shown = items.slice(from, to);
  const cursors = shown.map((item) => cursorOf(key(item)));
  return {
    totalCount: items.length,
    nodes: () => shown.map(render),
    edges: () => shown.map((item) => ({ cursor: cursorOf(key(item)), node: render(item) })),
    pageInfo: {
      hasNextPage: to < items.length,
      hasPreviousPage: from > 0,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
  };
}

/** The field of a connection whose items have ids. */
export const listOf =
  <Item extends { readonly id: number }>(
    items: () => readonly Item[],
    render: (item: Item) => unknown,
    name: string,
  ): ((args: Args) => Node) =>
  (args) =>
    connection(items(), args, (item) => item.id, render, name);
