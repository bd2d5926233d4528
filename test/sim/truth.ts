import type { Deed } from '../fake-github/fault-kinds.ts';
import type { FakeGitHub } from '../fake-github/fake-github.ts';

/** What the people of a simulated life did, as far as the state of GitHub does not say it. */
export class Truth {
  readonly #fake: FakeGitHub;
  readonly #threads: readonly string[];
  /** Heads each approver has approved, by thread. */
  readonly #approved = new Map<string, Map<string, string>>();
  /** The newest conclusion of `build` by the pinned App, by commit. */
  readonly #builds = new Map<string, string>();
  readonly #roles = new Map<string, string>([
    ['lin', 'admin'],
    ['chen', 'write'],
  ]);
  /** Labels that a person asked for, as `p1 bug`: where no rule wants them they may stay. */
  readonly asked = new Set<string>();
  /** Comments that somebody changed before the bot had answered them. */
  readonly edited = new Set<string>();

  constructor(fake: FakeGitHub, threads: readonly string[]) {
    this.#fake = fake;
    this.#threads = threads;
  }

  /** To be told of each deed that was done. */
  note({ step, keys }: Deed): void {
    const text = (key: string) => String(keys[key]);
    const as = text('of');
    if (step === 'review') this.#review(as, text('by'), text('state'));
    if (step === 'check' && keys['app'] !== 'forger') {
      const { head } = this.#fake.thread(as);
      if (head !== null) this.#builds.set(head, text('conclusion'));
    }
    for (const label of (keys['labels'] ?? []) as readonly string[]) {
      if (step === 'label') this.asked.add(`${as} ${label}`);
      if (step === 'unlabel') this.asked.delete(`${as} ${label}`);
    }
    if (step === 'role') this.#roles.set(text('login'), text('role'));
    if (step === 'edit-comment') this.#edit(text('comment'));
  }

  #review(as: string, by: string, state: string): void {
    const heads = this.#approved.get(as) ?? new Map<string, string>();
    this.#approved.set(as, heads);
    const { head } = this.#fake.thread(as);
    if (state === 'approve' && head !== null) heads.set(by, head);
    if (state === 'request-changes') heads.delete(by);
  }

  #edit(name: string): void {
    const all = this.#threads.flatMap((as) => this.#fake.thread(as).comments);
    const comment = all.find(({ as }) => as === name);
    if (comment?.reactions.length === 0) this.edited.add(name);
  }

  /** Why the bot was wrong to merge what it merged; `null` when it was not, or did not. */
  whyNotMerged(as: string): string | null {
    const { head, mergedBy } = this.#fake.thread(as);
    if (mergedBy !== 'github-bot[bot]') return null;
    const approved = [...(this.#approved.get(as) ?? [])].some(([, at]) => at === head);
    return approved ? null : 'I-01: what was merged is not what was approved';
  }

  /** Why a merge of this pull request right now breaks the rules; `null` when it does not. */
  whyNotMerge(as: string): string | null {
    const { state, draft, head, labels, reviews } = this.#fake.thread(as);
    const mayWrite = (by: string) => ['write', 'maintain', 'admin'].includes(this.#roles.get(by) ?? 'none');
    const approvers = [...(this.#approved.get(as) ?? [])].filter(([by, at]) => at === head && mayWrite(by));
    const last = new Map(reviews.filter(({ state }) => state !== 'COMMENTED').map(({ by, state }) => [by, state]));
    if (state !== 'open') return `I-03: it is ${state}`;
    if (draft) return 'I-03: it is a draft';
    if (labels.some((label) => label.startsWith('do-not-merge/') || label === 'needs-rebase'))
      return 'I-03: it is held';
    if ([...last].some(([by, state]) => mayWrite(by) && state === 'CHANGES_REQUESTED'))
      return 'I-03: changes are asked for';
    if (approvers.length === 0) return 'I-01: nobody who may has approved this head';
    if (this.#builds.get(head ?? '') !== 'success') return `I-02: build is ${this.#builds.get(head ?? '')}`;
    return null;
  }
}
