import type { FactName, Facts, Thread } from '../facts/fact.ts';
import type { Call, Permissions } from '../github/github.ts';

export type Conclusion = 'success' | 'failure' | 'neutral' | 'action_required';

export interface LabelWant {
  readonly kind: 'label';
  readonly name: string;
  readonly on: boolean;
  /** For a label that has to be created: six hex digits, and what it means. */
  readonly color?: string;
  readonly description?: string;
}

export interface StateWant {
  readonly kind: 'state';
  readonly open: boolean;
  /** Why it is closed; issues only. */
  readonly reason?: 'completed' | 'not_planned';
}

/** The one comment with this key; `body` null: minimised as resolved. */
export interface CommentWant {
  readonly kind: 'comment';
  readonly key: string;
  readonly body: string | null;
}

export interface CheckWant {
  readonly kind: 'check';
  readonly name: string;
  readonly head: string;
  readonly conclusion: Conclusion;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  /** '' when there is no page to link to. */
  readonly details: string;
}

/** What a personal token can say instead of a check. */
export interface StatusWant {
  readonly kind: 'status';
  readonly name: string;
  readonly head: string;
  readonly state: 'success' | 'failure' | 'pending';
  readonly description: string;
  readonly details: string;
}

/** Look at this thread again then, ISO 8601. */
export interface RevisitWant {
  readonly kind: 'revisit';
  readonly at: string;
}

export type Want = { readonly once?: string } & (
  LabelWant | StateWant | CommentWant | CheckWant | StatusWant | RevisitWant
);

/** What a module may ask for; comments of state, checks and merges are the engine's. */
export type PolicyWant = Extract<Want, { kind: 'label' | 'state' | 'revisit' }>;

/** One call to GitHub that makes a want true, as data. */
export interface Change {
  readonly kind: Want['kind'];
  /** Same id, same thing: what an attempt is noted under. */
  readonly id: string;
  /** For people and logs: `add label invalid-title`. */
  readonly says: string;
  readonly call: Call;
  /** Sent twice, people would see it twice. */
  readonly visibleTwice: boolean;
}

/** One kind of want, all of it pure. */
export interface Kind<W extends Want> {
  /** Changes are made in this order: what people read first, what cannot be taken back last. */
  readonly rank: number;
  /** What `diff` looks at. */
  readonly needs: readonly FactName[];
  /** The right to make it true. */
  permissions(on: Thread['kind']): Permissions;
  /** Same id = same thing; two wants with one id that differ are a conflict unless `join` says which of them holds. */
  id(want: W): string;
  join?(a: W, b: W): W;
  /** The calls still needed; none when it is already so. */
  diff(want: W, facts: Facts): readonly Change[];
  /** The facts once it is true. */
  project(want: W, facts: Facts): Facts;
}
