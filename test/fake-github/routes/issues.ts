import { z } from 'zod';
import { invalid } from '../api-error.ts';
import { announce } from '../changes/announce.ts';
import { announceLabels, setLabels, wearLabels } from '../changes/labels.ts';
import { assign, setAssignees } from '../changes/people.ts';
import { closeThread, createThread, editThread, lockThread, reopenThread, setMilestone } from '../changes/threads.ts';
import { empty, numberParam, ok, on, page, taking, type Call, type Route } from '../call.ts';
import { thread, type Hub } from '../hub.ts';
import { issueJson } from '../render/thread.ts';
import type { Milestone, Thread } from '../state.ts';
import { timelineJson } from '../render/timeline.ts';

const named = z.array(z.union([z.string(), z.object({ name: z.string() })]));
export const labelNames = (list: z.infer<typeof named>): string[] =>
  list.map((one) => (typeof one === 'string' ? one : one.name));

const patch = z.strictObject({
  title: z.union([z.string(), z.number().transform(String)]).optional(),
  body: z.string().nullable().optional(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).nullable().optional(),
  milestone: z.number().nullable().optional(),
  labels: named.optional(),
  assignees: z.array(z.string()).optional(),
});

const creation = patch.omit({ state: true, state_reason: true }).extend({ title: z.string() });

export function milestoneNumbered(hub: Hub, number: number | null): Milestone | null {
  if (number === null) return null;
  const found = hub.state.milestones.find((one) => one.number === number);
  if (!found) throw invalid('Issue', 'milestone');
  return found;
}

function update(call: Call<z.infer<typeof patch>>): Thread {
  const { hub, actor, body } = call;
  const found = thread(hub, numberParam(call, 'issue_number'));
  if (found.pull?.mergedAt && body.state === 'open') throw invalid('PullRequest', 'state');
  editThread(hub, actor, found, { title: body.title, body: body.body });
  if (body.labels) setLabels(hub, actor, found, labelNames(body.labels));
  if (body.assignees) setAssignees(hub, actor, found, body.assignees);
  if (body.milestone !== undefined) setMilestone(hub, actor, found, milestoneNumbered(hub, body.milestone));
  if (body.state === 'closed') closeThread(hub, actor, found, body.state_reason ?? null);
  if (body.state === 'open') reopenThread(hub, actor, found);
  return found;
}

function create(call: Call<z.infer<typeof creation>>): Thread {
  const { hub, actor, body } = call;
  const fresh = createThread(hub, actor, { title: body.title, body: body.body }, null);
  const labels = wearLabels(hub, actor, fresh, labelNames(body.labels ?? []));
  announce(hub, fresh, 'opened', actor);
  announceLabels(hub, actor, fresh, labels);
  assign(hub, actor, fresh, body.assignees ?? []);
  if (body.milestone !== undefined) setMilestone(hub, actor, fresh, milestoneNumbered(hub, body.milestone));
  return fresh;
}

function milestoneFits(found: Thread, wanted: string | null): boolean {
  if (wanted === null) return true;
  if (wanted === 'none') return found.milestone === null;
  return wanted === '*' ? found.milestone !== null : found.milestone?.number === Number(wanted);
}

export function filtered(call: Call, threads: readonly Thread[]): Thread[] {
  const { query } = call;
  const state = query.get('state') ?? 'open';
  const labels = (query.get('labels') ?? '')
    .split(',')
    .filter(Boolean)
    .map((name) => name.toLowerCase());
  const since = Date.parse(query.get('since') ?? '1970-01-01T00:00:00Z');
  const has = (one: Thread, name: string) => one.labels.some((label) => label.name.toLowerCase() === name);
  const creator = query.get('creator')?.toLowerCase();
  const assignee = query.get('assignee')?.toLowerCase();
  const found = threads.filter(
    (one) =>
      (state === 'all' || one.state === state) &&
      labels.every((name) => has(one, name)) &&
      one.updatedAt >= since &&
      (creator === undefined || one.author.login.toLowerCase() === creator) &&
      (assignee === undefined || one.assignees.some((who) => who.login.toLowerCase() === assignee)) &&
      milestoneFits(one, query.get('milestone')),
  );
  return sorted(found, query);
}

function sorted(threads: readonly Thread[], query: URLSearchParams): Thread[] {
  const by = query.get('sort') === 'updated' ? ('updatedAt' as const) : ('createdAt' as const);
  const up = query.get('direction') === 'asc' ? 1 : -1;
  return threads.toSorted((a, b) => up * (a[by] - b[by] || a.number - b.number));
}

const lock = z.strictObject({ lock_reason: z.enum(['off-topic', 'too heated', 'resolved', 'spam']).optional() });

export const issueRoutes: Route[] = [
  on('GET /repos/{owner}/{repo}/issues', 'issues:read', (call) =>
    page(call, filtered(call, [...call.hub.state.threads.values()]), (one) => issueJson(call.hub, one)),
  ),
  taking('POST /repos/{owner}/{repo}/issues', 'issues:write', creation, (call) =>
    ok(issueJson(call.hub, create(call)), 201),
  ),
  on('GET /repos/{owner}/{repo}/issues/{issue_number}', 'thread:read', (call) =>
    ok(issueJson(call.hub, thread(call.hub, numberParam(call, 'issue_number')))),
  ),
  taking('PATCH /repos/{owner}/{repo}/issues/{issue_number}', 'thread:write', patch, (call) =>
    ok(issueJson(call.hub, update(call))),
  ),
  taking('PUT /repos/{owner}/{repo}/issues/{issue_number}/lock', 'thread:write', lock.optional(), (call) => {
    const found = thread(call.hub, numberParam(call, 'issue_number'));
    lockThread(call.hub, call.actor, found, true, call.body?.lock_reason ?? null);
    return empty;
  }),
  on('DELETE /repos/{owner}/{repo}/issues/{issue_number}/lock', 'thread:write', (call) => {
    lockThread(call.hub, call.actor, thread(call.hub, numberParam(call, 'issue_number')), false, null);
    return empty;
  }),
  on('GET /repos/{owner}/{repo}/issues/{issue_number}/timeline', 'thread:read', (call) => {
    const found = thread(call.hub, numberParam(call, 'issue_number'));
    return page(call, found.timeline, (event) => timelineJson(call.hub, event, 'timeline'));
  }),
  on('GET /repos/{owner}/{repo}/issues/{issue_number}/events', 'thread:read', (call) => {
    const found = thread(call.hub, numberParam(call, 'issue_number'));
    const events = found.timeline.filter((event) => !['commented', 'committed', 'reviewed'].includes(event.kind));
    return page(call, events, (event) => timelineJson(call.hub, event, 'events'));
  }),
];
