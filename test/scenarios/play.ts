import { readFile } from 'node:fs/promises';
import { parseScenarios } from './format.ts';
import { narrate } from './narrate.ts';
import type { Failure, Outcome, Parsed, Scenario, Step } from './scenario.ts';
import { type Cast, setStage, type Stage } from './stage.ts';
import { takeStep } from './steps.ts';
import { VirtualClock } from './virtual-clock.ts';
import { installDate } from './virtual-date.ts';

export interface PlayOptions extends Partial<Cast> {
  /** Called before and after each step with a short sentence about it. */
  readonly before?: (step: Step, sentence: string, stage: Stage) => void | Promise<void>;
  readonly after?: (step: Step, sentence: string, stage: Stage, failures: readonly Failure[]) => void | Promise<void>;
  /** Keeps fake and bot running after the last step; whoever asks for it calls `close`. */
  readonly keep?: boolean;
}

export interface Played {
  readonly outcome: Outcome;
  /** What still runs, when `keep` was asked for and the stage could be set. */
  readonly stage: Stage | null;
  /** Ends what still runs and puts the real `Date` back. */
  close(): Promise<void>;
}

const said = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Loaded when first needed, so that the runner's own tests need neither. */
const standard: Cast = {
  startFake: async (options) => (await import('../fake-github/fake-github.ts')).startFakeGitHub(options),
  startBot: async (settings, world) => (await import('../../app/main.ts')).start(settings, world),
};

interface Taken {
  readonly failures: readonly Failure[];
  readonly error: string | null;
}

async function take(stage: Stage, step: Step, options: PlayOptions): Promise<Taken> {
  const sentence = narrate(step);
  await options.before?.(step, sentence, stage);
  try {
    const failures = [...(await takeStep(stage, step)), ...stage.violations()];
    await options.after?.(step, sentence, stage, failures);
    return { failures, error: null };
  } catch (error) {
    return { failures: [], error: said(error) };
  }
}

async function takeSteps(scenario: Scenario, stage: Stage, options: PlayOptions): Promise<Outcome['failed']> {
  for (const step of scenario.steps) {
    const { failures, error } = await take(stage, step, options);
    if (error === null && failures.length === 0) continue;
    return { step: step.number, name: step.name, line: step.line, failures, error };
  }
  return null;
}

/** Plays one scenario from an empty world; stops at the first step that fails. */
export async function play(scenario: Scenario, options: PlayOptions = {}): Promise<Played> {
  const { title, file, line } = scenario;
  const clock = new VirtualClock(options.seed);
  const restoreDate = installDate(() => clock.now());
  let stage: Stage | null = null;
  let failed: Outcome['failed'];
  try {
    stage = await setStage(scenario, clock, { ...standard, ...options });
    failed = await takeSteps(scenario, stage, options);
  } catch (error) {
    failed = { step: 0, name: 'start', line, failures: [], error: said(error) };
  }
  const close = async () => {
    await stage?.strike();
    restoreDate();
  };
  if (!options.keep) await close();
  const outcome = { title, file, line, ok: failed === null, failed };
  return { outcome, stage: options.keep ? stage : null, close: options.keep ? close : async () => {} };
}

/** The outcome of a document that is no scenario. */
export function brokenOutcome({ title, file, line, problems }: Extract<Parsed, { kind: 'broken' }>): Outcome {
  const error = problems.map((each) => `${file}:${each.line}:${each.column} ${each.message}`).join('; ');
  const failed = { step: 0, name: 'format', line: problems[0]?.line ?? line, failures: [], error };
  return { title, file, line, ok: false, failed };
}

/** Plays every document of a file; those that are no scenarios fail with what is wrong in them. */
export async function* playFile(file: string, options: Omit<PlayOptions, 'keep'> = {}): AsyncGenerator<Outcome> {
  for (const parsed of parseScenarios(await readFile(file, 'utf8'), file)) {
    if (parsed.kind === 'broken') yield brokenOutcome(parsed);
    else yield (await play(parsed.scenario, options)).outcome;
  }
}

const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ⏎ ');

/** `ok` or `FAILED`, the title and, for a failure, the step, what was expected and what was seen: one line. */
export function outcomeLine({ title, file, ok, failed }: Outcome): string {
  if (ok || failed === null) return `ok      ${title}`;
  if (failed.name === 'format') return oneLine(`FAILED  ${title}: ${failed.error}`);
  const where = failed.step === 0 ? `${file}: start` : `${file}:${failed.line}: step ${failed.step} (${failed.name})`;
  const misses = failed.failures.map(({ key, expected, seen }) => `${key}: expected ${expected}, seen ${seen}`);
  return oneLine(`FAILED  ${title}: ${where}: ${failed.error ?? misses.join('; ')}`);
}
