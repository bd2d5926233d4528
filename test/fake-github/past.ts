import type { Hub } from './hub.ts';
import type { State } from './state.ts';

/** States the fake had before, kept only once somebody may ask for them: a copy of everything takes time. */
export interface Past {
  record(): void;
  /** To be called before every change of the state. */
  keep(): void;
  /** The state before what people did last. */
  beforeStep(): Hub;
  /** The state so long ago, or the oldest that was kept. */
  ago(ms: number): Hub;
  /** To be called before people do something. */
  step(): void;
}

const mostKept = 500;

export function createPast(hub: Hub): Past {
  const kept: { readonly until: number; readonly state: State }[] = [];
  let recording = false;
  let last = hub.state;
  const keep = () => {
    if (!recording || kept.at(-1)?.until === hub.clock.now()) return;
    kept.push({ until: hub.clock.now(), state: structuredClone(hub.state) });
    if (kept.length > mostKept) kept.shift();
  };
  // What a stale state answers must send nothing and change nothing that is true.
  const silent = () => undefined;
  const showing = (state: State): Hub => ({ ...hub, state, emit: silent, send: silent });
  return {
    record: () => {
      if (recording) return;
      recording = true;
      last = structuredClone(hub.state);
    },
    keep,
    step: () => {
      keep();
      if (recording) last = structuredClone(hub.state);
    },
    beforeStep: () => showing(last),
    ago: (ms) => {
      const then = hub.clock.now() - ms;
      return showing(kept.find(({ until }) => until > then)?.state ?? hub.state);
    },
  };
}
