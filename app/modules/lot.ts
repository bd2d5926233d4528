function lot(seed: number, login: string): number {
  let mixed = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  for (const letter of login) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return mixed;
}

/** People in an order that spreads the load, and is the same every time for one pull request; each once. */
export function inLotOrder(people: readonly string[], seed: number): string[] {
  return [...new Set(people)].sort((a, b) => lot(seed, a) - lot(seed, b) || (a < b ? -1 : 1));
}
