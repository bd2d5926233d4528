import type { CommitView, ThreadView } from '../fake-github/fake-github.ts';
import { repositoryExpectations } from './expect-repository.ts';
import { equal, matches, type Miss, show } from './miss.ts';
import type { Failure } from './scenario.ts';
import { ourComments, rulingsOn, visibleText } from './seen.ts';
import type { Stage } from './stage.ts';

const shorten = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

function exactly(expected: unknown, seen: readonly string[]): Miss {
  const [want, have] = [[...new Set(expected as string[])].toSorted(), [...new Set(seen)].toSorted()];
  return show(want) === show(have) ? null : [`exactly ${show(want)}`, show(have)];
}

function atLeast(expected: unknown, seen: readonly string[]): Miss {
  const missing = (expected as string[]).filter((each) => !seen.includes(each));
  return missing.length === 0 ? null : [`at least ${show(missing)}`, show(seen)];
}

function without(expected: unknown, seen: readonly string[]): Miss {
  const there = (expected as string[]).filter((each) => seen.includes(each));
  return there.length === 0 ? null : [`none of ${show(there)}`, show(seen)];
}

function says(patterns: unknown, texts: readonly string[], wanted: boolean): Miss {
  const off = (patterns as string[]).filter((pattern) => texts.some((text) => matches(pattern, text)) !== wanted);
  if (off.length === 0) return null;
  const seen = texts.length === 0 ? 'no visible comment of the bot' : texts.map((text) => shorten(text)).join(' ⏎⏎ ');
  return [`${wanted ? '' : 'nothing like '}${off.map((pattern) => `/${pattern}/i`).join(', ')}`, seen];
}

/** A team is written `@acme/core`, `acme/core` or `core`. */
const asSeen = (expected: unknown, seen: readonly string[]) =>
  (expected as string[]).map((one) => [one, `@${one}`, `@acme/${one}`].find((name) => seen.includes(name)) ?? one);

const texts = (thread: ThreadView) => ourComments(thread).map(visibleText);

const ofThread: Readonly<Record<string, (thread: ThreadView, expected: unknown) => Miss>> = {
  state: (thread, expected) => equal(expected, thread.state),
  reason: (thread, expected) => equal(expected, thread.reason),
  title: (thread, expected) => equal(expected, thread.title),
  milestone: (thread, expected) => equal(expected, thread.milestone),
  draft: (thread, expected) => equal(expected, thread.draft),
  locked: (thread, expected) => equal(expected, thread.locked),
  queued: (thread, expected) => equal(expected, thread.queued),
  base: (thread, expected) => equal(expected, thread.base),
  labels: (thread, expected) => exactly(expected, thread.labels),
  'has-labels': (thread, expected) => atLeast(expected, thread.labels),
  'lacks-labels': (thread, expected) => without(expected, thread.labels),
  assignees: (thread, expected) => exactly(expected, thread.assignees),
  reviewers: (thread, expected) => exactly(asSeen(expected, thread.reviewers), thread.reviewers),
  'has-reviewers': (thread, expected) => atLeast(asSeen(expected, thread.reviewers), thread.reviewers),
  comments: (thread, expected) => {
    const there = ourComments(thread);
    return there.length === expected
      ? null
      : [show(expected), `${there.length}: ${shorten(texts(thread).join(' ⏎⏎ '))}`];
  },
  says: (thread, expected) => says(expected, texts(thread), true),
  'last-says': (thread, expected) => says(expected, texts(thread).slice(-1), true),
  'never-says': (thread, expected) => says(expected, texts(thread), false),
  approvals: (thread, expected) => equal(expected, thread.approvals),
  'merged-by': (thread, expected) => equal(expected, thread.mergedBy),
  'merge-method': (thread, expected) => equal(expected, thread.mergeMethod),
  'merged-sha-is-head': (thread, expected) => equal(expected, thread.mergedShaIsHead),
};

type Result = readonly [key: string, miss: Miss];

function perName(key: string, expected: unknown, seen: (name: string) => string, note = ''): Result[] {
  return Object.entries(expected as Record<string, string>).map(([name, want]) => {
    const have = seen(name);
    return [`${key} ${name}`, want === have ? null : [want, `${have}${note}`]];
  });
}

const ofCommit: Readonly<Record<string, (commit: CommitView, expected: unknown, base: string | null) => Result[]>> = {
  checks: ({ checks }, expected) =>
    perName('checks', expected, (name) => checks[name] ?? 'none', ` of ${show(checks)}`),
  statuses: ({ statuses }, expected) =>
    perName('statuses', expected, (name) => statuses[name] ?? 'none', ` of ${show(statuses)}`),
  rulings: (commit, expected, base) => {
    const { rows, why } = rulingsOn(commit, base);
    const note = why ? `: ${why}` : ` of ${show(rows)}`;
    return perName('rulings', expected, (module) => rows[module] ?? 'none', note);
  },
};

/** Where `checks`, `statuses` and `rulings` look: the fake knows `pool` and `group` by these names. */
function place(on: unknown, of: string | undefined, thread: ThreadView | null): string {
  if (on === 'base') return thread?.base ?? 'main';
  if (on === 'pool' || on === 'group') return on;
  return of ?? 'main';
}

const noCommit: CommitView = { checks: {}, checkSummaries: {}, statuses: {}, since: [] };

/** An issue has no commit, and a pool may have no candidate: nothing can be there, and that may be what is expected. */
function onCommit(key: string, expected: unknown, commit: () => CommitView, base: string | null): Result[] {
  let [view, why] = [noCommit, ''];
  try {
    view = commit();
  } catch (error) {
    why = `: ${(error as Error).message}`;
  }
  const results = ofCommit[key]?.(view, expected, base) ?? [];
  return results.map(([name, miss]) => [name, miss && [miss[0], `${miss[1]}${why}`]]);
}

/** Every key of an `expect` that does not hold, checked against the fake's own state. */
export function expectations(stage: Stage, keys: Readonly<Record<string, unknown>>): Failure[] {
  const of = keys['of'] as string | undefined;
  const thread = of === undefined ? null : stage.fake.thread(of);
  const results = Object.entries(keys).flatMap(([key, expected]): Result[] => {
    if (key === 'of' || key === 'on' || key === 'repo') return [];
    const onThread = ofThread[key];
    if (onThread && thread) return [[key, onThread(thread, expected)]];
    if (Object.hasOwn(ofCommit, key)) {
      const commit = () => stage.fake.commit(place(keys['on'], of, thread));
      return onCommit(key, expected, commit, thread?.base ?? null);
    }
    const repository = stage.fake.repository(keys['repo'] as string | undefined);
    return [[key, repositoryExpectations[key]?.({ stage, repository }, expected) ?? null]];
  });
  return results.flatMap(([key, miss]) => (miss ? [{ key, expected: miss[0], seen: miss[1] }] : []));
}
