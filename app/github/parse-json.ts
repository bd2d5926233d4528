/** So long a number may be larger than JavaScript's numbers are exact. */
const long = /[:[,]\s*-?\d{16,}/;

type Reviver = (key: string, value: unknown, context: { readonly source: string }) => unknown;
// TypeScript does not know the third argument yet: https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/JSON/parse
const parseWith = JSON.parse as (text: string, reviver: Reviver) => unknown;

/**
 * The value of an answer, or the text where it is no JSON. An integer that a number cannot hold exactly, as GitHub's of
 * deliveries are since 2026, is a string of its digits: https://github.com/octokit/request.js/issues/797. (Octokit makes
 * them `bigint`, which its own addresses then leave out.)
 */
export function parseJson(text: string): unknown {
  const exact: Reviver = (_key, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? source : value;
  try {
    return long.test(text) ? parseWith(text, exact) : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}
