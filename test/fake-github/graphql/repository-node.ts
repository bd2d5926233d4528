import { isPull } from '../changes/announce.ts';
import { fullName, repoName, repositoryId } from '../hub.ts';
import { nodeId, repositoryNode, webRepo } from '../render/account.ts';
import { pushedAt } from '../render/repository.ts';
import { findCommit } from '../resolve-ref.ts';
import type { Thread } from '../state.ts';
import { organisationNode } from './actor-nodes.ts';
import { commitNode, objectAt } from './commit-nodes.ts';
import { labelNode, milestoneNode } from './label-and-comment-nodes.ts';
import { queueNode } from './queue-nodes.ts';
import { releaseOf } from './release-node.ts';
import { connection, need, notFound, type Args, type Gql, type Node } from './resolving.ts';
import { threadNodeOf } from './thread-nodes.ts';

export function refNode(gql: Gql, name: string): Node | null {
  const commit = gql.hub.state.git.commits.get(gql.hub.state.refs.get(name) ?? '');
  if (!commit) return null;
  const [kind = '', ...rest] = name.split('/');
  return {
    __typename: 'Ref',
    id: nodeId('REF', name.replaceAll('/', '_')),
    name: rest.join('/'),
    prefix: `refs/${kind}/`,
    target: () => commitNode(gql, commit),
    branchProtectionRule: null,
  };
}

function objectFor(gql: Gql, args: Args): Node | null {
  need(gql, 'contents:read');
  const expression = (args['expression'] ?? args['oid'] ?? '') as string;
  const colon = expression.indexOf(':');
  const commit = findCommit(gql.hub, colon < 0 ? expression : expression.slice(0, colon));
  if (!commit) return null;
  return colon < 0 ? commitNode(gql, commit) : objectAt(gql, commit, expression.slice(colon + 1));
}

function threadNumbered(gql: Gql, args: Args, kind: string, fits: (thread: Thread) => boolean): Node {
  const thread = gql.hub.state.threads.get(args['number'] as number);
  if (!thread || !fits(thread)) {
    const number = String(args['number']);
    throw notFound(`Could not resolve to ${kind} with the number of ${number}.`);
  }
  return threadNodeOf(gql, thread);
}

function threadList(gql: Gql, args: Args, pulls: boolean): Node {
  const name = pulls ? 'pullRequests' : 'issues';
  const states = args['states'] as string[] | undefined;
  const labels = (args['labels'] as string[] | undefined)?.map((one) => one.toLowerCase());
  const state = (thread: Thread) => (thread.pull?.mergedAt ? 'MERGED' : thread.state.toUpperCase());
  const found = [...gql.hub.state.threads.values()].filter(
    (thread) =>
      isPull(thread) === pulls &&
      (!states || states.includes(state(thread))) &&
      (!labels || thread.labels.some((label) => labels.includes(label.name.toLowerCase()))) &&
      (args['baseRefName'] === undefined || thread.pull?.baseRef === args['baseRefName']) &&
      (args['headRefName'] === undefined || thread.pull?.headRef === args['headRefName']),
  );
  const order = args['orderBy'] as { field: string; direction: string } | undefined;
  const key = order?.field === 'UPDATED_AT' ? ('updatedAt' as const) : ('createdAt' as const);
  const up = order?.direction === 'DESC' ? -1 : 1;
  const sorted = found.toSorted((a, b) => up * (a[key] - b[key] || a.number - b.number));
  return connection(
    sorted,
    args,
    (one) => one.number,
    (one) => threadNodeOf(gql, one),
    name,
  );
}

function threadFields(gql: Gql): Node {
  return {
    issue: (args: Args) => threadNumbered(gql, args, 'an Issue', (one) => !one.pull),
    pullRequest: (args: Args) => threadNumbered(gql, args, 'a PullRequest', (one) => one.pull !== null),
    issueOrPullRequest: (args: Args) => threadNumbered(gql, args, 'an issue or pull request', () => true),
    issues: (args: Args) => threadList(gql, args, false),
    pullRequests: (args: Args) => threadList(gql, args, true),
  };
}

function labelFields(gql: Gql): Node {
  const { labels, milestones } = gql.hub.state;
  return {
    label: (args: Args) => {
      const found = labels.get((args['name'] as string).toLowerCase());
      return found ? labelNode(gql, found) : null;
    },
    labels: (args: Args) => {
      const query = ((args['query'] as string | undefined) ?? '').toLowerCase();
      const found = [...labels.values()].filter((one) => one.name.toLowerCase().includes(query));
      return connection(
        found,
        args,
        (one) => one.id,
        (one) => labelNode(gql, one),
        'labels',
      );
    },
    milestones: (args: Args) =>
      connection(
        milestones,
        args,
        (one) => one.id,
        (one) => milestoneNode(gql, one),
        'milestones',
      ),
  };
}

function refFields(gql: Gql): Node {
  const { refs } = gql.hub.state;
  return {
    defaultBranchRef: () => refNode(gql, 'heads/main'),
    ref: (args: Args) => {
      const name = (args['qualifiedName'] as string).replace(/^refs\//, '');
      return refNode(gql, name) ?? refNode(gql, `heads/${name}`) ?? refNode(gql, `tags/${name}`);
    },
    refs: (args: Args) => {
      const prefix = (args['refPrefix'] as string).replace(/^refs\//, '');
      const names = [...refs.keys()].filter((name) => name.startsWith(prefix)).sort();
      return connection(
        names,
        args,
        (name) => name,
        (name) => refNode(gql, name),
        'refs',
      );
    },
    object: (args: Args) => objectFor(gql, args),
    release: (args: Args) => releaseOf(gql, args),
  };
}

export function repositoryNodeOf(gql: Gql): Node {
  return {
    __typename: 'Repository',
    id: repositoryNode(gql.hub),
    databaseId: repositoryId(gql.hub),
    name: repoName(gql.hub),
    nameWithOwner: fullName(gql.hub),
    owner: organisationNode(gql),
    description: null,
    url: webRepo(gql.hub),
    pushedAt: pushedAt(gql.hub),
    isPrivate: false,
    isInOrganization: () => true,
    isArchived: gql.hub.state.repository.archived,
    isDisabled: false,
    isFork: false,
    visibility: 'PUBLIC',
    mergeCommitAllowed: true,
    squashMergeAllowed: true,
    rebaseMergeAllowed: true,
    deleteBranchOnMerge: false,
    autoMergeAllowed: false,
    mergeQueue: (args: Args) => queueNode(gql, (args['branch'] as string | undefined) ?? 'main'),
    ...refFields(gql),
    ...labelFields(gql),
    ...threadFields(gql),
  };
}
