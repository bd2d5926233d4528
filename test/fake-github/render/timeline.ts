import { iso, type Hub } from '../hub.ts';
import type { Account, Label, TimelineEvent } from '../state.ts';
import { apiRepo, nodeId, teamJson, userJson, userOrNull } from './account.ts';
import { commitJson } from './commit.ts';
import { commentJson } from './thread.ts';

function details(hub: Hub, { what, kind }: TimelineEvent): Record<string, unknown> {
  const label = what['label'] as Label | undefined;
  if (label) return { label: { name: label.name, color: label.color } };
  if (kind === 'renamed') return { rename: { from: what['from'], to: what['to'] } };
  if (kind === 'milestoned' || kind === 'demilestoned') return { milestone: { title: what['title'] } };
  if (what['assignee']) return { assignee: userJson(hub, what['assignee'] as Account) };
  if (what['reviewer']) return { requested_reviewer: userJson(hub, what['reviewer'] as Account) };
  if (what['team']) return { requested_team: teamJson(hub, what['team'] as Parameters<typeof teamJson>[1]) };
  if (kind === 'closed') return { state_reason: what['reason'] ?? null };
  return {};
}

/** An event as the issue events and timeline APIs give it. */
export function timelineJson(hub: Hub, event: TimelineEvent): Record<string, unknown> {
  const comment = hub.state.comments.get(event.id);
  if (event.kind === 'commented' && comment)
    return { ...commentJson(hub, comment), event: 'commented', actor: userJson(hub, comment.user) };
  const commit = hub.state.git.commits.get(String(event.what['sha']));
  if (event.kind === 'committed' && commit) return { ...commitJson(hub, commit), event: 'committed' };
  return {
    id: event.id,
    node_id: nodeId('EV', event.id),
    url: `${apiRepo(hub)}/issues/events/${event.id}`,
    actor: userOrNull(hub, event.actor),
    event: event.kind,
    commit_id: event.kind === 'merged' ? event.what['sha'] : null,
    commit_url: null,
    created_at: iso(event.at),
    performed_via_github_app: null,
    ...details(hub, event),
  };
}
