import {
  about,
  count,
  known,
  list,
  listOrOne,
  mapOf,
  oneOf,
  pattern,
  record,
  type Shape,
  text,
  textOrCount,
  textOrNull,
  yesNo,
} from './shapes.ts';

const conclusions = ['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required', 'stale'];
const patterns = listOrOne(pattern);

const ofThread: Readonly<Record<string, Shape>> = {
  state: oneOf('open', 'closed', 'merged'),
  reason: oneOf('completed', 'not_planned', 'reopened', 'duplicate', null),
  title: text,
  milestone: textOrNull,
  draft: yesNo,
  locked: yesNo,
  queued: yesNo,
  base: text,
  labels: list(text),
  'has-labels': list(text),
  'lacks-labels': list(text),
  assignees: list(text),
  reviewers: list(text),
  'has-reviewers': list(text),
  comments: count,
  says: patterns,
  'last-says': patterns,
  'never-says': patterns,
  approvals: count,
  'merged-by': text,
  'merge-method': oneOf('merge', 'squash', 'rebase'),
  'merged-sha-is-head': yesNo,
};

const ofCommit: Readonly<Record<string, Shape>> = {
  on: oneOf('head', 'base', 'pool', 'group'),
  checks: mapOf(oneOf(...conclusions, 'pending', 'none')),
  statuses: mapOf(oneOf('success', 'failure', 'error', 'pending', 'none')),
  rulings: mapOf(oneOf('pass', 'fail', 'wait', 'skip', 'none')),
};

const ofRepository: Readonly<Record<string, Shape>> = {
  reactions: mapOf(list(text), known('comment', 'review')),
  release: record('`release`', { tag: text, body: patterns, draft: yesNo }, 'tag'),
  branch: listOrOne(text),
  'no-branch': listOrOne(text),
  'branch-has': mapOf(mapOf(textOrNull)),
  'pull-count': count,
  pull: record('`pull`', { title: pattern, base: text, draft: yesNo, labels: list(text) }),
  calls: record('`calls`', { max: count, writes: count }),
  status: count,
  dispatched: record('`dispatched`', { workflow: text, inputs: mapOf(textOrCount) }),
  dispatches: count,
  reruns: list(text),
  'approved-runs': list(text),
  'faults-left': count,
};

const fields = { of: known('thread'), repo: text, ...ofThread, ...ofCommit, ...ofRepository };

/** What `expect` may say; keys that speak of a thread need `of`. */
export const expectShape: Shape = about(fields, (node, at, read) => {
  const keys = record('`expect`', fields)(node, at, read) as Record<string, unknown> | undefined;
  if (keys === undefined || 'of' in keys) return keys;
  const homeless = Object.keys(keys).filter((key) => Object.hasOwn(ofThread, key) || needsHead(key, keys));
  if (homeless.length === 0) return keys;
  return read.wrong(
    at,
    `\`expect\` needs \`of\` to say which thread ${homeless.map((key) => `\`${key}\``).join(', ')} is about`,
  );
});

const needsHead = (key: string, keys: Readonly<Record<string, unknown>>) =>
  Object.hasOwn(ofCommit, key) && key !== 'on' && (keys['on'] ?? 'head') === 'head';
