import { ApiError } from '../api-error.ts';
import { ok, on, page, param, type Call, type Reply, type Route } from '../call.ts';
import { changedFiles, commitsBetween, history, mergeBase } from '../git-history.ts';
import { blobBytes, entryAt, type Commit } from '../git-objects.ts';
import { iso, ownerOf, type Hub } from '../hub.ts';
import { apiRepo, userJson, webRepo } from '../render/account.ts';
import { commitJson, entryJson, fileJson } from '../render/commit.ts';
import { protectionSummary } from '../render/protection.ts';
import { mergeSettings, repositoryJson } from '../render/repository.ts';
import { findCommit, resolveCommit } from '../resolve-ref.ts';

const repo = '/repos/{owner}/{repo}';
const largestInline = 1_048_576;

function contents(call: Call): Reply {
  const { hub } = call;
  const ref = call.query.get('ref') ?? 'main';
  const path = param(call, 'path').replace(/\/$/, '');
  const commit = findCommit(hub, ref);
  if (!commit) throw new ApiError(404, `No commit found for the ref ${ref}`);
  const git = hub.state.git;
  const entry = entryAt(git, commit.tree, path);
  if (!entry) throw new ApiError(404, 'Not Found');
  if (entry.type === 'tree') {
    const inside = git.trees.get(entry.sha) ?? [];
    const full = (name: string) => (path ? `${path}/${name}` : name);
    const size = (sha: string) => blobBytes(git, sha).length;
    return ok(inside.map((one) => entryJson(hub, one, full(one.name), one.type === 'blob' ? size(one.sha) : 0, ref)));
  }
  const bytes = blobBytes(git, entry.sha);
  if (/\braw\b/.test(call.accept)) return ok(bytes.toString('utf8'));
  const inline = bytes.length <= largestInline;
  const content = inline ? bytes.toString('base64').replace(/(.{60})/g, '$1\n') : '';
  const shown = { encoding: inline ? 'base64' : 'none', content };
  return ok({ ...entryJson(hub, entry, path, bytes.length, ref), ...shown });
}

function compare(call: Call): Reply {
  const { hub } = call;
  const [left = '', right = ''] = param(call, 'basehead').split('...');
  const plain = (name: string) => name.replace(`${ownerOf(hub).login}:`, '');
  const [base, head] = [findCommit(hub, plain(left)), findCommit(hub, plain(right))];
  if (!base || !head) throw new ApiError(404, 'Not Found');
  const git = hub.state.git;
  const root = git.commits.get(mergeBase(git, base.sha, head.sha) ?? '');
  if (!root) throw new ApiError(404, `No common ancestor between ${left} and ${right}.`);
  const ahead = commitsBetween(git, base.sha, head.sha);
  const behind = commitsBetween(git, head.sha, base.sha);
  const status =
    ahead.length === 0 ? (behind.length === 0 ? 'identical' : 'behind') : behind.length === 0 ? 'ahead' : 'diverged';
  // Files are listed on the first page only: "Compare two commits".
  const files = Number(call.query.get('page') ?? 1) > 1 ? [] : changedFiles(git, root.tree, head.tree).slice(0, 300);
  const web = `${webRepo(hub)}/compare/${left}...${right}`;
  return page(
    call,
    ahead,
    (commit) => commitJson(hub, commit),
    (commits) => ({
      url: `${apiRepo(hub)}/compare/${left}...${right}`,
      html_url: web,
      permalink_url: web,
      diff_url: `${web}.diff`,
      patch_url: `${web}.patch`,
      base_commit: commitJson(hub, base),
      merge_base_commit: commitJson(hub, root),
      status,
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits,
      files: files.map((file) => fileJson(hub, file, head.sha)),
    }),
  );
}

function touching(hub: Hub, commit: Commit, path: string): boolean {
  const git = hub.state.git;
  const before = entryAt(git, git.commits.get(commit.parents[0] ?? '')?.tree ?? '', path);
  return before?.sha !== entryAt(git, commit.tree, path)?.sha;
}

