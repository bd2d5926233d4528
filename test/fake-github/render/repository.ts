import { birthday, fullName, iso, ownerOf, repoName, repositoryId, type Hub } from '../hub.ts';
import type { Label, Milestone, Release } from '../state.ts';
import { apiRepo, nodeId, repositoryNode, userJson, webRepo } from './account.ts';

/** When anything was pushed last. */
export const pushedAt = (hub: Hub): string => iso(hub.state.activity.at(-1)?.at ?? birthday);
const links: Readonly<Record<string, string>> = {
  contributors: '',
  downloads: '',
  events: '',
  forks: '',
  git_commits: '{/sha}',
  git_refs: '{/sha}',
  git_tags: '{/sha}',
  hooks: '',
  issue_events: '{/number}',
  keys: '{/key_id}',
  languages: '',
  merges: '',
  notifications: '{?since,all,participating}',
  stargazers: '',
  subscribers: '',
  subscription: '',
  teams: '',
  archive: '{archive_format}{/ref}',
  assignees: '{/user}',
  blobs: '',
  branches: '{/branch}',
  collaborators: '{/collaborator}',
  comments: '{/number}',
  commits: '{/sha}',
  compare: '{base}...{head}',
  contents: '{+path}',
  deployments: '',
  issue_comment: '{/number}',
  issues: '{/number}',
  labels: '{/name}',
  milestones: '{/number}',
  pulls: '{/number}',
  releases: '{/id}',
  statuses: '{sha}',
  tags: '',
  trees: '{/sha}',
};

function linkFields(api: string): Record<string, string> {
  const place: Readonly<Record<string, string>> = {
    archive: '',
    blobs: 'git/blobs{/sha}',
    compare: 'compare/',
    contents: 'contents/',
    git_commits: 'git/commits',
    git_refs: 'git/refs',
    git_tags: 'git/tags',
    issue_comment: 'issues/comments',
    issue_events: 'issues/events',
    statuses: 'statuses/',
    trees: 'git/trees',
  };
  return Object.fromEntries(
    Object.entries(links).map(([name, end]) => [`${name}_url`, `${api}/${place[name] ?? name}${end}`]),
  );
}

/** What is the same for every repository of the fake. */
const plain = {
  homepage: null,
  size: 1,
  stargazers_count: 0,
  watchers_count: 0,
  language: null,
  has_issues: true,
  has_projects: true,
  has_downloads: true,
  has_wiki: false,
  has_pages: false,
  has_discussions: false,
  disabled: false,
  license: null,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
  topics: [],
  visibility: 'public',
  watchers: 0,
  custom_properties: {},
};

/** A repository as workflow runs name it. */
export function shortRepository(hub: Hub): Record<string, unknown> {
  return {
    id: repositoryId(hub),
    node_id: repositoryNode(hub),
    name: repoName(hub),
    full_name: fullName(hub),
    private: false,
    owner: userJson(hub, ownerOf(hub)),
    html_url: webRepo(hub),
    description: null,
    fork: false,
    url: apiRepo(hub),
    ...linkFields(apiRepo(hub)),
  };
}

export function repositoryJson(hub: Hub): Record<string, unknown> {
  const open = [...hub.state.threads.values()].filter((one) => one.state === 'open').length;
  return {
    ...shortRepository(hub),
    created_at: iso(birthday),
    updated_at: iso(birthday),
    pushed_at: pushedAt(hub),
    git_url: `git://localhost/${fullName(hub)}.git`,
    ssh_url: `git@localhost:${fullName(hub)}.git`,
    clone_url: `${webRepo(hub)}.git`,
    svn_url: webRepo(hub),
    mirror_url: null,
    ...plain,
    archived: hub.state.repository.archived,
    forks_count: hub.state.forks.size,
    open_issues_count: open,
    forks: hub.state.forks.size,
    open_issues: open,
    default_branch: 'main',
  };
}

/** What `GET /repos/{owner}/{repo}` adds for a reader with push rights. */
export const mergeSettings = {
  allow_squash_merge: true,
  allow_merge_commit: true,
  allow_rebase_merge: true,
  allow_auto_merge: false,
  delete_branch_on_merge: false,
  allow_update_branch: true,
  squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
  squash_merge_commit_message: 'COMMIT_MESSAGES',
  merge_commit_title: 'MERGE_MESSAGE',
  merge_commit_message: 'PR_TITLE',
};

export function labelJson(hub: Hub, label: Label): Record<string, unknown> {
  return {
    id: label.id,
    node_id: nodeId('LA', label.id),
    url: `${apiRepo(hub)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

export function milestoneJson(hub: Hub, milestone: Milestone): Record<string, unknown> {
  const url = `${apiRepo(hub)}/milestones/${milestone.number}`;
  const inside = [...hub.state.threads.values()].filter((one) => one.milestone === milestone);
  return {
    url,
    html_url: `${webRepo(hub)}/milestone/${milestone.number}`,
    labels_url: `${url}/labels`,
    id: milestone.id,
    node_id: nodeId('MI', milestone.id),
    number: milestone.number,
    title: milestone.title,
    description: milestone.description,
    creator: userJson(hub, milestone.creator),
    open_issues: inside.filter((one) => one.state === 'open').length,
    closed_issues: inside.filter((one) => one.state === 'closed').length,
    state: milestone.state,
    created_at: iso(milestone.createdAt),
    updated_at: iso(milestone.updatedAt),
    due_on: milestone.dueOn,
    closed_at: milestone.state === 'closed' ? iso(milestone.updatedAt) : null,
  };
}

export function releaseJson(hub: Hub, release: Release): Record<string, unknown> {
  const url = `${apiRepo(hub)}/releases/${release.id}`;
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${url}/assets{?name,label}`,
    html_url: `${webRepo(hub)}/releases/tag/${encodeURIComponent(release.tag)}`,
    id: release.id,
    author: userJson(hub, release.author),
    node_id: nodeId('RE', release.id),
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    draft: release.draft,
    immutable: false,
    prerelease: release.prerelease,
    created_at: iso(release.createdAt),
    updated_at: iso(release.createdAt),
    published_at: release.publishedAt === null ? null : iso(release.publishedAt),
    assets: [],
    tarball_url: `${apiRepo(hub)}/tarball/${release.tag}`,
    zipball_url: `${apiRepo(hub)}/zipball/${release.tag}`,
    body: release.body,
  };
}
