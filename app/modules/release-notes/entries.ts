import type { TagCommit } from '../../facts/tag-facts.ts';
import { guessTitle } from '../title-grammar.ts';
import { isSeen, oneLine } from '../visible.ts';

/** One line of the notes. */
export interface Entry {
  readonly sha: string;
  /** In small letters; '' where the subject names none. */
  readonly type: string;
  readonly scopes: readonly string[];
  /** Without type, scope and the number of its pull request. */
  readonly text: string;
  readonly breaking: boolean;
  readonly pull: number | null;
  readonly author: TagCommit['author'];
}

const merge = /^Merge (?:pull request #(\d{1,9}) from |branch |remote-tracking branch |tag |commit )/;
const ending = /\s*[(（]#(\d{1,9})[)）]$/;

/** What a merge of a pull request brought in is that pull request's, down to where it branched off. */
function pullsByMerge(commits: readonly TagCommit[]): ReadonlyMap<string, number> {
  const known = new Map(commits.map((commit) => [commit.sha, commit]));
  const pulls = new Map<string, number>();
  const main = new Set<string>();
  const walk = (start: string | undefined, visit: (sha: string) => boolean) => {
    const open = start === undefined ? [] : [start];
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      const commit = known.get(sha);
      if (commit && visit(sha)) open.push(...commit.parents);
    }
  };
  // Oldest first, so that what an earlier merge brought in stays with it.
  for (const { parents, subject } of commits) {
    const number = merge.exec(subject)?.[1];
    if (parents.length < 2 || number === undefined) continue;
    walk(parents[0], (sha) => !main.has(sha) && !!main.add(sha));
    walk(parents[1], (sha) => !main.has(sha) && !pulls.has(sha) && !!pulls.set(sha, Number(number)));
  }
  return pulls;
}

function entryOf(commit: TagCommit, pull: number | undefined, types: readonly string[]): Entry {
  const line = oneLine(commit.subject);
  const named = ending.exec(line)?.[1];
  const bare = line.replace(ending, '');
  const guess = guessTitle(bare);
  // `Note: …` is a sentence, not a type.
  const title = guess && isSeen(guess.subject) && types.includes(guess.type.toLowerCase()) ? guess : null;
  const { type = '', scopes = [], subject = bare, breaking = false } = title ?? {};
  return {
    ...{ sha: commit.sha, type: type.toLowerCase(), scopes, text: subject.trim() },
    breaking: commit.breaking || breaking,
    pull: named === undefined ? (pull ?? null) : Number(named),
    author: commit.author,
  };
}

/** The commits as lines, with types of these in small letters; merges that only bring in other commits are none. */
export function entriesOf(commits: readonly TagCommit[], types: readonly string[]): readonly Entry[] {
  const pulls = pullsByMerge(commits);
  return commits
    .filter(({ parents, subject }) => parents.length < 2 || !merge.test(subject))
    .map((commit) => entryOf(commit, pulls.get(commit.sha), types));
}
