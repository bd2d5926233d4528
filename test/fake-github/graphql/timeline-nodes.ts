import { iso } from '../hub.ts';
import { nodeId } from '../render/account.ts';
import type { Account, Label, Team, Thread, TimelineEvent } from '../state.ts';
import { actorNode, actorOrNull, teamNode } from './actor-nodes.ts';
import { commitNode } from './commit-nodes.ts';
import { commentNode, labelNode } from './label-and-comment-nodes.ts';
import { connection, type Args, type Gql, type Node } from './resolving.ts';

const names: Readonly<Record<string, string>> = {
  labeled: 'LabeledEvent',
  unlabeled: 'UnlabeledEvent',
  closed: 'ClosedEvent',
  reopened: 'ReopenedEvent',
  renamed: 'RenamedTitleEvent',
  assigned: 'AssignedEvent',
  unassigned: 'UnassignedEvent',
  review_requested: 'ReviewRequestedEvent',
  review_request_removed: 'ReviewRequestRemovedEvent',
  head_ref_force_pushed: 'HeadRefForcePushedEvent',
  head_ref_deleted: 'HeadRefDeletedEvent',
  base_ref_changed: 'BaseRefChangedEvent',
  ready_for_review: 'ReadyForReviewEvent',
  convert_to_draft: 'ConvertToDraftEvent',
  merged: 'MergedEvent',
  committed: 'PullRequestCommit',
  commented: 'IssueComment',
  milestoned: 'MilestonedEvent',
  demilestoned: 'DemilestonedEvent',
  locked: 'LockedEvent',
  unlocked: 'UnlockedEvent',
  added_to_merge_queue: 'AddedToMergeQueueEvent',
  removed_from_merge_queue: 'RemovedFromMergeQueueEvent',
};

const itemType = (name: string): string => name.replace(/(?<=.)([A-Z])/g, '_$1').toUpperCase();

function details(gql: Gql, { what }: TimelineEvent): Node {
  const commit = (key: string) => gql.hub.state.git.commits.get(String(what[key]));
  const node = (key: string) => {
    const found = commit(key);
    return found ? commitNode(gql, found) : null;
  };
  const who = (what['assignee'] ?? what['reviewer']) as Account | undefined;
  const team = what['team'] as Team | undefined;
  const person = who ? actorNode(gql, who) : null;
  const reason = typeof what['reason'] === 'string' ? what['reason'].toUpperCase() : null;
  return {
    label: () => labelNode(gql, what['label'] as Label),
    previousTitle: what['from'],
    currentTitle: what['to'],
    previousRefName: what['from'],
    currentRefName: what['to'],
    assignee: person,
    user: person,
    requestedReviewer: team ? teamNode(gql, team) : person,
    stateReason: reason,
    lockReason: null,
    milestoneTitle: what['title'],
    commit: () => node('sha'),
    beforeCommit: () => node('before'),
    afterCommit: () => node('after'),
    mergeRefName: what['base'],
    headRefName: what['head'],
  };
}

function eventNode(gql: Gql, event: TimelineEvent): Node | null {
  const comment = gql.hub.state.comments.get(event.id);
  if (event.kind === 'commented') return comment ? commentNode(gql, comment) : null;
  return {
    __typename: names[event.kind],
    id: nodeId('EV', event.id),
    createdAt: iso(event.at),
    actor: actorOrNull(gql, event.actor),
    ...details(gql, event),
  };
}

export function timelineConnection(gql: Gql, thread: Thread, args: Args): Node {
  const wanted = args['itemTypes'] as string[] | undefined;
  const since = Date.parse((args['since'] as string | undefined) ?? '1970-01-01T00:00:00Z');
  const shown = thread.timeline.filter((event) => {
    const name = names[event.kind];
    return name !== undefined && event.at >= since && (!wanted || wanted.includes(itemType(name)));
  });
  const list = connection(
    shown,
    args,
    (event) => event.id,
    (event) => eventNode(gql, event),
    'timelineItems',
  );
  return { ...list, filteredCount: shown.length, pageCount: shown.length, updatedAt: iso(thread.updatedAt) };
}
