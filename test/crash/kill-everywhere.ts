import assert from 'node:assert/strict';
import { outcomeLine, play } from '../scenarios/play.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Stage } from '../scenarios/stage.ts';
import { endStateOf, madeIn } from './end-state.ts';
import type { EndState } from './end-state.ts';

interface Wish<More> {
  /** The number of the step from which on the bot may die in a write. */
  readonly from: number;
  /** What else has to be as it is at the end of a life without a crash. */
  readonly look?: (stage: Stage) => More;
}

/** The bot dies in this write, counted from 0. */
interface Crash {
  readonly at: number;
  readonly applied: boolean;
}

interface Life<More> {
  readonly end: EndState;
  readonly more: More | undefined;
  /** How often each kind of thing was made. */
  readonly made: Readonly<Record<string, number>>;
  readonly writes: number;
}

async function live<More>(scenario: Scenario, { from, look }: Wish<More>, crash: Crash | null): Promise<Life<More>> {
  let writes = 0;
  const played = await play(scenario, {
    keep: true,
    before({ number }, _sentence, stage) {
      if (number !== from) return;
      stage.fake.gate(() => {
        if (writes++ !== crash?.at) return 'pass';
        return { apply: crash.applied, stopped: () => stage.crash() };
      });
    },
  });
  try {
    const { outcome, stage } = played;
    assert.ok(outcome.ok && stage, outcomeLine(outcome));
    return { end: endStateOf(stage, ['it']), more: look?.(stage), made: madeIn(stage), writes };
  } finally {
    await played.close();
  }
}

/** Plays it once without a crash, and then with one in each write of that life, which it resolves with. */
export async function killEverywhere<More>(scenario: Scenario, wish: Wish<More>): Promise<Life<More>> {
  const clean = await live(scenario, wish, null);
  for (let at = 0; at < clean.writes; at++) {
    for (const applied of [true, false]) {
      const { made, end, more } = await live(scenario, wish, { at, applied });
      const which = `killed in write ${at}, ${applied ? '' : 'not '}applied`;
      assert.deepEqual({ end, more }, { end: clean.end, more: clean.more }, which);
      // Fewer is fine: what is overtaken while the bot is away need not be done any more.
      for (const [route, times] of Object.entries(made))
        assert.ok(times <= (clean.made[route] ?? 0), `${which}: ${route} was made ${times} times`);
    }
  }
  return clean;
}
