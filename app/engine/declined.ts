import type { Answer } from '../commands/command.ts';
import { gitHubRefused } from '../commands/words.ts';
import { code } from '../quote.ts';
import type { Quoted } from '../text.ts';
import type { Change } from '../wants/want.ts';
import type { Kinds } from './load.ts';
import type { Deed, Report } from './report.ts';

const mark = /^declined:(\S+) (.*)$/s;

/** What GitHub refused for good of what commands want: keys that are among `done` for the rest of the job and no longer. */
export function declinedIn(did: readonly Deed[], { plan }: Pick<Report, 'plan'>): string[] {
  const failed = did.filter(({ change, result }) => result === 'failed' && isAnswered(change, plan));
  return failed.map(({ change, reason }) => `declined:${change.replace(/^create-/, '')} ${reason ?? ''}`);
}

const isAnswered = (id: string, plan: readonly Change[]) => plan.some((one) => one.id === id && one.answered === true);

/** The answer to a command, told as it is where GitHub refused a part of what it wants. */
export function unlessDeclined(answer: Answer, command: Quoted, done: readonly string[], kinds: Kinds): Answer {
  const reasons = new Map(
    done.flatMap((key) => {
      const [, change, reason = ''] = mark.exec(key) ?? [];
      return change === undefined ? [] : [[change, reason] as const];
    }),
  );
  const reasonOf = (want: Answer['wants'][number]) => reasons.get(kinds.get(want.kind)?.id(want) ?? '');
  const [reason] = answer.wants.flatMap((want) => reasonOf(want) ?? []);
  if (reason === undefined) return answer;
  const say = gitHubRefused({ command, reason: code(reason) });
  const wants = answer.wants.filter((want) => reasonOf(want) === undefined);
  return wants.length > 0 ? { ...answer, say, wants } : { outcome: 'refused', say, wants };
}
