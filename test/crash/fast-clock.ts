import type { Clock } from '../../app/clock.ts';
import { systemClock } from '../../app/clock.ts';

/** Time that is `epoch` now and goes `speed` times as fast as that of the machine from there on. */
export interface Tempo {
  readonly epoch: number;
  readonly speed: number;
}

/** The time of `tempo` at a time of the machine. */
export const fastAt = ({ epoch, speed }: Tempo, real: number): number => epoch + (real - epoch) * speed;

/** The time of the machine at a time of `tempo`. */
export const realAt = ({ epoch, speed }: Tempo, fast: number): number => epoch + (fast - epoch) / speed;

export const fastClock = (tempo: Tempo): Clock => ({
  now: () => fastAt(tempo, Date.now()),
  random: () => Math.random(),
  sleep: (ms, signal) => systemClock.sleep(ms / tempo.speed, signal),
});
