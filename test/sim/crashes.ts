import type { Deed } from '../fake-github/fault-kinds.ts';
import { simulate } from './life.ts';
import * as script from './scripts.ts';

const { good, built, reviewed, pushed, say, titled } = script;

/** Short lives in which the process dies at each of its requests in turn. */
export const crashScripts: Readonly<Record<string, readonly Deed[]>> = {
  'a title goes bad and is mended': [titled('p2', 'no type'), titled('p2', 'docs: say it')],
  'an issue is filled in': [{ step: 'edit', keys: { of: 'i1', by: 'bob', body: '## Version\n1.0\n' } }],
  'a command is carried out': [say('p2', 'chen', '/lgtm')],
  'a command is refused': [say('p2', 'stranger', '/lgtm')],
  'a command is not understood': [say('p2', 'chen', '/lgtm x y')],
  'a command is taken back': [say('p2', 'chen', '/lgtm', 'c1'), say('p2', 'chen', '/lgtm cancel')],
  'a label is answered': [script.label({ of: 'i1', by: 'lin', labels: ['need demo'] })],
  'a label that is a rule is taken off': [script.unlabel({ of: 'p1', by: 'lin', labels: ['invalid-title'] })],
  'a push': [pushed('more.ts')],
  'a review, then a push': [reviewed('chen'), pushed('more.ts')],
  'a merge': [good, reviewed('chen'), built('success')],
  'a merge that somebody overtakes': [script.pushedAtMerge, good, reviewed('chen'), built('success')],
  'a pull request is closed and opened again': [
    script.close({ of: 'p1', by: 'bob' }),
    { step: 'reopen', keys: { of: 'p1', by: 'bob' } },
  ],
  'a draft becomes ready': [
    { step: 'draft', keys: { of: 'p1', by: 'bob' } },
    { step: 'ready', keys: { of: 'p1', by: 'bob' } },
  ],
};

export interface CrashResult {
  readonly crashes: number;
  /** Which crash broke or changed what. */
  readonly lies: readonly string[];
}

/** What was overtaken while the bot was away need not have been said: a card that is hidden by now is none. */
function seenIn(sight: string): string {
  const views = JSON.parse(sight || '[]') as { said: string[] }[];
  return JSON.stringify(views.map((view) => ({ ...view, said: view.said.filter((one) => one.startsWith('false')) })));
}

/** Dies at every request of a script, or at every so many-th, each before and after GitHub has done what it asks. */
export async function crashEverywhere(name: string, every = 1): Promise<CrashResult> {
  const lines = crashScripts[name] ?? [];
  const clean = await simulate(1, {}, { script: lines });
  const lies = clean.violations.map(({ what }) => `${name}, without a crash: ${what}`);
  let crashes = 0;
  for (let at = 1; at <= clean.requests; at += every) {
    for (const when of ['asked', 'answered'] as const) {
      const { violations, sight, crashes: died } = await simulate(1, {}, { script: lines, dies: { at, when } });
      const where = `${name}, dead at request ${at} of ${clean.requests}, ${when}`;
      crashes += died;
      lies.push(...violations.map(({ what }) => `${where}: ${what}`));
      if (seenIn(sight) !== seenIn(clean.sight)) lies.push(`${where}: people see ${sight} and not ${clean.sight}`);
    }
  }
  return { crashes, lies };
}
