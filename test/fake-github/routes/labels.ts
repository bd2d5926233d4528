import { z } from 'zod';
import { ApiError, invalid } from '../api-error.ts';
import {
  addLabels,
  createLabel,
  deleteLabel,
  editLabel,
  needLabel,
  removeLabels,
  setLabels,
} from '../changes/labels.ts';
import { empty, numberParam, ok, on, page, param, taking, type Call, type Route } from '../call.ts';
import { freshId, thread } from '../hub.ts';
import { labelJson, milestoneJson } from '../render/repository.ts';
import type { Milestone, Thread } from '../state.ts';
import { labelNames } from './issues.ts';

const repo = '/repos/{owner}/{repo}';
const either = (level: string) => `issues:${level}|pull_requests:${level}`;
const named = z.array(z.union([z.string(), z.object({ name: z.string() })]));
const list = z.union([z.strictObject({ labels: named }), named]).optional();
const creation = z.strictObject({
  name: z.string(),
  color: z.string().optional(),
  description: z.string().nullable().optional(),
});
const edit = z.strictObject({
  new_name: z.string().optional(),
  color: z.string().optional(),
  description: z.string().nullable().optional(),
});

const names = (body: z.infer<typeof list>): string[] =>
  labelNames(body === undefined ? [] : Array.isArray(body) ? body : body.labels);

const labelsReply = ({ hub }: Call, found: Thread) => ok(found.labels.map((label) => labelJson(hub, label)));
const threadOf = (call: Call): Thread => thread(call.hub, numberParam(call, 'issue_number'));

function removeOne(call: Call) {
  const found = threadOf(call);
  const label = found.labels.find((one) => one.name.toLowerCase() === param(call, 'name').toLowerCase());
  if (!label) throw new ApiError(404, 'Label does not exist');
  removeLabels(call.hub, call.actor, found, [label]);
  return labelsReply(call, found);
}

const threadLabelRoutes: Route[] = [
  on(`GET ${repo}/issues/{issue_number}/labels`, 'thread:read', (call) =>
    page(call, threadOf(call).labels, (label) => labelJson(call.hub, label)),
  ),
  taking(`POST ${repo}/issues/{issue_number}/labels`, 'thread:write', list, (call) => {
    addLabels(call.hub, call.actor, threadOf(call), names(call.body));
    return labelsReply(call, threadOf(call));
  }),
  taking(`PUT ${repo}/issues/{issue_number}/labels`, 'thread:write', list, (call) => {
    setLabels(call.hub, call.actor, threadOf(call), names(call.body));
    return labelsReply(call, threadOf(call));
  }),
  on(`DELETE ${repo}/issues/{issue_number}/labels`, 'thread:write', (call) => {
    setLabels(call.hub, call.actor, threadOf(call), []);
    return empty;
  }),
  on(`DELETE ${repo}/issues/{issue_number}/labels/{name}`, 'thread:write', removeOne),
];

const repositoryLabelRoutes: Route[] = [
  on(`GET ${repo}/labels`, either('read'), (call) =>
    page(call, [...call.hub.state.labels.values()], (label) => labelJson(call.hub, label)),
  ),
  taking(`POST ${repo}/labels`, either('write'), creation, (call) =>
    ok(labelJson(call.hub, createLabel(call.hub, call.actor, call.body)), 201),
  ),
  on(`GET ${repo}/labels/{name}`, either('read'), (call) =>
    ok(labelJson(call.hub, needLabel(call.hub, param(call, 'name')))),
  ),
  taking(`PATCH ${repo}/labels/{name}`, either('write'), edit, (call) => {
    const { new_name: name, ...rest } = call.body;
    const label = needLabel(call.hub, param(call, 'name'));
    editLabel(call.hub, call.actor, label, { name, ...rest });
    return ok(labelJson(call.hub, label));
  }),
  on(`DELETE ${repo}/labels/{name}`, either('write'), (call) => {
    deleteLabel(call.hub, call.actor, needLabel(call.hub, param(call, 'name')));
    return empty;
  }),
];

const milestoneFields = z.strictObject({
  title: z.string().optional(),
  state: z.enum(['open', 'closed']).optional(),
  description: z.string().optional(),
  due_on: z.string().optional(),
});

function createMilestone(call: Call<z.infer<typeof milestoneFields>>): Milestone {
  const { hub, actor, body } = call;
  if (body.title === undefined) throw invalid('Milestone', 'title', 'missing_field');
  if (hub.state.milestones.some((one) => one.title === body.title))
    throw invalid('Milestone', 'title', 'already_exists');
  const now = hub.clock.now();
  const fresh: Milestone = {
    id: freshId(hub),
    number: (hub.state.milestones.at(-1)?.number ?? 0) + 1,
    title: body.title,
    description: body.description ?? null,
    state: body.state ?? 'open',
    dueOn: body.due_on ?? null,
    creator: actor,
    createdAt: now,
    updatedAt: now,
  };
  hub.state.milestones.push(fresh);
  hub.emit('milestone', 'created', actor, { milestone: milestoneJson(hub, fresh) });
  return fresh;
}

function editMilestone(call: Call<z.infer<typeof milestoneFields>>): Milestone {
  const number = numberParam(call, 'milestone_number');
  const found = call.hub.state.milestones.find((one) => one.number === number);
  if (!found) throw new ApiError(404, 'Not Found');
  const { title, state, description, due_on: dueOn } = call.body;
  const { state: was, ...old } = found;
  Object.assign(found, {
    title: title ?? found.title,
    state: state ?? was,
    description: description ?? found.description,
    dueOn: dueOn ?? found.dueOn,
    updatedAt: call.hub.clock.now(),
  });
  const action = found.state === was ? 'edited' : found.state === 'closed' ? 'closed' : 'opened';
  const changes = {
    ...(found.title === old.title ? {} : { title: { from: old.title } }),
    ...(found.description === old.description ? {} : { description: { from: old.description ?? '' } }),
    ...(found.dueOn === old.dueOn ? {} : { due_on: { from: old.dueOn ?? '' } }),
  };
  const more = action === 'edited' ? { changes } : {};
  call.hub.emit('milestone', action, call.actor, { milestone: milestoneJson(call.hub, found), ...more });
  return found;
}

const milestoneRoutes: Route[] = [
  on(`GET ${repo}/milestones`, either('read'), (call) => {
    const state = call.query.get('state') ?? 'open';
    const shown = call.hub.state.milestones.filter((one) => state === 'all' || one.state === state);
    return page(call, shown, (one) => milestoneJson(call.hub, one));
  }),
  taking(`POST ${repo}/milestones`, either('write'), milestoneFields, (call) =>
    ok(milestoneJson(call.hub, createMilestone(call)), 201),
  ),
  taking(`PATCH ${repo}/milestones/{milestone_number}`, either('write'), milestoneFields, (call) =>
    ok(milestoneJson(call.hub, editMilestone(call))),
  ),
];

export const labelRoutes: Route[] = [...threadLabelRoutes, ...repositoryLabelRoutes, ...milestoneRoutes];
