import { readLines } from '../commands/read-lines.ts';
import { Trouble } from '../github/troubles.ts';
import type { Spoken } from './command-facts.ts';
import { levels } from './fact.ts';
import type { Actor, Ask, FactSource, Learning, Standing } from './fact.ts';
import { membershipOf, standingOf } from './standing.ts';

/** What was said longer ago is not carried out any more; safety first, and people forget what they asked for. */
export const freshFor = 86_400_000;

/** So many tries of a job ask GitHub what somebody may do before that counts as unknown. */
const triesForRights = 3;

/** The key under which it is remembered that a command line was dealt with. */
export const heardKey = (key: string) => `command:${key}`;
/** Of a command that a look began to carry out. */
export const acceptedKey = (key: string) => `accepted:${key}`;
export const isAccepted = (done: string) => done.startsWith(acceptedKey(''));

export const isLate = ({ at }: Pick<Spoken, 'at'>, now: string) => Date.parse(now) - Date.parse(at) > freshFor;

/** Lines that nobody dealt with yet. */
function isUnheard(said: Spoken, { commands, recalled }: Ask, us: string): boolean {
  if (said.edited || said.by.bot || said.by.us || said.by.id === null) return false;
  return readLines(said.text, { ...commands, us }).some(
    ({ line }) => !recalled.done.includes(heardKey(`${said.key}:${line}`)),
  );
}

/** Lines that nobody dealt with yet and that somebody here may answer for. */
export const unheard = (said: Spoken, now: string, ask: Ask, us: string): boolean =>
  !isLate(said, now) && isUnheard(said, ask, us);

/** It was said since the thread was looked at last: what is taken back counts however late that is heard. */
const isNews = ({ at }: Spoken, { recalled: { considered } }: Ask) =>
  considered !== null && Date.parse(at) > Date.parse(considered);

/** Live, by number. */
async function look(actor: Actor, learning: Learning): Promise<Standing> {
  // Who keeps a label keeps it from commands, too.
  const { callers = [], trusted = [], protectors = [] } = learning.ask.marked;
  const standing = await standingOf(actor, [...callers, ...trusted, ...protectors, 'some-right'], learning);
  const enough = levels.indexOf(standing.level) >= levels.indexOf('triage');
  // Membership counts for those who have no right here otherwise; nobody else is looked up for it.
  return enough || standing.member ? standing : { ...standing, member: await membershipOf(actor, learning) };
}

/** What somebody may do. Null where GitHub does not let us know: that is no right. */
export async function orUnknown(ask: () => Promise<Standing>, learning: Learning): Promise<Standing | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (error.kind === 'forbidden' || error.kind === 'gone') return null;
    // Whoever waits is told in the end. A limit of GitHub's says when it ends: that is waited for.
    const goesOn = error.kind === 'later' || error.kind === 'lost';
    if (goesOn && error.until === null && learning.ask.recalled.errors + 1 >= triesForRights) return null;
    throw error;
  }
}

export default {
  permissions: () => ({ metadata: 'read', members: 'read' }),
  // Rights of people are read when something is decided; a change of rights alone decides nothing.
  changedBy: [],
  async learn(learning) {
    const { spoken = [], now = '' } = learning.known;
    const counts = (said: Spoken) => !isLate(said, now) || isNews(said, learning.ask);
    const callers = spoken
      .filter((said) => counts(said) && isUnheard(said, learning.ask, learning.answer.viewer.login))
      .map(({ by }) => by);
    const found: Record<string, Standing | null> = {};
    for (const actor of callers) found[String(actor.id)] ??= await orUnknown(() => look(actor, learning), learning);
    return found;
  },
} satisfies FactSource<'callers'>;
