import { fullName, iso, type Hub } from '../hub.ts';
import { changedFiles, type ChangedFile } from '../git-history.ts';
import type { Commit, Signature, TreeEntry } from '../git-objects.ts';
import { apiRepo, nodeId, userJson, webRepo } from './account.ts';

export const person = (who: Signature) => ({ name: who.name, email: who.email, date: iso(who.date) });

const accountOf = (hub: Hub, who: Signature) => {
  const found = who.login === null ? undefined : hub.state.accounts.get(who.login.toLowerCase());
  return found ? userJson(hub, found) : null;
};

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

export function commitJson(hub: Hub, commit: Commit): Record<string, unknown> {
  const url = `${apiRepo(hub)}/commits/${commit.sha}`;
  const git = `${apiRepo(hub)}/git`;
  return {
    sha: commit.sha,
    node_id: nodeId('C', commit.sha),
    commit: {
      author: person(commit.author),
      committer: person(commit.committer),
      message: commit.message,
      tree: { sha: commit.tree, url: `${git}/trees/${commit.tree}` },
      url: `${git}/commits/${commit.sha}`,
      comment_count: 0,
      verification: unsigned,
    },
    url,
    html_url: `${webRepo(hub)}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: accountOf(hub, commit.author),
    committer: accountOf(hub, commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${apiRepo(hub)}/commits/${sha}`,
      html_url: `${webRepo(hub)}/commit/${sha}`,
    })),
  };
}

export function gitCommitJson(hub: Hub, commit: Commit): Record<string, unknown> {
  const git = `${apiRepo(hub)}/git`;
  return {
    sha: commit.sha,
    node_id: nodeId('C', commit.sha),
    url: `${git}/commits/${commit.sha}`,
    html_url: `${webRepo(hub)}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    tree: { sha: commit.tree, url: `${git}/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${git}/commits/${sha}`,
      html_url: `${webRepo(hub)}/commit/${sha}`,
    })),
    verification: unsigned,
  };
}

/** A commit as `push`, `check_suite` and `merge_group` webhooks hold it. */
export function headCommit(commit: Commit): Record<string, unknown> {
  const who = (one: Signature) => ({ name: one.name, email: one.email });
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: iso(commit.committer.date),
    author: who(commit.author),
    committer: who(commit.committer),
  };
}

export function pushedCommit(hub: Hub, commit: Commit): Record<string, unknown> {
  const parent = hub.state.git.commits.get(commit.parents[0] ?? '');
  const files = changedFiles(hub.state.git, parent?.tree ?? '', commit.tree);
  const names = (...statuses: ChangedFile['status'][]) =>
    files.filter((file) => statuses.includes(file.status)).map((file) => file.filename);
  // The lists of a push know no renames: such a file is gone from one place and new at the other.
  const left = files.flatMap(({ previous }) => (previous === null ? [] : [previous]));
  const who = (one: Signature) => ({
    name: one.name,
    email: one.email,
    ...(one.login === null ? {} : { username: one.login }),
  });
  return {
    ...headCommit(commit),
    distinct: true,
    url: `${webRepo(hub)}/commit/${commit.sha}`,
    author: who(commit.author),
    committer: who(commit.committer),
    added: names('added', 'renamed'),
    removed: [...names('removed'), ...left],
    modified: names('modified'),
  };
}

export function fileJson(hub: Hub, file: ChangedFile, ref: string): Record<string, unknown> {
  const path = encodeURIComponent(file.filename).replaceAll('%2F', '/');
  return {
    sha: file.sha,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${webRepo(hub)}/blob/${ref}/${path}`,
    raw_url: `${webRepo(hub)}/raw/${ref}/${path}`,
    contents_url: `${apiRepo(hub)}/contents/${path}?ref=${ref}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previous === null ? {} : { previous_filename: file.previous }),
  };
}

export function entryJson(
  hub: Hub,
  entry: TreeEntry,
  path: string,
  size: number,
  ref: string,
): Record<string, unknown> {
  const url = `${apiRepo(hub)}/contents/${path}?ref=${ref}`;
  const kind =
    entry.type === 'tree'
      ? 'dir'
      : entry.type === 'commit'
        ? 'submodule'
        : entry.mode === '120000'
          ? 'symlink'
          : 'file';
  const git = `${apiRepo(hub)}/git/${entry.type === 'tree' ? 'trees' : 'blobs'}/${entry.sha}`;
  const html = `${webRepo(hub)}/${kind === 'dir' ? 'tree' : 'blob'}/${ref}/${path}`;
  return {
    name: path.split('/').at(-1),
    path,
    sha: entry.sha,
    size,
    url,
    html_url: html,
    git_url: git,
    download_url: kind === 'file' ? `${hub.web}/raw/${fullName(hub)}/${ref}/${path}` : null,
    type: kind,
    _links: { self: url, git, html },
  };
}
