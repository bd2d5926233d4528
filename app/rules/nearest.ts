import { distance } from 'fastest-levenshtein';

/** Two neighbours the wrong way round are one slip of the fingers, not two. */
function slips(word: string, name: string): number {
  let least = distance(word, name);
  for (let at = 0; at + 1 < word.length; at += 1) {
    const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
    least = Math.min(least, 1 + distance(swapped, name));
  }
  return least;
}

/** The name closest to a word, in any case; null when more than a third of the word would have to change. */
export function nearest(word: string, names: readonly string[]): string | null {
  // Longer words are no typing errors, and the comparison costs the product of both lengths.
  if (word.length > 64) return null;
  const close = names
    .map((name) => ({ name, far: slips(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, far }) => far <= Math.max(word.length, name.length) / 3)
    .sort((a, b) => a.far - b.far);
  return close[0]?.name ?? null;
}
