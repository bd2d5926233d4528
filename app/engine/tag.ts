import { z } from 'zod';
import { shaped } from '../facts/actor.ts';
import { learnCommits, learnTag } from '../facts/tag.ts';
import type { TagCommits, TagFacts } from '../facts/tag-facts.ts';
import type { Reader } from '../github/github.ts';
import { Trouble } from '../github/troubles.ts';
import type { TagModule } from '../modules/module.ts';
import { Later } from '../queue/queue.ts';
import type { Hint, Job, Outcome } from '../queue/queue.ts';
import { code } from '../quote.ts';
import type { Section } from '../rules/rules.ts';
import type { Memory } from '../store/store.ts';
import { nameOf } from '../subject.ts';
import type { TagSubject } from '../subject.ts';
import { apply } from './apply.ts';
import { about, newId, noted } from './outcome.ts';
import type { Ports } from './outcome.ts';
import { speak, voiceOf } from './present.ts';
import type { Voice } from './present.ts';
import { planFor, settle } from './reconcile.ts';
import type { Report, Ruling } from './report.ts';
import { rulesFields, rulesFileFrom, withRulesFile } from './rules-file.ts';
import type { RepoSetup } from './set-up.ts';
import { brokeHere } from './words.ts';

const shape = z.object({
  repository: z.object({
    databaseId: z.number(),
    description: z.string().nullable(),
    url: z.string(),
    ...withRulesFile,
  }),
});
const document = `query TagRules($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { databaseId description url ${rulesFields} } }`;

interface Ground {
  readonly setup: RepoSetup;
  readonly repo: TagFacts['repo'];
}

async function groundOf(subject: TagSubject, read: Reader, { setUp }: Ports): Promise<Ground> {
  const { repo } = subject;
  const answer = await read.graphql(document, { owner: repo.owner, name: repo.name });
  const { repository } = shaped(shape, answer, 'the repository of a tag');
  if (repository.databaseId !== repo.id) {
    throw new Trouble('gone', `${repo.owner}/${repo.name} is repository ${repository.databaseId} now, not ${repo.id}`);
  }
  const { description, url } = repository;
  return { setup: await setUp.of(subject, rulesFileFrom(repository)), repo: { description: description ?? '', url } };
}

/** A module that is on, with what it asked to see. */
export interface TagCase {
  readonly section: Section;
  readonly module: TagModule;
  readonly facts: TagFacts;
}

function onTags({ rules, modules }: RepoSetup): Omit<TagCase, 'facts'>[] {
  return rules.sections.flatMap((section) => {
    const module = modules.get(section.module);
    return module?.on === 'tag' ? [{ section, module }] : [];
  });
}

async function commitsFor({ section, module }: Omit<TagCase, 'facts'>, facts: TagFacts, learn: Learn) {
  let since: ReturnType<TagModule['since']>;
  try {
    since = module.since(facts, section.options);
  } catch {
    // It will throw again where that is told.
    return null;
  }
  if (since === null) return null;
  const tag = since === 'everything' ? null : since.tag;
  return learn(facts.others.find(({ name }) => name === tag) ?? null);
}

type Learn = (since: TagFacts['tag'] | null) => Promise<TagCommits>;

function rule({ section, module, facts }: TagCase, voice: Voice, report: string): Ruling {
  const shown = { module: section.module, mode: section.mode, row: false, fix: null };
  try {
    const { verdict, because, wants } = module.decide(facts, section.options);
    const spoken = wants.map((want) => ({ ...want, body: speak(want.body, voice) }));
    return { ...shown, verdict, because, who: null, wants: spoken, broke: null };
  } catch (error) {
    const because = brokeHere({ report: code(report) });
    const broke = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...shown, verdict: 'wait', because, who: 'bot', wants: [], broke };
  }
}

/** What broke is tried again after so long. */
const retryBroken = 600_000;

