import { z } from 'zod';
import { ApiError, invalid } from '../api-error.ts';
import { moveRef, needCommit } from '../changes/refs.ts';
import { empty, ok, on, page, param, taking, type Call, type Route } from '../call.ts';
import { ancestors, changedFiles, commitsBetween, contains, mergeCommits } from '../git-history.ts';
import { blobBytes, readTree, writeBlob, writeCommit, writeTree, type Signature } from '../git-objects.ts';
import { branchTip, signature, type Hub } from '../hub.ts';
import { missingChecks } from '../mergeability.ts';
import { rulesFor } from '../protection.ts';
import { apiRepo, nodeId } from '../render/account.ts';
import { commitJson, gitCommitJson } from '../render/commit.ts';
import { findCommit, resolveCommit } from '../resolve-ref.ts';

const git = '/repos/{owner}/{repo}/git';

function refJson(hub: Hub, name: string): Record<string, unknown> {
  const sha = hub.state.refs.get(name) ?? '';
  const object = { sha, type: 'commit', url: `${apiRepo(hub)}/git/commits/${sha}` };
  return {
    ref: `refs/${name}`,
    node_id: nodeId('REF', name.replaceAll('/', '_')),
    url: `${apiRepo(hub)}/git/refs/${name}`,
    object,
  };
}

