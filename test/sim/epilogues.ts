import type { FakeGitHub } from '../fake-github/fake-github.ts';
import { offRules } from './deeds.ts';
import type { Truth } from './truth.ts';
import { rulesPath } from './world.ts';

/** What an epilogue does with a life that has come to rest. */
export interface Epilogue {
  readonly fake: FakeGitHub;
  readonly truth: Truth;
  readonly rules: string;
  readonly act: (step: string, keys: Readonly<Record<string, unknown>>) => Promise<boolean>;
  readonly wait: (ms: number) => Promise<void>;
  readonly broken: (what: string) => void;
}

const minute = 60_000;
/** Who does not know yet asks once for each piece of work that waited, and is told. */
const mostAsked = 20;
const check = 'github-bot (main)';
/** A text nobody can read as rules. */
export const brokenRules = 'pr-title: {types: 5}\nlgtm: [\n';

/** People go on, and nobody is told. */
async function meanwhile({ act, wait }: Epilogue): Promise<void> {
  await act('edit', { of: 'p1', by: 'bob', title: 'no type at all' });
  await act('comment', { of: 'p2', by: 'chen', as: 'meanwhile', body: '/lgtm' });
  await wait(30 * minute);
}

/** The owner sends the bot away with its work half done, and takes it back. */
async function sentAway(life: Epilogue, [away, back]: readonly [string, string]): Promise<void> {
  const { fake, act, wait, broken } = life;
  await act('edit', { of: 'p2', by: 'bob', title: 'no type either' });
  await act(away, { by: 'lin' });
  await wait(5 * minute);
  const from = fake.journal.length;
  await meanwhile(life);
  const asked = fake.journal.slice(from).filter(({ as, path }) => as === 'installation' && !path.includes('/other'));
  if (asked.length > mostAsked) broken(`I-24: ${asked.length} requests after the bot was sent away: ${asked[0]?.path}`);
  await act(back, { by: 'lin' });
  await wait(90 * minute);
}

/** Nobody can read the rules any more, and all else that a merge needs is there. */
async function rulesBreak({ fake, truth, rules, act, wait, broken }: Epilogue): Promise<void> {
  truth.rulesBroken = true;
  await act('push-base', { by: 'lin', files: { [rulesPath]: brokenRules } });
  await wait(10 * minute);
  for (const as of ['p1', 'p2']) {
    await act('review', { of: as, by: 'lin', state: 'approve' });
    await act('check', { of: as, name: 'build', conclusion: 'success' });
  }
  await wait(10 * minute);
  for (const as of ['p1', 'p2']) {
    const seen = fake.thread(as).state === 'open' ? fake.commit(as).checks[check] : undefined;
    // Who brings rules that can be read may be about to mend them, and may pass; it is not merged all the same.
    const mends = fake.repository('acme/shop').file(`p-${as}`, rulesPath) === offRules[rulesPath];
    if (mends) continue;
    if (seen === 'success') broken(`I-13: ${as}: the check says success though nobody can read the rules`);
  }
  truth.rulesBroken = false;
  await act('push-base', { by: 'lin', files: { [rulesPath]: rules } });
  await wait(20 * minute);
}

const epilogues: readonly ((life: Epilogue) => Promise<void>)[] = [
  (life) => sentAway(life, ['suspend', 'unsuspend']),
  (life) => sentAway(life, ['remove-repository', 'add-repository']),
  rulesBreak,
];

/** Which there are. */
export const epilogueCount = epilogues.length;

/** What happens to some lives after all else. */
export async function liveEpilogue(which: number, life: Epilogue): Promise<void> {
  await epilogues[which]?.(life);
}