/** The facts of a tag in, report out. */
export function considerTag(
  question: Pick<Report, 'id' | 'at' | 'subject' | 'hints'>,
  seen: TagFacts,
  cases: readonly TagCase[],
  { rules, kinds }: Pick<RepoSetup, 'rules' | 'kinds'>,
): Report {
  const voice = voiceOf(rules.language, [seen.repo.description]);
  const rulings = cases.map((one) => rule(one, voice, question.id));
  const claims = rulings
    .filter(({ mode }) => mode !== 'preview')
    .flatMap(({ module: by, wants }) => wants.map((want) => ({ by, want })));
  const { wants, conflicts } = settle(claims, seen.done, kinds);
  const again = new Date(Date.parse(seen.now) + retryBroken).toISOString();
  return {
    ...{ ...question, outcome: 'considered', rules: rules.oids, facts: null, language: voice.first },
    tag: { ...seen, commits: cases.find(({ facts }) => facts.commits)?.facts.commits ?? null },
    ...{ rulings, conflicts, conclusion: null, plan: planFor(wants, seen, kinds), once: [], muted: false },
    ...{ revisitAt: rulings.some(({ broke }) => broke !== null) ? again : null, did: [] },
  };
}

const answered = ({ delivery }: Hint) => `answered:${delivery}`;

/** GitHub may send a delivery again long after somebody deleted the release that came of it. */
function remembered(report: Report, good: Memory['goodRules']): Outcome<Memory> {
  const made = report.did.some(({ result }) => result === 'done');
  const done = made || report.tag?.release ? report.hints.map(answered) : [];
  const revisitAt = report.revisitAt === null ? null : Date.parse(report.revisitAt);
  return { memory: { report, done, head: null, goodRules: good }, revisitAt, wake: [] };
}

async function think(job: Job, subject: TagSubject, done: readonly string[], ports: Ports) {
  const { clock, github } = ports;
  const { read, readAsWriter } = github.repo(subject);
  const { setup, repo } = await groundOf(subject, read, ports);
  const units = onTags(setup);
  if (units.length === 0) return null;
  const at = new Date(clock.now()).toISOString();
  const seen: TagFacts = { now: at, done, repo, ...(await learnTag(subject, readAsWriter)), commits: null };
  const cases: TagCase[] = [];
  for (const unit of units) {
    const learn: Learn = (since) => learnCommits(subject, seen.tag.commit ?? '', since, read);
    cases.push({ ...unit, facts: { ...seen, commits: await commitsFor(unit, seen, learn) } });
  }
  const question = { id: newId(ports), at, subject, hints: job.hints };
  return { report: considerTag(question, seen, cases, setup), good: setup.good };
}

/** How often a tag is read anew within one job before the job itself is put off. */
const rounds = 3;
/** What GitHub wrote last is usually readable after this long. */
const settling = 2_000;

function tell(job: Job, report: Report, log: Ports['log']): void {
  for (const { says, result, reason } of report.did) {
    log.info(`${nameOf(job.subject)}: ${says}: ${result}${reason ? ` (${reason})` : ''}`, about(job, report));
  }
  for (const { module, broke } of report.rulings) {
    if (broke) log.error(`${module} broke: ${broke}`, about(job, report));
  }
}

/** The bot's whole work on a tag: the same as on a thread, with facts of its own. */
export async function answerTag(job: Job, subject: TagSubject, ports: Ports): Promise<Outcome<Memory>> {
  const { github, store, clock, log } = ports;
  const done = await store.doneOn(job.lane);
  if (job.hints.length > 0 && job.hints.every((hint) => done.includes(answered(hint)))) {
    return noted(job, 'this push of a tag was answered before', ports);
  }
  for (let round = 1; ; round++) {
    const thought = await think(job, subject, done, ports);
    if (!thought) return noted(job, 'no rule looks at tags', ports);
    const { report, good } = thought;
    const { write } = github.repo(subject);
    const { did, doubt, later } = await apply(report.plan, { write, store, clock, lane: job.lane });
    tell(job, { ...report, did }, log);
    if (doubt === null && later === null) return remembered({ ...report, did }, good);
    const why = later?.message ?? doubt ?? '';
    if (later || round === rounds) {
      if (did.length > 0) await store.saveReport({ ...report, outcome: `broken off: ${why}`, did });
      throw later ?? new Later(why);
    }
    log.warn(`${nameOf(subject)}: reading again, since the outcome is not known: ${why}`, about(job, report));
    await clock.sleep(settling);
  }
}
