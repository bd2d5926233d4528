import type { RepoView } from '../fake-github/fake-github.ts';
import { equal, matches, type Miss, show } from './miss.ts';
import type { Stage } from './stage.ts';

type Keys = Readonly<Record<string, unknown>>;
/** What is looked at: the stage, and the repository the `expect` names. */
interface Looked {
  readonly stage: Stage;
  readonly repository: RepoView;
}

type Check = (looked: Looked, expected: unknown) => Miss;

/** Only the keys that the pattern names are compared. */
const holds = (wanted: unknown, test: (value: never) => boolean) => wanted === undefined || test(wanted as never);

function release({ releases }: RepoView, { tag, body, draft }: Keys): Miss {
  const seen = releases.find((each) => each.tag === tag);
  if (seen === undefined) return [`a release of ${show(tag)}`, `releases ${show(releases.map((each) => each.tag))}`];
  const missing = ((body ?? []) as string[]).filter((pattern) => !matches(pattern, seen.body));
  if (missing.length > 0) return [`a body like ${missing.map((each) => `/${each}/i`).join(', ')}`, seen.body];
  return draft === undefined ? null : equal(`draft: ${show(draft)}`, `draft: ${seen.draft}`);
}

function pull({ pulls }: RepoView, wanted: Keys): Miss {
  const found = pulls.some(
    (each) =>
      holds(wanted['title'], (title: string) => matches(title, each.title)) &&
      holds(wanted['base'], (base: string) => base === each.base) &&
      holds(wanted['draft'], (draft: boolean) => draft === each.draft) &&
      holds(wanted['labels'], (labels: string[]) => labels.every((label) => each.labels.includes(label))),
  );
  return found ? null : [`a pull request like ${show(wanted)}`, show(pulls)];
}

function dispatched({ dispatches }: RepoView, wanted: Keys): Miss {
  const inputs = Object.entries((wanted['inputs'] ?? {}) as Keys);
  const found = dispatches.some(
    (each) =>
      each.workflow === wanted['workflow'] && inputs.every(([name, value]) => each.inputs[name] === String(value)),
  );
  return found ? null : [`a dispatch like ${show(wanted)}`, show(dispatches)];
}

function contents(repository: RepoView, branch: string, files: Readonly<Record<string, string | null>>): Miss {
  const trim = (text: string | null) => text?.trimEnd() ?? null;
  const wrong = Object.entries(files).filter(([path, text]) => trim(repository.file(branch, path)) !== trim(text));
  if (wrong.length === 0) return null;
  const seen = wrong.map(([path]) => [path, repository.file(branch, path)]);
  return [`on ${branch} ${show(Object.fromEntries(wrong))}`, show(Object.fromEntries(seen))];
}

function reactions(stage: Stage, as: string, expected: readonly string[]): Miss {
  const thread = stage.threadOf.get(as);
  const { comments = [], reviews = [] } = thread === undefined ? {} : stage.fake.thread(thread);
  const found = [...comments, ...reviews].find((each) => each.as === as);
  if (!found) return [`reactions on ${as}`, 'no such comment or review on GitHub'];
  const [want, have] = [expected.toSorted(), found.reactions.toSorted()];
  return show(want) === show(have) ? null : [`${as}: ${show(want)}`, `${as}: ${show(have)}`];
}

/** Each as often as it is there, in any order. */
const inOrder = (names: unknown) => show((names as readonly string[]).toSorted());

/** The first of several checks that misses. */
const first = (misses: readonly Miss[]) => misses.find((miss) => miss !== null) ?? null;

/** Keys of `expect` that speak of the repository, the last `http` step or the bot's calls. */
export const repositoryExpectations: Readonly<Record<string, Check>> = {
  reactions: ({ stage }, expected) =>
    first(Object.entries(expected as Record<string, string[]>).map(([as, want]) => reactions(stage, as, want))),
  release: ({ repository }, expected) => release(repository, expected as Keys),
  branch: ({ repository }, expected) => {
    const missing = (expected as string[]).filter((name) => !repository.branches.includes(name));
    return missing.length === 0 ? null : [`branch ${show(missing)}`, show(repository.branches)];
  },
  'no-branch': ({ repository }, expected) => {
    const there = (expected as string[]).filter((name) => repository.branches.includes(name));
    return there.length === 0 ? null : [`no branch ${show(there)}`, show(repository.branches)];
  },
  'branch-has': ({ repository }, expected) =>
    first(
      Object.entries(expected as Record<string, Record<string, string | null>>).map(([branch, files]) =>
        contents(repository, branch, files),
      ),
    ),
  'pull-count': ({ repository }, expected) => equal(expected, repository.pulls.length),
  pull: ({ repository }, expected) => pull(repository, expected as Keys),
  calls: ({ stage: { calls } }, expected) => {
    const { max, writes } = expected as { max?: number; writes?: number };
    if (calls.all <= (max ?? Infinity) && calls.writes <= (writes ?? Infinity)) return null;
    return [`at most ${show(expected)}`, `${calls.all} calls, ${calls.writes} of them writes`];
  },
  status: ({ stage }, expected) =>
    stage.httpStatus === null ? [show(expected), 'no `http` step before'] : equal(expected, stage.httpStatus),
  dispatched: ({ repository }, expected) => dispatched(repository, expected as Keys),
  reruns: ({ repository }, expected) => equal(inOrder(expected), inOrder(repository.reruns)),
  'approved-runs': ({ repository }, expected) => equal(inOrder(expected), inOrder(repository.approvedRuns)),
  dispatches: ({ repository }, expected) => equal(expected, repository.dispatches.length),
  'faults-left': ({ stage: { fake } }, expected) => {
    const left = fake.faultsLeft();
    return left.length === expected ? null : [show(expected), `${left.length}: ${show(left)}`];
  },
};
