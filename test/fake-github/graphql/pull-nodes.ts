import { iso, isoOrNull, repoName, type Hub } from '../hub.ts';
import type { ChangedFile } from '../git-history.ts';
import { approvals, mergeability, opinions, protectionBlocks } from '../mergeability.ts';
import { rulesFor } from '../protection.ts';
import { nodeId } from '../render/account.ts';
import { pullCommits, pullFiles, reviewJson, type PullThread } from '../render/pull.ts';
import { webThread } from '../render/thread.ts';
import type { Commit } from '../git-objects.ts';
import type { Account, Pull, Review, Team } from '../state.ts';
import { actorNode, actorOrNull, organisationNode, reactable, teamNode } from './actor-nodes.ts';
import { commitNode } from './commit-nodes.ts';
import { queueFields } from './queue-nodes.ts';
import { refNode, repositoryNodeOf } from './repository-node.ts';
import { connection, need, type Args, type Gql, type Node } from './resolving.ts';

const changeTypes = { added: 'ADDED', removed: 'DELETED', modified: 'MODIFIED', renamed: 'RENAMED' } as const;

function fileNode(file: ChangedFile): Node {
  const { filename: path, additions, deletions } = file;
  return { path, additions, deletions, changeType: changeTypes[file.status], viewerViewedState: 'UNVIEWED' };
}

export function reviewNode(gql: Gql, thread: PullThread, review: Review): Node {
  const commit = gql.hub.state.git.commits.get(review.commit);
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PRR', review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    state: review.state,
    body: review.body,
    author: actorNode(gql, review.user),
    authorAssociation: reviewJson(gql.hub, thread, review)['author_association'],
    authorCanPushToRepository: ['write', 'maintain', 'admin'].includes(
      gql.hub.state.roles.get(review.user.login.toLowerCase()) ?? '',
    ),
    commit: commit ? commitNode(gql, commit) : null,
    submittedAt: iso(review.submittedAt),
    lastEditedAt: null,
    createdAt: iso(review.submittedAt),
    updatedAt: iso(review.submittedAt),
    url: `${webThread(gql.hub, thread)}#pullrequestreview-${review.id}`,
    ...reactable(gql, review.reactions),
  };
}

function reviewLists(gql: Gql, thread: PullThread): Node {
  const { pull } = thread;
  const list = (all: readonly Review[], name: string) => (args: Args) => {
    const states = args['states'] as string[] | undefined;
    const shown = all.filter((one) => !states || states.includes(one.state));
    return connection(
      shown,
      args,
      (one) => one.id,
      (one) => reviewNode(gql, thread, one),
      name,
    );
  };
  const latest = [...new Map(pull.reviews.map((one) => [one.user.id, one])).values()];
  return {
    reviews: list(pull.reviews, 'reviews'),
    latestReviews: list(latest, 'latestReviews'),
    latestOpinionatedReviews: list(opinions(pull), 'latestOpinionatedReviews'),
    reviewRequests: (args: Args) => requests(gql, pull, args),
    reviewDecision: () => decision(gql.hub, thread),
  };
}

function requests(gql: Gql, pull: Pull, args: Args): Node {
  const all: (Account | Team)[] = [...pull.reviewers, ...pull.teams];
  const node = (one: Account | Team) => ({
    __typename: 'ReviewRequest',
    id: nodeId('RR', one.id),
    databaseId: one.id,
    asCodeOwner: false,
    requestedReviewer: 'slug' in one ? teamNode(gql, one) : actorNode(gql, one),
  });
  return connection(all, args, (one) => one.id, node, 'reviewRequests');
}

function decision(hub: Hub, thread: PullThread): string | null {
  const wanted = rulesFor(hub, thread.pull.baseRef).approvals;
  if (opinions(thread.pull).some((one) => one.state === 'CHANGES_REQUESTED')) return 'CHANGES_REQUESTED';
  if (wanted === 0) return approvals(thread.pull).length > 0 ? 'APPROVED' : null;
  return protectionBlocks(hub, thread)?.text.includes('review') ? 'REVIEW_REQUIRED' : 'APPROVED';
}

function headRepository(gql: Gql, pull: Pull): Node {
  if (!pull.fork) return repositoryNodeOf(gql);
  const { id, owner } = pull.fork;
  const nameWithOwner = `${owner.login}/${repoName(gql.hub)}`;
  const named = { id: nodeId('R', id), databaseId: id, name: repoName(gql.hub), nameWithOwner };
  return { __typename: 'Repository', ...named, isFork: true, isPrivate: false, owner: actorNode(gql, owner) };
}

const mergeable = (hub: Hub, thread: PullThread): string =>
  ({ true: 'MERGEABLE', false: 'CONFLICTING', null: 'UNKNOWN' })[String(mergeability(hub, thread).mergeable)] ??
  'UNKNOWN';

function gitFields(gql: Gql, thread: PullThread): Node {
  const { hub } = gql;
  const { pull } = thread;
  const files = () => pullFiles(hub, pull);
  const sum = (key: 'additions' | 'deletions') => files().reduce((total, file) => total + file[key], 0);
  const commit = (one: Commit) => ({
    __typename: 'PullRequestCommit',
    id: nodeId('PURC', one.sha),
    commit: commitNode(gql, one),
  });
  return {
    headRefOid: pull.headSha,
    headRefName: pull.headRef,
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    headRef: () => (pull.fork ? null : refNode(gql, `heads/${pull.headRef}`)),
    baseRef: () => refNode(gql, `heads/${pull.baseRef}`),
    headRepository: () => headRepository(gql, pull),
    headRepositoryOwner: () => (pull.fork ? actorNode(gql, pull.fork.owner) : organisationNode(gql)),
    baseRepository: () => repositoryNodeOf(gql),
    isCrossRepository: pull.fork !== null,
    maintainerCanModify: pull.maintainerCanModify,
    changedFiles: () => files().length,
    additions: () => sum('additions'),
    deletions: () => sum('deletions'),
    mergeable: () => mergeable(hub, thread),
    mergeStateStatus: () => mergeability(hub, thread).state.toUpperCase(),
    files: (args: Args) => connection(files(), args, (one) => one.filename, fileNode, 'files'),
    commits: (args: Args) => connection(pullCommits(hub, pull), args, (one) => one.sha, commit, 'commits'),
    statusCheckRollup: () => {
      need(gql, 'checks:read', 'statuses:read');
      const head = hub.state.git.commits.get(pull.headSha);
      return head ? (commitNode(gql, head)['statusCheckRollup'] as () => unknown)() : null;
    },
  };
}

export function pullFields(gql: Gql, thread: PullThread): Node {
  const { pull } = thread;
  const merge = gql.hub.state.git.commits.get(pull.mergeCommit ?? '');
  return {
    __typename: 'PullRequest',
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    state: pull.mergedAt === null ? thread.state.toUpperCase() : 'MERGED',
    isDraft: pull.draft,
    merged: pull.mergedAt !== null,
    mergedAt: isoOrNull(pull.mergedAt),
    mergedBy: actorOrNull(gql, pull.mergedBy),
    mergeCommit: merge ? commitNode(gql, merge) : null,
    autoMergeRequest: null,
    potentialMergeCommit: null,
    ...queueFields(gql, thread),
    ...gitFields(gql, thread),
    ...reviewLists(gql, thread),
  };
}
