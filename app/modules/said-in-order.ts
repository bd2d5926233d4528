import type { Asked, Opinion } from '../facts/command-facts.ts';
import type { Facts } from '../facts/fact.ts';

/** Somebody's word on a pull request: a command or a review. */
export type Said = { readonly at: string; readonly line: number } & (
  { readonly ask: Asked; readonly opinion: null } | { readonly ask: null; readonly opinion: Opinion }
);

const lineOf = ({ key }: Asked) => Number(key.slice(key.lastIndexOf(':') + 1)) || 0;

/**
 * The commands of a module, without those that were withdrawn, and the reviews where those act, in the order in which it was
 * said; what a review says in so many words comes after its own state.
 */
export function saidInOrder(
  module: string,
  { asks, opinions }: Pick<Facts, 'asks' | 'opinions'>,
  reviewsAct: boolean,
): Said[] {
  const own = asks.filter((ask) => ask.module === module && (!ask.withdrawn || ask.args['what'] === 'cancel'));
  const said: Said[] = [
    ...(reviewsAct ? opinions.list.map((opinion) => ({ at: opinion.at, line: -1, ask: null, opinion })) : []),
    ...own.map((ask) => ({ at: ask.at, line: lineOf(ask), ask, opinion: null })),
  ];
  return said.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.line - b.line);
}
