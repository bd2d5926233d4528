import { expectShape } from './expect-shapes.ts';
import { faultShape } from './fault-shape.ts';
import {
  about,
  allowed,
  anything,
  contents,
  count,
  duration,
  entries,
  gives,
  known,
  list,
  mapOf,
  oneOf,
  record,
  type Shape,
  text,
  textOrNull,
  textOrYesNo,
  yesNo,
} from './shapes.ts';

const by = text;
const repo = text;
const of = known('thread');
const labels = list(text);
const files = mapOf(contents);
const elsewhere = oneOf('head', 'base', 'pool', 'group');
const conclusions = ['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required', 'stale'];

export const roles = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];

type Fields = Readonly<Record<string, Shape>>;
type Row = readonly [fields: Fields, ...needed: string[]];

const onThread = (fields: Fields = {}): Row => [{ of, by, ...fields }, 'of'];
const commit = record('a commit', { message: text, files, author: text });
const change = { by, files, message: text, author: text };

const rows: Readonly<Record<string, Row>> = {
  'open-issue': [{ by, repo, as: gives('thread'), title: text, body: textOrNull, labels }],
  'open-pull': [
    {
      ...{ by, repo, as: gives('thread'), title: text, body: textOrNull, base: text, branch: text, files },
      ...{ commits: list(commit), draft: yesNo, fork: textOrYesNo, labels },
    },
  ],
  edit: onThread({ title: text, body: textOrNull, base: text }),
  comment: onThread({ as: gives('comment'), body: text }),
  'edit-comment': [{ comment: known('comment'), by, body: text }, 'comment'],
  'delete-comment': [{ comment: known('comment'), by, body: text }, 'comment'],
  'delete-bot-comment': onThread({}),
  review: onThread({ as: gives('review'), state: oneOf('approve', 'request-changes', 'comment'), body: textOrNull }),
  'dismiss-review': [{ review: known('review'), by }, 'review'],
  label: onThread({ labels }),
  unlabel: onThread({ labels }),
  assign: onThread({ people: list(text) }),
  unassign: onThread({ people: list(text) }),
  'request-review': onThread({ people: list(text) }),
  push: [{ of, ...change, 'same-tree': yesNo, force: yesNo }, 'of'],
  'push-base': [{ repo, ...change, branch: text }],
  status: [
    { of, name: text, state: oneOf('success', 'failure', 'error', 'pending'), by, on: elsewhere },
    ...['name', 'state'],
  ],
  check: [{ of, name: text, conclusion: oneOf(...conclusions), app: text, on: elsewhere }, 'name'],
  ...Object.fromEntries(['close', 'reopen', 'merge', 'draft', 'ready', 'lock'].map((name) => [name, onThread()])),
  rerequest: [{ of }, 'of'],
  milestone: onThread({ title: textOrNull }),
  tag: [{ by, repo, name: text, branch: text }, 'name'],
  'create-branch': [{ by, repo, branch: text, from: text }, 'branch'],
  role: [{ repo, login: text, role: oneOf(...roles) }, 'login', 'role'],
  'queue-group': onThread({ jump: yesNo }),
  unqueue: onThread(),
  'workflow-run': [{ of, repo, workflow: text, branch: text, conclusion: oneOf(...conclusions) }, 'workflow'],
  'rename-repository': [{ repo, by, name: text }, 'name'],
  transfer: [{ repo, by, to: text, installed: yesNo }, 'to'],
  ...Object.fromEntries(['archive', 'unarchive', 'suspend', 'unsuspend'].map((name) => [name, [{ repo, by }]])),
  'add-repository': [{ repo, by }, 'repo'],
  'remove-repository': [{ repo, by }, 'repo'],
  redeliver: [{ last: yesNo, all: yesNo, count, duplicate: yesNo }],
  crash: [{ at: oneOf('next-write'), applied: yesNo }],
  down: [{}],
  up: [{}],
  http: [{ method: text, path: text, headers: mapOf(text), body: anything }, 'path'],
};

/** Needs of a step that hang on another key. */
const together: Readonly<Record<string, (keys: Readonly<Record<string, unknown>>) => string | null>> = {
  status: ({ of, on }) => (of === undefined && on === undefined ? 'needs `of`, or `on`' : null),
  check: ({ of, on }) => (of === undefined && on === undefined ? 'needs `of`, or `on`' : null),
  crash: ({ at, applied }) =>
    (at === undefined) === (applied === undefined) ? null : 'takes `at` and `applied` together',
  redeliver: ({ last, all, count: number }) =>
    [last, all, number].filter((value) => value !== undefined && value !== false).length === 1
      ? null
      : 'takes one of `last: true`, `all: true` and `count`',
};

const checked = (name: string, [fields, ...needed]: Row): Shape =>
  about(fields, (node, at, read) => {
    const problems = read.problems.length;
    const keys = record(`\`${name}\``, fields, ...needed)(node, at, read) as Record<string, unknown> | undefined;
    const trouble = read.problems.length === problems ? together[name]?.(keys ?? {}) : null;
    return trouble ? read.wrong(at, `\`${name}\` ${trouble}`) : keys;
  });

/** Steps that the runner itself takes; all others happen in the world. */
export const ownSteps = ['wait', 'expect', 'redeliver', 'fault', 'crash', 'down', 'up', 'http'];

const checkedRows = Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, checked(name, row)]));
const worldSteps = Object.fromEntries(Object.entries(checkedRows).filter(([name]) => !ownSteps.includes(name)));

/** A map with one key, the name of a step of these shapes. */
export const oneStep =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (node, at, read) => {
    const pairs = entries(node, at, read);
    const [pair, second] = pairs ?? [];
    if (pair === undefined) return pairs === null ? undefined : read.wrong(at, 'a step is a map with one key');
    if (second !== undefined)
      return read.wrong(second[2], `a step is a map with one key; \`${second[0]}\` is a second one`);
    const [name, value, keyAt, valueAt] = pair;
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape === undefined)
      return read.wrong(keyAt, `unknown step \`${name}\`; ${allowed(name, Object.keys(shapes))}`);
    return { name, line: read.line(keyAt), keys: shape(value, valueAt, read) };
  };

/** Every step of the format and what its value must look like; only `wait` takes no map. */
export const stepShapes: Readonly<Record<string, Shape>> = {
  ...checkedRows,
  fault: faultShape(oneStep(worldSteps)),
  wait: (node, at, read) => ({ for: duration(node, at, read) }),
  expect: expectShape,
};
