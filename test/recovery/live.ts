// First: whatever Node does in other threads would be slower than a clock that does not wait for it.
import '../sim/in-memory.ts';
import { start } from '../../app/main.ts';
import { startFakeGitHub } from '../fake-github/fake-github.ts';
import type { World } from '../fake-github/fake-github.ts';
import { setStage } from '../scenarios/stage.ts';
import type { Cast, Stage } from '../scenarios/stage.ts';
import { VirtualClock } from '../scenarios/virtual-clock.ts';
import { installDate } from '../scenarios/virtual-date.ts';

export const minute = 60_000;
export const hour = 60 * minute;

export type Deed = readonly [step: string, keys: Readonly<Record<string, unknown>>];

/** A busy machine is no GitHub that does not answer. */
const patience = { stall: 20_000, watchdog: 120_000 };

/** Lets a bot live in a world of its own while `work` is under way. */
export async function live<T>(world: World, work: (stage: Stage) => Promise<T>, cast: Partial<Cast> = {}): Promise<T> {
  const clock = new VirtualClock(11);
  const restoreDate = installDate(() => clock.now());
  const scenario = { title: '', file: '', line: 0, rules: '', world, steps: [] };
  let stage: Stage | null = null;
  try {
    stage = await setStage(scenario, clock, { startFake: startFakeGitHub, startBot: start, ...patience, ...cast });
    return await work(stage);
  } finally {
    await stage?.strike();
    restoreDate();
  }
}

const withoutMarker = (body: string) => body.replace(/^<!--.*-->\n/, '');

/** What people see of threads. */
export const sightOf = ({ fake }: Stage, threads: readonly string[]) =>
  threads.map((as) => {
    const { state, labels, comments, head } = fake.thread(as);
    const said = comments.map(({ us, body, minimized, reactions }) => [us, withoutMarker(body), minimized, reactions]);
    const checks = head === null || state === 'merged' ? {} : fake.commit(as).checks;
    return { state, labels: labels.toSorted(), said: said.toSorted(), checks };
  });
