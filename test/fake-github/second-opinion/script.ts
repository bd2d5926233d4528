import { installation } from './emulate.ts';

/** One call and what both sides must then show; what it learns, later calls may use as `{name}`. */
export interface Line {
  readonly call: string;
  readonly body?: unknown;
  readonly as?: 'app';
  readonly shows?: (body: any) => unknown;
  /** Set where the two differ: who is right, by GitHub's docs. */
  readonly emulateErrs?: string;
  readonly learns?: (body: any) => Readonly<Record<string, unknown>>;
}

const names = (list: any[] | undefined): string[] => (list ?? []).map((one) => one.name);
const numbers = (list: any[]): number[] => list.map((one) => one.number);
const dated = { name: 'Lin', email: 'lin@example.com', date: '2026-01-05T09:00:00Z' };
const issue = (one: any) => [
  one.number,
  one.title,
  one.body,
  one.state,
  one.state_reason,
  names(one.labels),
  one.locked,
  one.milestone?.title ?? null,
  one.comments,
];
const comment = (one: any) => [one.body, one.user.login, one.user.type];

export const script: readonly Line[] = [
  { as: 'app', call: 'GET /app', shows: (one) => [one.id, one.slug] },
  {
    as: 'app',
    call: `GET /app/installations/${installation}`,
    shows: (one) => [one.id, one.app_id, one.account.login, one.repository_selection],
  },
  { as: 'app', call: 'GET /app/installations/1' },
  { as: 'app', call: 'GET /repos/acme/shop/installation', shows: (one) => one.id },
  {
    as: 'app',
    call: `POST /app/installations/${installation}/access_tokens`,
    body: { repositories: ['shop'], permissions: { issues: 'write' } },
    shows: (one) => [one.permissions.issues, one.repository_selection, names(one.repositories)],
  },
  {
    as: 'app',
    call: `POST /app/installations/${installation}/access_tokens`,
    body: { permissions: { administration: 'write' } },
  },
  { as: 'app', call: `POST /app/installations/${installation}/access_tokens`, body: { repositories: ['nowhere'] } },
  {
    call: 'GET /installation/repositories',
    emulateErrs: 'has no such route for installation tokens',
    shows: (one) => [one.total_count, names(one.repositories)],
  },

  {
    call: 'POST labels',
    body: { name: 'bug', color: 'ff0000', description: 'broken' },
    shows: (one) => [one.name, one.color, one.description, one.default],
  },
  {
    call: 'POST labels',
    body: { name: 'bug', color: 'ff0000' },
    shows: (one) => one.errors?.[0]?.code,
    emulateErrs: 'refuses the twin without saying `already_exists`',
  },
  {
    call: 'POST labels',
    body: { name: 'BUG', color: 'ff0000' },
    emulateErrs: 'makes a second label that differs in case only',
  },
  { call: 'GET labels/bug', shows: (one) => one.name },
  { call: 'GET labels/none' },
  {
    call: 'PATCH labels/bug',
    body: { new_name: 'broken', color: '00ff00' },
    shows: (one) => [one.name, one.color, one.description],
  },
  {
    call: 'POST milestones',
    body: { title: 'v1', description: 'first' },
    shows: (one) => [one.number, one.title, one.state, one.description],
  },
  { call: 'POST milestones', body: { title: 'v1' }, emulateErrs: 'makes a second milestone of the same title' },
  { call: 'GET milestones', shows: numbers, emulateErrs: 'shows that second milestone' },
  { call: 'PATCH milestones/1', body: { state: 'closed' }, shows: (one) => one.state },
  { call: 'PATCH milestones/9', body: { state: 'closed' } },
  { call: 'PATCH milestones/1', body: { state: 'open' }, shows: (one) => [one.state, one.closed_at] },

  { call: 'POST issues', body: { title: 'It breaks', body: 'badly', labels: ['broken'], milestone: 1 }, shows: issue },
  { call: 'POST issues', body: { title: 'Another', labels: ['fresh'] }, shows: issue },
  { call: 'GET labels/fresh', shows: (one) => one.color },
  { call: 'POST issues', body: { title: 'Third' }, shows: issue },
  { call: 'GET issues/1', shows: issue },
  { call: 'GET issues/99' },
  { call: 'GET issues', shows: numbers },
  { call: 'GET issues?labels=broken', shows: numbers },
  { call: 'GET issues?milestone=1&direction=asc', shows: numbers },
  { call: 'GET issues?per_page=2', shows: numbers },
  { call: 'GET issues?per_page=2&page=2', shows: numbers },
  { call: 'GET issues?per_page=2&page=9', shows: numbers },
  { call: 'PATCH issues/2', body: { state: 'closed', state_reason: 'not_planned' }, shows: issue },
  { call: 'GET issues?state=closed', shows: numbers },
  { call: 'PATCH issues/2', body: { state: 'open' }, shows: issue },
  { call: 'PATCH issues/1', body: { milestone: null, title: 'It broke' }, shows: issue },
  { call: 'PATCH issues/1', body: { milestone: 7 } },
  { call: 'POST issues/1/labels', body: { labels: ['more'] }, shows: (list) => names(list).sort() },
  { call: 'PUT issues/1/labels', body: { labels: ['broken', 'other'] }, shows: (list) => names(list).sort() },
  { call: 'DELETE issues/1/labels/other', shows: names },
  { call: 'DELETE issues/1/labels/other' },
  { call: 'GET issues/1/labels', shows: names },
  { call: 'DELETE issues/1/labels' },
  { call: 'PUT issues/1/lock', body: { lock_reason: 'resolved' } },
  { call: 'GET issues/1', shows: (one) => [one.locked, one.active_lock_reason] },
  { call: 'DELETE issues/1/lock' },

  { call: 'POST issues/1/comments', body: { body: 'Hello' }, shows: comment, learns: ({ id }) => ({ said: id }) },
  { call: 'POST issues/1/comments', body: { body: 'again' }, shows: comment },
  { call: 'GET issues/1/comments', shows: (list) => list.map(comment) },
  { call: 'GET issues/1/comments?per_page=1&page=2', shows: (list) => list.map(comment) },
  { call: 'PATCH issues/comments/{said}', body: { body: 'Hello!' }, shows: comment },
  { call: 'GET issues/comments/{said}', shows: comment },
  { call: 'DELETE issues/comments/{said}' },
  { call: 'GET issues/comments/{said}' },
  {
    call: 'GET issues/comments',
    emulateErrs: 'takes the word comments for the number of an issue',
    shows: (list) => (Array.isArray(list) ? list.map(comment) : null),
  },

  {
    call: 'GET git/ref/heads/main',
    shows: (one) => [one.ref, one.object.type],
    learns: (one) => ({ main: one.object.sha }),
  },
  { call: 'GET git/ref/heads/none' },
  { call: 'GET git/commits/{main}', shows: (one) => one.tree.sha, learns: (one) => ({ tree: one.tree.sha }) },
  {
    call: 'GET contents/README.md',
    shows: (one) => [one.type, one.encoding, one.content.trim(), one.sha, one.size, one.path],
  },
  { call: 'GET contents/none.md' },
  { call: 'GET contents', shows: (list) => list.map((one: any) => [one.name, one.type, one.sha]) },
  {
    call: 'POST git/blobs',
    body: { content: 'export {}\n' },
    shows: (one) => one.sha,
    learns: (one) => ({ blob: one.sha }),
  },
  { call: 'GET git/blobs/{blob}', shows: (one) => [one.content.trim(), one.encoding, one.size] },
  {
    call: 'POST git/trees',
    body: { base_tree: '{tree}', tree: [{ path: 'src/a.ts', mode: '100644', type: 'blob', sha: '{blob}' }] },
    shows: (one) => one.sha,
    learns: (one) => ({ grown: one.sha }),
  },
  {
    call: 'GET git/trees/{grown}?recursive=1',
    shows: (one) => [one.truncated, one.tree.map((entry: any) => [entry.path, entry.type, entry.mode, entry.sha])],
  },
  {
    call: 'POST git/commits',
    body: { message: 'feat: a', tree: '{grown}', parents: ['{main}'], author: dated },
    shows: (one) => [one.message, one.tree.sha, one.parents.length, one.author],
    learns: (one) => ({ fresh: one.sha }),
  },
  { call: 'POST git/refs', body: { ref: 'refs/heads/x', sha: '{fresh}' }, shows: (one) => one.ref },
  { call: 'POST git/refs', body: { ref: 'refs/heads/x', sha: '{fresh}' }, shows: (one) => one.message },
  { call: 'POST git/refs', body: { ref: 'heads/y', sha: '{fresh}' } },
  {
    call: 'GET compare/main...x',
    shows: (one) => [
      one.status,
      one.ahead_by,
      one.behind_by,
      one.total_commits,
      one.files.map((file: any) => [file.filename, file.status, file.additions]),
    ],
  },
  { call: 'GET compare/x...main', shows: (one) => [one.status, one.ahead_by, one.behind_by, one.files.length] },
  { call: 'GET compare/main...main', shows: (one) => one.status },
  { call: 'GET compare/main...none' },
  { call: 'PATCH git/refs/heads/x', body: { sha: '{main}' } },
  { call: 'PATCH git/refs/heads/main', body: { sha: '{fresh}' }, shows: (one) => one.ref },
  { call: 'GET commits?per_page=1', shows: (list) => list.map((one: any) => one.commit.message) },
  { call: 'GET contents/src/a.ts', shows: (one) => one.sha },
  { call: 'GET git/matching-refs/heads', shows: (list) => list.map((one: any) => one.ref).sort() },
  { call: 'GET branches', shows: (list) => names(list).sort() },
  { call: 'DELETE git/refs/heads/x' },
  { call: 'DELETE git/refs/heads/x', emulateErrs: 'answers 404 for a reference that is not there; the docs list 422' },
];
