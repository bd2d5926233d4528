import { isMap } from 'yaml';
import { contents, count, list, mapOf, oneOf, record, type Shape, text, yesNo } from './shapes.ts';
import { roles } from './step-shapes.ts';

const pinned = record('a check pinned to an App', { name: text, app: text }, 'name', 'app');
/** A name, or `{name, app}`. */
const check: Shape = (node, at, read) => (isMap(node) ? pinned : text)(node, at, read);

const asked = {
  checks: list(check),
  strict: yesNo,
  approvals: count,
  methods: list(oneOf('merge', 'squash', 'rebase')),
  linear: yesNo,
  queue: yesNo,
};

const repository = {
  people: mapOf(oneOf(...roles)),
  labels: list(text),
  milestones: list(text),
  protection: mapOf(record('protection of a branch', asked)),
  rulesets: list(record('a ruleset', { name: text, branches: list(text), ...asked })),
  files: mapOf(contents),
};

/** The `world` of a scenario. */
export const worldShape = record('`world`', {
  ...repository,
  members: list(text),
  teams: mapOf(list(text)),
  bots: list(text),
  permissions: mapOf(oneOf('none', 'read', 'write', 'admin')),
  repositories: mapOf(record('a repository', { ...repository, installed: yesNo, archived: yesNo })),
});
