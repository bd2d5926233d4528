import { simulate } from './life.ts';

/** Started by `many.ts`: every so many lives from one seed up to another, each told to the parent. */
process.on('disconnect', () => process.exit(1));
const [from = 0, to = 0, by = 1] = process.argv.slice(2).map(Number);
for (let seed = from; seed < to; seed += by) process.send?.(await simulate(seed));
process.exit(0);
