import { z } from 'zod';
import type { Reader } from '../github/github.ts';
import { Trouble } from '../github/troubles.ts';
import { shaped } from './actor.ts';
import type { Learning } from './fact.ts';
import { commitAt } from './git-objects.ts';
import type { GitCommit } from './git-objects.ts';
import type { Signed } from './pick-facts.ts';

/** A change as it landed on its base, for doing it once more elsewhere. */
export interface LandedChange {
  /** The commit the base came to stand on. */
  readonly commit: string;
  /** Its tree, and that of the base before. */
  readonly tree: string;
  readonly before: string;
  readonly message: string;
  readonly author: Signed;
  /** When it landed. */
  readonly at: string;
}

const pullShape = z.object({
  merged: z.boolean(),
  merge_commit_sha: z.string().nullable(),
  commits: z.number(),
  head: z.object({ sha: z.string() }),
});
const listed = z.object({
  sha: z.string(),
  commit: z.object({
    message: z.string(),
    author: z
      .object({ name: z.string().optional(), email: z.string().optional(), date: z.string().optional() })
      .nullable(),
  }),
  parents: z.array(z.object({ sha: z.string() })),
});
type Listed = z.output<typeof listed>;

const perPage = 100;
/** GitHub lists at most 250 commits of a pull request. */
const mostPages = 3;

async function commitsOf(number: number, read: Reader): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const params = { pull_number: number, per_page: perPage, page };
    const answer = await read.get('GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', params);
    const some = shaped(z.array(listed), answer ?? [], 'the commits of a pull request');
    found.push(...some);
    if (some.length < perPage) break;
  }
  return found;
}

const time = (date: string | undefined) => Date.parse(date ?? '');

/** A rebase leaves message, author and the author's date as they were; a squash makes a new one of all. */
const isSame = ({ message, author }: GitCommit, { commit }: Listed) =>
  commit.message === message && commit.author?.email === author.email && time(commit.author.date) === time(author.date);

/** The commits that a rebase put on the base, oldest first; none where the last one is no copy: a squash. */
async function rebased(last: GitCommit, own: readonly Listed[], read: Reader): Promise<readonly GitCommit[]> {
  const range: GitCommit[] = [];
  let left = own;
  for (let commit = last; commit.parents.length === 1; commit = await commitAt(commit.parents[0]?.sha ?? '', read)) {
    const at = left.findLastIndex((one) => isSame(commit, one));
    if (at < 0) break;
    range.unshift(commit);
    left = left.slice(0, at);
    if (left.length === 0) break;
  }
  return range;
}

const subjectOf = (message: string) => message.split('\n', 1)[0] ?? '';
const trailer = /^[A-Za-z][A-Za-z-]*: \S/;

/** The line that git writes too, after a block of trailers or in a paragraph of its own. */
function withOrigins(message: string, shas: readonly string[]): string {
  const text = message.trimEnd();
  const last =
    text
      .split(/\n\s*\n/)
      .slice(1)
      .at(-1) ?? '';
  const isBlock = last !== '' && last.split('\n').every((line) => trailer.test(line));
  return `${text}${isBlock ? '\n' : '\n\n'}${shas.map((sha) => `(cherry picked from commit ${sha})`).join('\n')}`;
}

const longest = 30_000;
const mostNamed = 50;

/** Several commits become one: a conflict can only be settled once, and only the result is what was reviewed and tested. */
function joined(title: string, own: readonly Listed[], shas: readonly string[]): string {
  const [first, ...others] = own;
  const subjects = own.length > 1 ? own.slice(0, mostNamed).map(({ commit }) => `* ${subjectOf(commit.message)}`) : [];
  const mails = new Set([first?.commit.author?.email]);
  const helpers = others.flatMap(({ commit: { author } }) => {
    if (!author?.email || mails.has(author.email)) return [];
    mails.add(author.email);
    return [`Co-authored-by: ${author.name ?? author.email} <${author.email}>`];
  });
  const parts = [title, subjects.join('\n'), helpers.slice(0, mostNamed).join('\n')].filter((part) => part !== '');
  return withOrigins(parts.join('\n\n').slice(0, longest), shas.slice(-mostNamed));
}

function authorOf(own: readonly Listed[], otherwise: Signed): Signed {
  const { name, email, date } = own[0]?.commit.author ?? {};
  return name && email && date ? { name, email, date } : otherwise;
}

/** Null where nobody can tell what was merged; without a commit yet it is asked for again later. */
export async function landedChange({ read, subject, known, ask }: Learning): Promise<LandedChange | null> {
  const answer = await read.get('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: subject.number });
  const pull = shaped(pullShape, answer, 'the merged pull request');
  if (!pull.merged || pull.merge_commit_sha === null) {
    if (ask.recalled.errors < 4) throw new Trouble('later', 'GitHub does not show the merge commit yet');
    return null;
  }
  const last = await commitAt(pull.merge_commit_sha, read);
  const [parent] = last.parents;
  if (!parent) return null;
  const at = last.committer.date;
  const landed = { commit: last.sha, tree: last.tree.sha, at };
  const before = async (sha: string) => (await commitAt(sha, read)).tree.sha;
  const isPlain = last.parents.length === 1;
  if (isPlain && pull.commits === 1) {
    const { message, author } = last;
    return { ...landed, before: await before(parent.sha), message: withOrigins(message, [last.sha]), author };
  }
  const own = await commitsOf(subject.number, read);
  // The base was moved onto the branch itself, whose last commit is a merge: its first parent is no state of the base.
  if (!isPlain && last.sha === pull.head.sha) return null;
  const range = isPlain ? await rebased(last, own, read) : [];
  const [start] = range;
  if (isPlain && !start) {
    const { message, author } = last;
    return { ...landed, before: await before(parent.sha), message: withOrigins(message, [last.sha]), author };
  }
  const from = start?.parents[0]?.sha ?? parent.sha;
  const shas = start ? range.map(({ sha }) => sha) : [last.sha];
  const title = `${known.thread?.title ?? ''} (#${subject.number})`;
  return {
    ...landed,
    before: await before(from),
    message: joined(title, own, shas),
    author: authorOf(own, last.author),
  };
}
