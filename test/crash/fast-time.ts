import { installDate } from '../scenarios/virtual-date.ts';
import { fastAt } from './fast-clock.ts';

/** Imported before the bot's own `main.ts`: the same program, in a world where a second is shorter. */
const asked = new URL(import.meta.url).searchParams;
const tempo = { epoch: Number(asked.get('epoch')), speed: Number(asked.get('speed')) };

const { now } = Date;
installDate(() => Math.floor(fastAt(tempo, now())));

const realTimeout = globalThis.setTimeout;
const fastTimeout = (work: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) =>
  realTimeout(work, ms / tempo.speed, ...given);
globalThis.setTimeout = Object.assign(fastTimeout, realTimeout) as typeof setTimeout;

// Whoever started this process writes nothing here: the end of the stream is their end, and nobody would end this one then.
process.stdin.on('end', () => process.exit(1)).resume();
process.stdin.unref();
