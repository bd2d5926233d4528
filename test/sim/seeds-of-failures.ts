/** Lives in which something was wrong once, in the bot or in the simulation; they are lived again by every `npm test`. */
export const seedsOfFailures: readonly { readonly seed: number; readonly length?: number }[] = [
  ...[6, 10, 11, 18, 32, 20_040, 20_073, 21_065].map((seed) => ({ seed, length: 40 })),
  { seed: 100_073 },
  { seed: 102_800 },
];
