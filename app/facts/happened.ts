import { z } from 'zod';
import { actorFields, actorFrom, actorShape, shaped } from './actor.ts';
import type { Answer, FactSource, Happening } from './fact.ts';

const kinds = {
  LabeledEvent: 'labeled',
  UnlabeledEvent: 'unlabeled',
  ClosedEvent: 'closed',
  ReopenedEvent: 'reopened',
  MergedEvent: 'merged',
  RenamedTitleEvent: 'renamed',
} as const satisfies Record<string, Happening['kind']>;

const event = z.object({
  __typename: z.enum(Object.keys(kinds) as (keyof typeof kinds)[]),
  id: z.string(),
  createdAt: z.string(),
  actor: actorShape,
  label: z.object({ name: z.string() }).nullish(),
  currentTitle: z.string().nullish(),
});
/** A list of GitHub's may hold nothing where something was, and kinds of things that are new. */
const anything = z.looseObject({ __typename: z.string() }).nullable();
const shape = z.object({
  title: z.string(),
  createdAt: z.string(),
  author: actorShape,
  timelineItems: z.object({ nodes: z.array(anything) }),
});
type Seen = z.output<typeof shape>;

const actor = `id createdAt actor { ${actorFields} }`;

/** The newest hundred: what was done and undone lately is what decisions look at. */
const timeline = (types: string, nodes: string) => `timelineItems(last: 100,
  itemTypes: [LABELED_EVENT, UNLABELED_EVENT, CLOSED_EVENT, REOPENED_EVENT, RENAMED_TITLE_EVENT${types}]) {
    nodes { __typename
      ... on LabeledEvent { ${actor} label { name } } ... on UnlabeledEvent { ${actor} label { name } }
      ... on ClosedEvent { ${actor} } ... on ReopenedEvent { ${actor} } ... on RenamedTitleEvent { ${actor} currentTitle }
      ${nodes} } }`;

function eventsFrom({ timelineItems }: Seen, viewer: Answer['viewer']): Happening[] {
  const known = timelineItems.nodes.filter((node) => node !== null && Object.hasOwn(kinds, node.__typename));
  return shaped(z.array(event), known, 'the timeline').map((event) => ({
    key: event.id,
    kind: kinds[event.__typename],
    actor: actorFrom(event.actor, viewer),
    at: event.createdAt,
    object: event.label?.name ?? event.currentTitle ?? '',
  }));
}

export default {
  permissions: (kind) => (kind === 'pull' ? { pull_requests: 'read' } : { issues: 'read' }),
  changedBy: [
    'issues.opened',
    'issues.closed',
    'issues.reopened',
    'issues.labeled',
    'issues.unlabeled',
    'pull_request.opened',
    'pull_request.closed',
    'pull_request.reopened',
    'pull_request.labeled',
    'pull_request.unlabeled',
  ],
  select: () => ({
    thread: `title createdAt author { ${actorFields} }`,
    issue: timeline('', ''),
    pull: timeline(', MERGED_EVENT', `... on MergedEvent { ${actor} }`),
  }),
  learn({ answer }) {
    const seen = shaped(shape, answer.thread, 'the timeline');
    const { title, createdAt, author } = seen;
    const by = actorFrom(author, answer.viewer);
    const opened: Happening = { key: 'opened', kind: 'opened', actor: by, at: createdAt, object: title };
    const all = [opened, ...eventsFrom(seen, answer.viewer)];
    // GitHub's times are whole seconds; what happened within one stays in the order it was listed in.
    return all.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  },
} satisfies FactSource<'happened'>;
