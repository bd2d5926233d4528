/** What a key expects and what there is; null when it holds. */
export type Miss = readonly [expected: string, seen: string] | null;

export const show = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

export const equal = (expected: unknown, seen: unknown): Miss =>
  expected === seen ? null : [show(expected), show(seen)];

export const matches = (pattern: string, text: string) => new RegExp(pattern, 'i').test(text);
