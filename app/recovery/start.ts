import { missedRound } from './missed.ts';
import { keepGoing } from './recovery.ts';
import type { RecoveryPorts } from './recovery.ts';
import { retentionRound } from './retention.ts';
import { sweepRound } from './sweep.ts';

/** Begins to make up for what GitHub did not manage to tell, and goes on until it is stopped. */
export function startRecovery(ports: RecoveryPorts): { stop(): void } {
  const { deliveries } = ports.github;
  const rounds = [
    ...(deliveries ? [missedRound({ ...ports, deliveries })] : []),
    sweepRound(ports),
    retentionRound(ports),
  ];
  return keepGoing(rounds, ports);
}
