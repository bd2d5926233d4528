import type { World } from '../fake-github/fake-github.ts';

/** One checked step of a scenario: its keys are those of the scenario format, exactly as written. */
export interface Step {
  /** Counted from 1. */
  readonly number: number;
  readonly name: string;
  readonly keys: Readonly<Record<string, unknown>>;
  readonly line: number;
}

/** One checked document of a scenario file. */
export interface Scenario {
  readonly title: string;
  readonly file: string;
  readonly line: number;
  readonly world: World;
  /** The operator's rules, YAML text; '' when left out. */
  readonly rules: string;
  readonly steps: readonly Step[];
}

/** Something a scenario file says that the format does not know. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** One document of a file: a scenario, or why it is none. */
export type Parsed =
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | {
      readonly kind: 'broken';
      readonly title: string;
      readonly file: string;
      readonly line: number;
      readonly problems: readonly Problem[];
    };

/** One key of an `expect` that did not hold; `seen` is for people. */
export interface Failure {
  readonly key: string;
  readonly expected: string;
  readonly seen: string;
}

/** How a scenario ended. `error` is set when a step could not be done at all. */
export interface Outcome {
  readonly title: string;
  readonly file: string;
  readonly line: number;
  readonly ok: boolean;
  readonly failed: {
    readonly step: number;
    readonly name: string;
    readonly line: number;
    readonly failures: readonly Failure[];
    readonly error: string | null;
  } | null;
}
