import { blobBytes, entryAt, isBinary, type Commit, type Signature, type TreeEntry } from '../git-objects.ts';
import { history } from '../git-history.ts';
import { contexts } from '../mergeability.ts';
import { iso, isoOrNull } from '../hub.ts';
import { nodeId, webRepo } from '../render/account.ts';
import { rulesFor } from '../protection.ts';
import { runJson, suiteRuns } from '../render/check.ts';
import { threadNode } from '../render/thread.ts';
import { combinedState, latestStatuses } from '../routes/checks.ts';
import type { CheckRun, Status, Suite } from '../state.ts';
import { actorNode } from './actor-nodes.ts';
import { connection, need, type Args, type Gql, type Node } from './resolving.ts';

const upper = (text: string | null): string | null => (text === null ? null : text.toUpperCase());

function gitActor(gql: Gql, who: Signature): Node {
  const found = who.login === null ? undefined : gql.hub.state.accounts.get(who.login.toLowerCase());
  const user = found?.type === 'User' ? actorNode(gql, found) : null;
  return { __typename: 'GitActor', name: who.name, email: who.email, date: iso(who.date), user };
}

function blobNode(gql: Gql, sha: string): Node {
  need(gql, 'contents:read');
  const bytes = blobBytes(gql.hub.state.git, sha);
  const binary = isBinary(bytes);
  return {
    __typename: 'Blob',
    id: nodeId('B', sha),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    text: binary ? null : bytes.toString('utf8'),
    byteSize: bytes.length,
    isBinary: binary,
    isTruncated: false,
  };
}

function treeNode(gql: Gql, sha: string, prefix: string): Node {
  const entries = () =>
    (gql.hub.state.git.trees.get(sha) ?? []).map((entry) => entryNode(gql, entry, `${prefix}${entry.name}`));
  return { __typename: 'Tree', id: nodeId('TR', sha), oid: sha, abbreviatedOid: sha.slice(0, 7), entries };
}

export function entryNode(gql: Gql, entry: TreeEntry, path: string): Node {
  const object = () => {
    if (entry.type === 'commit') return null;
    return entry.type === 'tree' ? treeNode(gql, entry.sha, `${path}/`) : blobNode(gql, entry.sha);
  };
  const size = () => (entry.type === 'blob' ? blobBytes(gql.hub.state.git, entry.sha).length : 0);
  const mode = parseInt(entry.mode, 8);
  return { __typename: 'TreeEntry', name: entry.name, path, mode, type: entry.type, oid: entry.sha, size, object };
}

export function objectAt(gql: Gql, commit: Commit, path: string): Node | null {
  const entry = entryAt(gql.hub.state.git, commit.tree, path);
  if (!entry || entry.type === 'commit') return null;
  return entry.type === 'tree' ? treeNode(gql, entry.sha, path ? `${path}/` : '') : blobNode(gql, entry.sha);
}

/** Whether the base of the pull request that is asked about requires a context of this name. */
function isRequired({ hub }: Gql, args: Args, name: string): boolean {
  const { pullRequestId: id, pullRequestNumber: number } = args;
  const thread = [...hub.state.threads.values()].find((one) => one.number === number || threadNode(one) === id);
  return rulesFor(hub, thread?.pull?.baseRef ?? 'main').checks.some((one) => one.name === name);
}

export function runNode(gql: Gql, run: CheckRun): Node {
  return {
    __typename: 'CheckRun',
    id: nodeId('CR', run.id),
    databaseId: run.id,
    fullDatabaseId: String(run.id),
    name: run.name,
    status: upper(run.status),
    conclusion: upper(run.conclusion),
    title: run.output.title,
    summary: run.output.summary,
    text: run.output.text,
    externalId: run.externalId || null,
    detailsUrl: run.detailsUrl,
    permalink: runJson(gql.hub, run)['html_url'],
    startedAt: iso(run.startedAt),
    completedAt: isoOrNull(run.completedAt),
    isRequired: (args: Args) => isRequired(gql, args, run.name),
    checkSuite: () => suiteNode(gql, run.suite),
  };
}

function wantedRuns(runs: readonly CheckRun[], filter: Args): CheckRun[] {
  const one = (key: string) => filter[key] as string | undefined;
  const many = (key: string) => filter[key] as string[] | undefined;
  const found = runs.filter(
    (run) =>
      (one('checkName') ?? run.name) === run.name &&
      ((filter['appId'] as number | undefined) ?? run.suite.app.id) === run.suite.app.id &&
      (one('status') ?? upper(run.status)) === upper(run.status) &&
      (many('statuses')?.includes(run.status.toUpperCase()) ?? true) &&
      (many('conclusions')?.includes(run.conclusion?.toUpperCase() ?? '') ?? true),
  );
  if (one('checkType') !== 'LATEST') return found;
  return [...new Map(found.map((run) => [run.name, run])).values()];
}

export function suiteNode(gql: Gql, suite: Suite): Node {
  const { app } = suite;
  return {
    __typename: 'CheckSuite',
    id: nodeId('CS', suite.id),
    databaseId: suite.id,
    status: upper(suite.status),
    conclusion: upper(suite.conclusion),
    app: { __typename: 'App', id: nodeId('A', app.id), databaseId: app.id, slug: app.slug, name: app.slug },
    branch: suite.headBranch === null ? null : { __typename: 'Ref', name: suite.headBranch },
    commit: () => commitNode(gql, gql.hub.state.git.commits.get(suite.headSha) as Commit),
    createdAt: iso(suite.createdAt),
    updatedAt: iso(suite.updatedAt),
    checkRuns: (args: Args) => {
      const runs = wantedRuns(suiteRuns(gql.hub, suite), (args['filterBy'] ?? {}) as Args);
      return connection(
        runs,
        args,
        (run) => run.id,
        (run) => runNode(gql, run),
        'checkRuns',
      );
    },
  };
}

