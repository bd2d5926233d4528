import type { RecoveryPorts, Round } from './recovery.ts';

const minute = 60_000;

/** Every hour lets go of what was kept long enough: bodies after a week, what was decided after ninety days. */
export function retentionRound({ store, clock, log }: Pick<RecoveryPorts, 'store' | 'clock' | 'log'>): Round {
  return {
    name: 'the clearing of what is old',
    firstAfter: 20 * minute,
    async run() {
      const count = await store.prune(clock.now());
      if (count > 0) log.info(`${count} old bodies, deliveries, reports and keys are gone`);
      return 60 * minute;
    },
  };
}
