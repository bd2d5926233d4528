import type { CommitView, RepoView, ThreadView } from './fake-github.ts';
import { blobText, entryAt } from './git-objects.ts';
import { branchTip, inRepository, botLogin, isBot, repositoryNamed, thread as findThread, type Hub } from './hub.ts';
import { approvals } from './mergeability.ts';
import { commentsOf } from './render/thread.ts';
import type { CheckRun, Comment, Reaction, Review, Thread } from './state.ts';

export function repositoryHub(hub: Hub, name: string): Hub {
  const found = repositoryNamed(hub, name, true);
  if (!found) throw new Error(`there is no repository ${name}`);
  return inRepository(hub, found);
}

/** The hub of the repository where this name was given. */
export function hubOfNamed(hub: Hub, as: string): Hub {
  const found = hub.state.names.get(as);
  const state = found && hub.state.site.repositories.get(found.repository);
  return state ? inRepository(hub, state) : hub;
}

export function named(hub: Hub, as: string): Thread {
  const found = hub.state.names.get(as);
  if (found?.kind !== 'thread') throw new Error(`no issue or pull request was called ${as}`);
  return findThread(hubOfNamed(hub, as), found.id);
}

function commentView(hub: Hub, comment: Comment): ThreadView['comments'][number] {
  return {
    id: comment.id,
    as: comment.as,
    by: comment.user.login,
    us: isBot(hub, comment.user),
    body: comment.body,
    minimized: comment.minimized !== null,
    reactions: ourReactions(hub, comment.reactions),
  };
}

const ourReactions = (hub: Hub, reactions: readonly Reaction[]): string[] =>
  reactions.filter((one) => isBot(hub, one.user)).map((one) => one.content);

function reviewView(hub: Hub, { as, user, state, reactions }: Review): ThreadView['reviews'][number] {
  return { as, by: user.login, state, reactions: ourReactions(hub, reactions) };
}

export function threadView(given: Hub, as: string): ThreadView {
  const hub = hubOfNamed(given, as);
  const thread = named(hub, as);
  const { pull } = thread;
  return {
    number: thread.number,
    kind: pull ? 'pull' : 'issue',
    state: pull && pull.mergedAt !== null ? 'merged' : thread.state,
    reason: thread.reason,
    title: thread.title,
    body: thread.body,
    labels: thread.labels.map((label) => label.name),
    assignees: thread.assignees.map((who) => who.login),
    reviewers: [
      ...(pull?.reviewers.map((who) => who.login) ?? []),
      ...(pull?.teams.map((team) => `@acme/${team.slug}`) ?? []),
    ],
    milestone: thread.milestone?.title ?? null,
    draft: pull?.draft ?? false,
    locked: thread.locked,
    queued: hub.state.queue.some(({ number }) => number === thread.number),
    base: pull?.baseRef ?? null,
    head: pull?.headSha ?? null,
    approvals: pull ? approvals(pull).length : 0,
    mergedBy: pull?.mergedBy?.login ?? null,
    mergeMethod: pull?.mergeMethod ?? null,
    mergedShaIsHead: pull?.mergedShaIsHead ?? null,
    comments: commentsOf(hub, thread).map((comment) => commentView(hub, comment)),
    reviews: (pull?.reviews ?? []).map((review) => reviewView(hub, review)),
  };
}

function commitFor(hub: Hub, on: string): string {
  const found = hub.state.names.get(on);
  const sha =
    found?.kind === 'thread'
      ? findThread(hub, found.id).pull?.headSha
      : on === 'pool'
        ? hub.state.candidate
        : on === 'group'
          ? hub.state.group
          : (branchTip(hub, on) ?? hub.state.git.commits.get(on)?.sha);
  if (!sha) throw new Error(`no pull request, branch or commit is called ${on}`);
  return sha;
}

const conclusion = (run: CheckRun): string =>
  run.status !== 'completed' || run.rerequested ? 'pending' : (run.conclusion ?? 'pending');

/** A commit, and those before it as long as it only brings in the base for our App. */
function sinceOurUpdates(hub: Hub, sha: string): string[] {
  const commit = hub.state.git.commits.get(sha);
  const [before, other] = commit?.parents ?? [];
  const isOurs = commit?.author.name === botLogin(hub) && before !== undefined && other !== undefined;
  return [sha, ...(isOurs ? sinceOurUpdates(hub, before) : [])];
}

export function commitView(given: Hub, on: string): CommitView {
  const hub = hubOfNamed(given, on);
  const sha = commitFor(hub, on);
  const ours = [...hub.state.runs.values()].filter((run) => run.suite.headSha === sha && run.suite.app.ours);
  const statuses = hub.state.statuses.filter((one) => one.sha === sha && isBot(hub, one.creator));
  const shown = ({ output }: CheckRun) => ({
    title: output.title ?? '',
    summary: output.summary ?? '',
    text: output.text ?? '',
  });
  return {
    checks: Object.fromEntries(ours.map((run) => [run.name, conclusion(run)])),
    checkSummaries: Object.fromEntries(ours.map((run) => [run.name, shown(run)])),
    statuses: Object.fromEntries(statuses.map((one) => [one.context, one.state])),
    since: sinceOurUpdates(hub, sha),
  };
}

export function repoView(hub: Hub): RepoView {
  const { state } = hub;
  const pulls = [...state.threads.values()].filter((one) => one.pull !== null);
  return {
    branches: [...state.refs.keys()]
      .filter((name) => name.startsWith('heads/'))
      .map((name) => name.slice('heads/'.length)),
    file: (branch, path) => {
      const tree = state.git.commits.get(branchTip(hub, branch) ?? '')?.tree;
      const entry = tree === undefined ? null : entryAt(state.git, tree, path);
      return entry?.type === 'blob' ? blobText(state.git, entry.sha) : null;
    },
    labels: [...state.labels.values()].map(({ name, color, description }) => ({ name, color, description })),
    releases: [...state.releases.values()].map(({ tag, body, draft }) => ({ tag, body, draft })),
    pulls: pulls.map(({ number, title, labels, pull }) => ({
      number,
      title,
      base: pull?.baseRef ?? '',
      draft: pull?.draft ?? false,
      labels: labels.map((label) => label.name),
    })),
    dispatches: state.dispatches,
    reruns: state.reruns,
    approvedRuns: state.approvedRuns,
  };
}
