import { z } from 'zod';
import { actorFields, actorFrom, actorShape, shaped } from './actor.ts';
import type { FactSource, Happening } from './fact.ts';

const kinds = {
  LabeledEvent: 'labeled',
  UnlabeledEvent: 'unlabeled',
  ClosedEvent: 'closed',
  ReopenedEvent: 'reopened',
  RenamedTitleEvent: 'renamed',
} as const satisfies Record<string, Happening['kind']>;

const event = z.object({
  __typename: z.enum(Object.keys(kinds) as (keyof typeof kinds)[]),
  id: z.string(),
  createdAt: z.string(),
  actor: actorShape,
  label: z.object({ name: z.string() }).optional(),
  currentTitle: z.string().optional(),
});
const shape = z.object({ timelineItems: z.object({ nodes: z.array(event) }) });

const actor = `id createdAt actor { ${actorFields} }`;

export default {
  permissions: (kind) => (kind === 'pull' ? { pull_requests: 'read' } : { issues: 'read' }),
  changedBy: [
    'issues.closed',
    'issues.reopened',
    'issues.labeled',
    'issues.unlabeled',
    'pull_request.closed',
    'pull_request.reopened',
    'pull_request.labeled',
    'pull_request.unlabeled',
  ],
  select: () => ({
    // The newest hundred: what was done and undone lately is what decisions look at.
    thread: `timelineItems(last: 100, itemTypes: [LABELED_EVENT, UNLABELED_EVENT, CLOSED_EVENT, REOPENED_EVENT, RENAMED_TITLE_EVENT]) {
      nodes { __typename
        ... on LabeledEvent { ${actor} label { name } } ... on UnlabeledEvent { ${actor} label { name } }
        ... on ClosedEvent { ${actor} } ... on ReopenedEvent { ${actor} } ... on RenamedTitleEvent { ${actor} currentTitle }
      } }`,
  }),
  learn({ answer }) {
    const { nodes } = shaped(shape, answer.thread, 'the timeline').timelineItems;
    return nodes.map((event) => ({
      key: event.id,
      kind: kinds[event.__typename],
      actor: actorFrom(event.actor, answer.viewer),
      at: event.createdAt,
      object: event.label?.name ?? event.currentTitle ?? '',
    }));
  },
} satisfies FactSource<'happened'>;
