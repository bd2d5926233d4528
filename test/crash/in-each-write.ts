import { startFakeGitHub } from '../fake-github/fake-github.ts';
import type { WriteGate } from '../fake-github/fake-github.ts';
import { budgetAfter } from '../scenarios/answer-budget.ts';
import { play } from '../scenarios/play.ts';
import type { Outcome, Scenario, Step } from '../scenarios/scenario.ts';
import type { Stage } from '../scenarios/stage.ts';

/** Where the bot dies: in its write of this number, counted from 1, which GitHub has done by then or never does. */
export interface Death {
  readonly at: number;
  readonly applied: boolean;
}

interface Lived {
  readonly outcome: Outcome;
  /** Writes of the bot. */
  readonly writes: number;
}

/**
 * A write whose end is not known is looked for on GitHub before it is made again, and GitHub may show it late: a story goes
 * on at once, or, where it cannot, after a while.
 */
const rests = [0, 30_000, 120_000] as const;

/** What costs no more than usual is no promise of a bot that had to begin anew. */
function withoutCost(step: Step): Step {
  const { calls, ...keys } = step.keys;
  return step.name === 'expect' && calls !== undefined ? { ...step, keys } : step;
}

/** Whether another death does not change what the story is about: a fault would come to other requests than it is meant for. */
const mayDie = ({ steps }: Scenario): boolean =>
  !steps.some(({ name, keys }) => ['crash', 'down', 'fault'].includes(name) || (name === 'expect' && 'log' in keys));

async function lived(scenario: Scenario, death: Death | null, rest: number): Promise<Lived> {
  let [writes, stage, isNew] = [0, null as Stage | null, false];
  const gate: WriteGate = () => {
    writes += 1;
    if (writes !== death?.at || stage?.isUp !== true) return 'pass';
    isNew = true;
    return { apply: death.applied, stopped: () => stage?.crash() };
  };
  const steps = scenario.steps.map(withoutCost);
  const { outcome } = await play(
    { ...scenario, steps },
    {
      startFake: async (options) => {
        const fake = await startFakeGitHub(options);
        fake.gate(gate);
        return fake;
      },
      before(_step, _sentence, now) {
        stage = now;
      },
      async after(step, _sentence, { fake, pace }) {
        if (isNew && rest > 0) await pace.wait(rest);
        isNew = false;
        const faults = budgetAfter(scenario, step.number, fake);
        if (faults.length > 0) throw new Error(`the bot says too much: ${faults.join('; ')}`);
      },
    },
  );
  return { outcome, writes };
}

async function dying(scenario: Scenario, death: Death): Promise<Outcome> {
  for (const rest of rests.slice(0, -1)) {
    const { outcome } = await lived(scenario, death, rest);
    if (outcome.ok) return outcome;
  }
  return (await lived(scenario, death, rests.at(-1) ?? 0)).outcome;
}

/**
 * Plays a scenario over and over, and lets the bot die in each of its writes, before and after GitHub has done it; of all
 * these deaths only those are died that `chosen` picks. What the scenario expects must be there each time.
 */
export async function* dyingInEach(
  scenario: Scenario,
  chosen: (deaths: readonly Death[]) => readonly Death[] = (deaths) => deaths,
): AsyncGenerator<Outcome & { readonly death: Death }> {
  if (!mayDie(scenario)) return;
  const { writes } = await lived(scenario, null, 0);
  const deaths = Array.from({ length: 2 * writes }, (_, at) => ({ at: 1 + (at >> 1), applied: at % 2 === 1 }));
  for (const death of chosen(deaths)) yield { ...(await dying(scenario, death)), death };
}
