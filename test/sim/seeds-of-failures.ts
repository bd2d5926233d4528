/** Lives in which something was wrong once, in the bot or in the simulation; they are lived again by every `npm test`. */
export const seedsOfFailures: readonly number[] = [6, 10, 11, 18, 32, 20040, 20073, 21065];
