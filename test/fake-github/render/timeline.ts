import { iso, type Hub } from '../hub.ts';
import type { Account, Label, Team, TimelineEvent } from '../state.ts';
import { apiRepo, nodeId, teamJson, userJson, userOrNull } from './account.ts';
import { gitCommitJson } from './commit.ts';
import { commentJson } from './thread.ts';

/** The same event is told a little differently in a thread's timeline and in its list of events. */
type Place = 'timeline' | 'events';

function details(hub: Hub, { what, kind, actor }: TimelineEvent, place: Place): Record<string, unknown> {
  const label = what['label'] as Label | undefined;
  if (label) return { label: { name: label.name, color: label.color } };
  if (kind === 'renamed') return { rename: { from: what['from'], to: what['to'] } };
  if (kind === 'milestoned' || kind === 'demilestoned') return { milestone: { title: what['title'] } };
  if (what['assignee']) {
    const assigner = place === 'events' ? { assigner: userOrNull(hub, actor) } : {};
    return { assignee: userJson(hub, what['assignee'] as Account), ...assigner };
  }
  const asker = { review_requester: userOrNull(hub, actor) };
  if (what['reviewer']) return { ...asker, requested_reviewer: userJson(hub, what['reviewer'] as Account) };
  if (what['team']) return { ...asker, requested_team: teamJson(hub, what['team'] as Team) };
  if (kind === 'closed' && place === 'timeline') return { state_reason: what['reason'] ?? null };
  return {};
}

/** An event as the issue events and timeline APIs give it. */
export function timelineJson(hub: Hub, event: TimelineEvent, place: Place): Record<string, unknown> {
  const comment = hub.state.comments.get(event.id);
  if (event.kind === 'commented' && comment)
    return { ...commentJson(hub, comment), event: 'commented', actor: userJson(hub, comment.user) };
  const commit = hub.state.git.commits.get(String(event.what['sha']));
  if (event.kind === 'committed' && commit) return { ...gitCommitJson(hub, commit), event: 'committed' };
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
    ...details(hub, event, place),
  };
}
