import { distance } from 'fastest-levenshtein';

/** The name closest to a word, in any case; null when more than a third of the word would have to change. */
export function nearest(word: string, names: readonly string[]): string | null {
  // Longer words are no typing errors, and the comparison costs the product of both lengths.
  if (word.length > 64) return null;
  const close = names
    .map((name) => ({ name, far: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, far }) => far <= Math.max(word.length, name.length) / 3)
    .sort((a, b) => a.far - b.far);
  return close[0]?.name ?? null;
}