function suites(gql: Gql, sha: string, args: Args): Node {
  need(gql, 'checks:read');
  const filter = (args['filterBy'] ?? {}) as Args;
  const found = [...gql.hub.state.suites.values()].filter(
    (suite) =>
      suite.headSha === sha &&
      ((filter['appId'] as number | undefined) ?? suite.app.id) === suite.app.id &&
      (filter['checkName'] === undefined || suiteRuns(gql.hub, suite).some((run) => run.name === filter['checkName'])),
  );
  return connection(
    found,
    args,
    (suite) => suite.id,
    (suite) => suiteNode(gql, suite),
    'checkSuites',
  );
}

function statusContext(gql: Gql, status: Status): Node {
  return {
    __typename: 'StatusContext',
    id: nodeId('SC', status.id),
    context: status.context,
    state: upper(status.state),
    description: status.description,
    targetUrl: status.targetUrl,
    creator: actorNode(gql, status.creator),
    createdAt: iso(status.createdAt),
    isRequired: (args: Args) => isRequired(gql, args, status.context),
  };
}

function statusNode(gql: Gql, sha: string): Node | null {
  need(gql, 'statuses:read');
  const all = latestStatuses(gql.hub, sha);
  if (all.length === 0) return null;
  const one = (args: Args) => {
    const found = all.find((status) => status.context === args['name']);
    return found ? statusContext(gql, found) : null;
  };
  const contextNodes = () => all.map((status) => statusContext(gql, status));
  return {
    __typename: 'Status',
    id: nodeId('ST', sha),
    state: upper(combinedState(all)),
    context: one,
    contexts: contextNodes,
  };
}

const pendingStates = new Set(['pending', '']);
const goodStates = new Set(['success', 'neutral', 'skipped']);

function rollupNode(gql: Gql, sha: string): Node | null {
  need(gql, 'checks:read', 'statuses:read');
  const states = [...contexts(gql.hub, sha).values()];
  if (states.length === 0) return null;
  const failed = states.some((state) => !goodStates.has(state) && !pendingStates.has(state));
  const state = failed ? 'FAILURE' : states.some((one) => pendingStates.has(one)) ? 'PENDING' : 'SUCCESS';
  const runs = [...gql.hub.state.runs.values()].filter((run) => run.suite.headSha === sha);
  const newest = [...new Map(runs.map((run) => [`${run.suite.id} ${run.name}`, run])).values()];
  const all = [
    ...newest.map((run) => runNode(gql, run)),
    ...latestStatuses(gql.hub, sha).map((one) => statusContext(gql, one)),
  ];
  const list = (args: Args) =>
    connection(
      all,
      args,
      (node) => String(node['id']),
      (node) => node,
      'contexts',
    );
  return { __typename: 'StatusCheckRollup', id: nodeId('SCR', sha), state, contexts: list };
}

/** What a commit leads to: parents, history, files. */
function commitLinks(gql: Gql, commit: Commit): Node {
  const { git } = gql.hub.state;
  const commits = (all: readonly Commit[], args: Args, name: string) =>
    connection(
      all,
      args,
      (one) => one.sha,
      (one) => commitNode(gql, one),
      name,
    );
  const parents = () => commit.parents.flatMap((sha) => git.commits.get(sha) ?? []);
  return {
    authors: (args: Args) =>
      connection(
        [commit.author],
        args,
        (who) => who.email,
        (who) => gitActor(gql, who),
        'authors',
      ),
    parents: (args: Args) => commits(parents(), args, 'parents'),
    history: (args: Args) => {
      need(gql, 'contents:read');
      return commits(history(git, commit.sha), args, 'history');
    },
    tree: () => treeNode(gql, commit.tree, ''),
    file: (args: Args) => {
      need(gql, 'contents:read');
      const entry = entryAt(git, commit.tree, args['path'] as string);
      return entry ? entryNode(gql, entry, args['path'] as string) : null;
    },
  };
}

export function commitNode(gql: Gql, commit: Commit): Node {
  const [headline = '', ...rest] = commit.message.split('\n');
  return {
    __typename: 'Commit',
    id: nodeId('C', commit.sha),
    oid: commit.sha,
    abbreviatedOid: commit.sha.slice(0, 7),
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join('\n').trim(),
    url: `${webRepo(gql.hub)}/commit/${commit.sha}`,
    committedDate: iso(commit.committer.date),
    authoredDate: iso(commit.author.date),
    author: gitActor(gql, commit.author),
    committer: gitActor(gql, commit.committer),
    // What the web flow commits, GitHub signs.
    signature:
      commit.committer.login === 'web-flow'
        ? { __typename: 'GpgSignature', isValid: true, wasSignedByGitHub: true }
        : null,
    status: () => statusNode(gql, commit.sha),
    checkSuites: (args: Args) => suites(gql, commit.sha, args),
    statusCheckRollup: () => rollupNode(gql, commit.sha),
    ...commitLinks(gql, commit),
  };
}