function needRef(call: Call): string {
  const name = param(call, 'ref').replace(/^refs\//, '');
  if (!call.hub.state.refs.has(name)) throw new ApiError(404, 'Not Found');
  return name;
}

/** Protection also guards a direct push: what is required must have passed on the very commit. */
function checkProtection(hub: Hub, name: string, sha: string): void {
  const branch = name.replace(/^heads\//, '');
  if (!name.startsWith('heads/')) return;
  const rules = rulesFor(hub, branch);
  if (rules.queue) throw new ApiError(422, 'Changes must be made through the merge queue');
  const missing = missingChecks(hub, branch, sha)[0];
  if (missing !== undefined) throw new ApiError(422, `Required status check "${missing}" is expected.`);
  if (rules.approvals > 0) throw new ApiError(422, `Changes must be made through a pull request.`);
}

/** Commits that no branch or tag has yet may not change workflows without the right for it. */
function checkWorkflows(call: Call, sha: string): void {
  if (call.grant.permissions['workflows'] === 'write') return;
  const { git: data, refs } = call.hub.state;
  const known = new Set([...refs.values()].flatMap((tip) => [...ancestors(data, tip)]));
  const tree = (commit: string | undefined) => data.commits.get(commit ?? '')?.tree ?? '';
  const paths = commitsBetween(data, '', sha)
    .filter((commit) => !known.has(commit.sha))
    .flatMap(({ tree: now, parents }) => changedFiles(data, tree(parents[0]), now).map(({ filename }) => filename));
  const path = paths.find((one) => one.startsWith('.github/workflows/'));
  const words = 'refusing to allow a GitHub App to create or update workflow';
  if (path !== undefined) throw new ApiError(403, `${words} \`${path}\` without \`workflows\` permission`);
}

const refCreation = z.strictObject({ ref: z.string(), sha: z.string() });

function createRef(call: Call<z.infer<typeof refCreation>>) {
  const { ref, sha } = call.body;
  if (!/^refs\/(heads|tags)\/./.test(ref))
    throw new ApiError(422, 'Reference name must start with refs/ and contain at least two slashes');
  const name = ref.slice('refs/'.length);
  if (call.hub.state.refs.has(name)) throw new ApiError(422, 'Reference already exists');
  needCommit(call.hub, sha);
  checkWorkflows(call, sha);
  moveRef(call.hub, call.actor, name, sha);
  return ok(refJson(call.hub, name), 201);
}

function updateRef(call: Call<{ sha: string; force?: boolean | undefined }>) {
  const { sha, force = false } = call.body;
  const name = param(call, 'ref');
  const before = call.hub.state.refs.get(name);
  if (before === undefined) throw new ApiError(422, 'Reference does not exist');
  needCommit(call.hub, sha);
  if (!force && !contains(call.hub.state.git, sha, before)) throw new ApiError(422, 'Update is not a fast forward');
  checkProtection(call.hub, name, sha);
  checkWorkflows(call, sha);
  moveRef(call.hub, call.actor, name, sha);
  return ok(refJson(call.hub, name));
}

const refRoutes: Route[] = [
  on(`GET ${git}/ref/{ref}`, 'contents:read', (call) => ok(refJson(call.hub, needRef(call)))),
  on(`GET ${git}/matching-refs/{ref}`, 'contents:read', (call) => {
    const names = [...call.hub.state.refs.keys()].filter((name) => name.startsWith(param(call, 'ref')));
    return page(call, names.filter((name) => !name.includes(':')).sort(), (name) => refJson(call.hub, name));
  }),
  taking(`POST ${git}/refs`, 'contents:write', refCreation, createRef),
  taking(
    `PATCH ${git}/refs/{ref}`,
    'contents:write',
    z.strictObject({ sha: z.string(), force: z.boolean().optional() }),
    updateRef,
  ),
  on(`DELETE ${git}/refs/{ref}`, 'contents:write', (call) => {
    const name = param(call, 'ref');
    if (!call.hub.state.refs.has(name)) throw new ApiError(422, 'Reference does not exist');
    if (name === 'heads/main') throw new ApiError(422, 'Cannot delete the default branch');
    moveRef(call.hub, call.actor, name, null);
    return empty;
  }),
];

const who = z.strictObject({ name: z.string(), email: z.string(), date: z.string().optional() });
const commitCreation = z.strictObject({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).optional(),
  author: who.optional(),
  committer: who.optional(),
  signature: z.string().optional(),
});

function person(call: Call, given: z.infer<typeof who> | undefined): Signature {
  if (!given) return signature(call.hub, call.actor);
  const known = [...call.hub.state.accounts.values()].find((one) => one.email === given.email);
  const date = given.date === undefined ? call.hub.clock.now() : Date.parse(given.date);
  return { name: given.name, email: given.email, date, login: known?.login ?? null };
}

const commitRoutes: Route[] = [
  taking(`POST ${git}/commits`, 'contents:write', commitCreation, (call) => {
    const { message, tree, parents = [], author, committer } = call.body;
    if (!call.hub.state.git.trees.has(tree)) throw new ApiError(422, 'Tree SHA does not exist');
    parents.forEach((sha) => needCommit(call.hub, sha));
    const signed = { author: person(call, author), committer: person(call, committer ?? author) };
    return ok(gitCommitJson(call.hub, writeCommit(call.hub.state.git, { message, tree, parents, ...signed })), 201);
  }),
  on(`GET ${git}/commits/{commit_sha}`, 'contents:read', (call) => {
    const found = call.hub.state.git.commits.get(param(call, 'commit_sha'));
    if (!found) throw new ApiError(404, 'Not Found');
    return ok(gitCommitJson(call.hub, found));
  }),
];

const treeEntry = z.strictObject({
  path: z.string(),
  mode: z.enum(['100644', '100755', '040000', '160000', '120000']),
  type: z.enum(['blob', 'tree', 'commit']),
  sha: z.string().nullable().optional(),
  content: z.string().optional(),
});
const treeCreation = z.strictObject({ tree: z.array(treeEntry), base_tree: z.string().optional() });

function createTree(call: Call<z.infer<typeof treeCreation>>): string {
  const data = call.hub.state.git;
  const base = call.body.base_tree;
  if (base !== undefined && !data.trees.has(base)) throw invalid('Tree', 'base_tree');
  const files = base === undefined ? new Map() : readTree(data, base);
  for (const entry of call.body.tree) {
    const sha = entry.content === undefined ? entry.sha : writeBlob(data, entry.content);
    if ((sha === null || sha === undefined) && !files.delete(entry.path))
      throw new ApiError(422, 'GitRPC::BadObjectState');
    if (sha === null || sha === undefined) continue;
    for (const path of [...files.keys()])
      if (path.startsWith(`${entry.path}/`) || entry.path.startsWith(`${path}/`)) files.delete(path);
    if (entry.type === 'tree') readTree(data, sha, `${entry.path}/`, files);
    else files.set(entry.path, { mode: entry.mode, sha });
  }
  return writeTree(data, files);
}

function treeJson(hub: Hub, sha: string, recursive: boolean): Record<string, unknown> {
  const data = hub.state.git;
  const url = (kind: string, one: string) => `${apiRepo(hub)}/git/${kind}s/${one}`;
  const list = (tree: string, prefix: string): Record<string, unknown>[] =>
    (data.trees.get(tree) ?? []).flatMap((entry) => {
      const size = entry.type === 'blob' ? { size: blobBytes(data, entry.sha).length } : {};
      const row = {
        path: prefix + entry.name,
        mode: entry.mode,
        type: entry.type,
        sha: entry.sha,
        ...size,
        url: url(entry.type, entry.sha),
      };
      return recursive && entry.type === 'tree' ? [row, ...list(entry.sha, `${prefix}${entry.name}/`)] : [row];
    });
  return { sha, url: url('tree', sha), tree: list(sha, ''), truncated: false };
}

const objectRoutes: Route[] = [
  on(`GET ${git}/trees/{tree_sha}`, 'contents:read', (call) => {
    const wanted = param(call, 'tree_sha');
    const sha = call.hub.state.git.trees.has(wanted) ? wanted : findCommit(call.hub, wanted)?.tree;
    if (sha === undefined) throw new ApiError(404, 'Not Found');
    return ok(treeJson(call.hub, sha, call.query.has('recursive')));
  }),
  taking(`POST ${git}/trees`, 'contents:write', treeCreation, (call) =>
    ok(treeJson(call.hub, createTree(call), false), 201),
  ),
  on(`GET ${git}/blobs/{file_sha}`, 'contents:read', (call) => {
    const sha = param(call, 'file_sha');
    const content = call.hub.state.git.blobs.get(sha);
    if (content === undefined) throw new ApiError(404, 'Not Found');
    const size = Buffer.from(content, 'base64').length;
    return ok({
      sha,
      node_id: nodeId('B', sha),
      size,
      url: `${apiRepo(call.hub)}/git/blobs/${sha}`,
      content,
      encoding: 'base64',
    });
  }),
  taking(
    `POST ${git}/blobs`,
    'contents:write',
    z.strictObject({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).optional() }),
    (call) => {
      const bytes = Buffer.from(call.body.content, call.body.encoding === 'base64' ? 'base64' : 'utf8');
      const sha = writeBlob(call.hub.state.git, bytes);
      return ok({ sha, url: `${apiRepo(call.hub)}/git/blobs/${sha}` }, 201);
    },
  ),
];

const mergeWish = z.strictObject({ base: z.string(), head: z.string(), commit_message: z.string().optional() });

function mergeBranches(call: Call<z.infer<typeof mergeWish>>) {
  const { base, head, commit_message: message = `Merge ${head} into ${base}` } = call.body;
  const tip = branchTip(call.hub, base);
  if (tip === null) throw new ApiError(404, 'Base does not exist');
  const from = resolveCommit(call.hub, head).sha;
  if (contains(call.hub.state.git, tip, from)) return empty;
  const tree = mergeCommits(call.hub.state.git, tip, from);
  if (tree === null) throw new ApiError(409, 'Merge conflict');
  const author = signature(call.hub, call.actor);
  const made = writeCommit(call.hub.state.git, { tree, parents: [tip, from], message, author, committer: author });
  checkProtection(call.hub, `heads/${base}`, made.sha);
  moveRef(call.hub, call.actor, `heads/${base}`, made.sha);
  return ok(commitJson(call.hub, made), 201);
}

export const gitRoutes: Route[] = [
  ...refRoutes,
  ...commitRoutes,
  ...objectRoutes,
  taking('POST /repos/{owner}/{repo}/merges', 'contents:write', mergeWish, mergeBranches),
];