function commits(call: Call): Reply {
  const { hub, query } = call;
  const start = findCommit(hub, query.get('sha') ?? 'main');
  if (!start) throw new ApiError(404, 'Not Found');
  const since = Date.parse(query.get('since') ?? '1970-01-01T00:00:00Z');
  const path = query.get('path');
  const list = history(hub.state.git, start.sha).filter(
    (commit) => commit.committer.date >= since && (path === null || touching(hub, commit, path)),
  );
  return page(call, list, (commit) => commitJson(hub, commit));
}

function oneCommit(call: Call): Reply {
  const commit = resolveCommit(call.hub, param(call, 'ref'));
  const git = call.hub.state.git;
  const files = changedFiles(git, git.commits.get(commit.parents[0] ?? '')?.tree ?? '', commit.tree);
  const sum = (key: 'additions' | 'deletions') => files.reduce((total, file) => total + file[key], 0);
  const [additions, deletions] = [sum('additions'), sum('deletions')];
  return ok({
    ...commitJson(call.hub, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: files.map((file) => fileJson(call.hub, file, commit.sha)),
  });
}

function branchJson(call: Call, name: string, whole: boolean): Record<string, unknown> {
  const { hub } = call;
  const commit = hub.state.git.commits.get(hub.state.refs.get(`heads/${name}`) ?? '');
  if (!commit) throw new ApiError(404, 'Branch not found');
  const protection = { protected: hub.state.protections.has(name), protection: protectionSummary(hub, name) };
  const url = `${apiRepo(hub)}/branches/${name}`;
  const short = { name, commit: { sha: commit.sha, url: `${apiRepo(hub)}/commits/${commit.sha}` }, ...protection };
  const links = { self: url, html: `${webRepo(hub)}/tree/${name}` };
  return whole
    ? { ...short, commit: commitJson(hub, commit), _links: links, protection_url: `${url}/protection` }
    : short;
}

const branchNames = (hub: Hub): string[] =>
  [...hub.state.refs.keys()]
    .filter((name) => name.startsWith('heads/'))
    .map((name) => name.slice('heads/'.length))
    .sort();

const branchRoutes: Route[] = [
  on(`GET ${repo}/branches`, 'contents:read', (call) =>
    page(call, branchNames(call.hub), (name) => branchJson(call, name, false)),
  ),
  on(`GET ${repo}/branches/{branch}`, 'contents:read', (call) => ok(branchJson(call, param(call, 'branch'), true))),
];

function activity(call: Call): Reply {
  const ref = call.query.get('ref');
  const full = ref === null || ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
  const kind = call.query.get('activity_type');
  const list = call.hub.state.activity
    .filter((one) => (full === null || one.ref === full) && (kind === null || one.kind === kind))
    .toReversed();
  return page(call, list, (one) => ({
    id: one.id,
    node_id: `PSH_kwDO${one.id}`,
    before: one.before,
    after: one.after,
    ref: one.ref,
    timestamp: iso(one.at),
    activity_type: one.kind,
    actor: userJson(call.hub, one.actor),
  }));
}

const repositoryReply = (call: Call): Reply => {
  const settings = call.grant.permissions['contents'] === 'write' ? mergeSettings : {};
  return ok({ ...repositoryJson(call.hub), ...settings, subscribers_count: 0, network_count: 0 });
};

export const contentRoutes: Route[] = [
  on('GET /repos/{owner}/{repo}', 'metadata:read', repositoryReply),
  on(`GET ${repo}/activity`, 'contents:read', activity),
  on(`GET ${repo}/contents/{path}`, 'contents:read', contents),
  on(`GET ${repo}/contents`, 'contents:read', contents),
  on(`GET ${repo}/compare/{basehead}`, 'contents:read', compare),
  on(`GET ${repo}/commits`, 'contents:read', commits),
  on(`GET ${repo}/commits/{ref}`, 'contents:read', oneCommit),
  ...branchRoutes,
];
