import type { Job, Outcome } from '../queue/queue.ts';
import type { Memory } from '../store/store.ts';
import type { Subject } from '../subject.ts';
import { commandsIn } from './every-command.ts';
import { dependentsOf } from './dependents.ts';
import { noted } from './outcome.ts';
import type { Ports } from './outcome.ts';
import { betweenThreads } from './wake.ts';
import { threadsToRejudge } from './whole-repo.ts';

/**
 * The rules of the repository may be others now: its open threads are decided anew in turn, and so are the repositories
 * that build upon its rules.
 */
export async function rejudge(job: Job, ports: Ports): Promise<Outcome<Memory>> {
  const { subject } = job;
  // Woken by another repository it must not wake others in turn: two that build upon a third would never rest.
  const told = job.hints.length > 0;
  if (told) ports.setUp.forget(subject.repo);
  const threads = await threadsToRejudge(subject, ports);
  ports.setUp.takeMoved(subject.repo.id);
  const dependents = told ? await dependentsOf(subject, ports) : [];
  const others = dependents.length > 0 ? `, and ${dependents.length} repositories that build upon it` : '';
  const outcome = `the rules changed: ${threads.length} open threads are decided anew${others}`;
  const { memory, ...rest } = noted(job, outcome, ports);
  // At once, whatever may be looked at next.
  const hidden = job.hints.some(({ action }) => action === 'privatized') ? { isPublic: false } : {};
  // Where no thread is open, nobody else would remember these rules for the day when they are broken.
  const goodRules = ports.setUp.last(subject.repo.id)?.good ?? null;
  return {
    ...rest,
    memory: memory && { ...memory, goodRules, ...builtOn(subject, ports), ...hidden },
    // Behind thousands of threads a repository would wait for hours.
    inTurn: { subjects: [...dependents, ...threads], gapMs: betweenThreads },
  };
}

/** What this repository's rules are built on and what people can ask for there, where this process has set it up. */
function builtOn({ repo }: Subject, { setUp }: Pick<Ports, 'setUp'>): Pick<Memory, 'builtOn' | 'commands'> {
  const setup = setUp.last(repo.id);
  if (!setup) return {};
  return { builtOn: [...new Set(setup.seen.map((one) => one.repo.id))], commands: commandsIn(setup) };
}

/**
 * What the layers above a repository's own file mean for an outcome: their text is remembered with it, and the whole
 * repository is decided anew once after they changed without a word to it.
 */
export function withLayers(outcome: Outcome<Memory>, subject: Subject, { setUp }: Ports): Outcome<Memory> {
  const { repo, installation } = subject;
  const goodAbove = setUp.last(repo.id)?.goodAbove ?? [];
  const moved: Subject[] = setUp.takeMoved(repo.id) ? [{ kind: 'repo', repo, installation }] : [];
  const memory = outcome.memory && { ...outcome.memory, goodAbove, ...builtOn(subject, { setUp }) };
  return { ...outcome, memory, wake: [...outcome.wake, ...moved] };
}
