import type { Deed } from '../fake-github/fault-kinds.ts';
import type { FakeGitHub, ThreadView } from '../fake-github/fake-github.ts';
import { Commanded } from './commanded.ts';
import { offRules } from './deeds.ts';
import { Rights } from './rights.ts';
import { card, isBad, repositories, rules, rulesPath, threads } from './world.ts';

const typeOf = (title: string) => /^\w*/.exec(title)?.[0] ?? '';
const owner = 'acme';
/** What was pushed more lately than this nobody has looked at. */
const lookingTime = 60_000;
const homeOf = (as: string) => (as.startsWith('q') ? 'other' : 'shop');

/** What the people of a simulated life did, as far as the state of GitHub does not say it. */
export class Truth {
  readonly #fake: FakeGitHub;
  readonly #now: () => number;
  /** Requests of the bot so far: what it read later than this or that was read after it. */
  asked = 0;
  /** Heads each approver has approved, by thread. */
  readonly #approved = new Map<string, Map<string, string>>();
  /** The newest conclusion of `build` by the pinned App, by commit. */
  readonly #builds = new Map<string, string>();
  readonly rights = new Rights(`${owner}/shop`);
  /** When people could know of the newest push of other files, and when they last approved of anything. */
  readonly #pushed = new Map<string, number>();
  readonly #words = new Map<string, number[]>();
  /** What was pushed to each pull request, by path. */
  readonly #files = new Map<string, ReadonlyMap<string, string>>();
  /** Who was told of a refusal last, by thread and person. */
  readonly #told = new Map<string, number>();
  /** Labels that people took off: how many requests there had been, and of what title. */
  readonly #takenOff = new Map<string, { readonly at: number; readonly type: string }>();
  /** How many requests there had been when it was closed. */
  readonly #shut = new Map<string, number>();
  /** What the bot said and people deleted, by thread. */
  readonly #deleted = new Map<string, Set<string>>();
  /** Labels that a person asked for, as `p1 bug`: where no rule wants them they may stay. */
  readonly wished = new Set<string>();
  readonly commanded = new Commanded();
  /** Threads on which the bot spoke before it died, and which it has not looked at since: it may never know what it said. */
  readonly unseen = new Set<string>();
  /** Comments that somebody changed before the bot had answered them. */
  readonly edited = new Set<string>();
  /** When the process died and had not written down that it asks nothing for now: what it was told then, nobody knows. */
  readonly unheard = new Set<number>();
  /** When the App lost each repository. */
  readonly #gone = new Map<string, number>();
  /** Since when nobody can read the rules of the first repository. */
  rulesBroken = false;

  constructor(fake: FakeGitHub, now: () => number) {
    this.#fake = fake;
    this.#now = now;
  }

  /** Threads whose name begins with a q are in the second repository. */
  repositoryOf(as: string): string {
    return `${owner}/${homeOf(as)}`;
  }

  /** Whether the rules of its base are those that these lives begin with. */
  #isRuled(as: string): boolean {
    return this.#fake.repository(this.repositoryOf(as)).file('main', rulesPath) === rules[homeOf(as)];
  }

  /** To be told of each deed before it is done. */
  before({ step, keys }: Deed): () => void {
    const as = String(keys['of']);
    const said = step === 'delete-bot-comment' ? this.#saidOn(as) : undefined;
    const inDoubt = step === 'delete-bot-comment' && said === undefined && isBad(this.#fake.thread(as));
    const on = step === 'unlabel' ? this.#fake.thread(as).labels : [];
    const same = step === 'edit-comment' && this.#commentOf(String(keys['comment']))?.body === keys['body'];
    const unruled = step === 'push-base' ? this.#unruled(String(keys['repo'])) : [];
    return () => {
      for (const name of unruled) this.commanded.lifted(name);
      if (said && !this.unseen.has(as))
        this.#deleted.set(as, (this.#deleted.get(as) ?? new Set<string>()).add(said.body));
      // It was about to be brought back: it may be said again, and it may stay away.
      if (inDoubt) this.#deleted.set(as, this.#deleted.get(as) ?? new Set());
      // GitHub takes the same text for no change.
      if (!same) this.#note({ step, keys }, on);
      for (const [name, bodies] of this.#deleted) this.#forgive(name, bodies, unruled.includes(name));
    };
  }

  /** What the bot says there; a card that is hidden because all was well says nothing, even where all is well no more. */
  #saidOn(as: string): ThreadView['comments'][number] | undefined {
    const { comments, state, draft } = this.#fake.thread(as);
    const said = comments.findLast(({ us }) => us);
    return said?.minimized === true && state === 'open' && !draft ? undefined : said;
  }

  /** Threads of a repository in which somebody who would like to have no rules had brought that about. */
  #unruled(repo: string): readonly string[] {
    const inIt = threads.filter((as) => this.repositoryOf(as) === repo);
    if (inIt.length === 0) return [];
    return this.#fake.repository(repo).file('main', rulesPath) === offRules[rulesPath] ? inIt : [];
  }

  /** Once all is well with an open thread, the card that was deleted was not about what goes wrong later. */
  #forgive(as: string, bodies: Set<string>, wasUnruled: boolean): void {
    const thread = this.#fake.thread(as);
    if (thread.state !== 'open' || (isBad(thread) && !wasUnruled)) return;
    for (const body of bodies) if (body.startsWith(card)) bodies.delete(body);
  }

  /** A card that says something else: those deleted before it were about what was wrong then. */
  newCard(as: string): void {
    const bodies = this.#deleted.get(as) ?? new Set();
    for (const body of bodies) if (body.startsWith(card)) bodies.delete(body);
  }

  /** Whether people deleted something the bot said there. */
  hasDeleted(as: string): boolean {
    return this.#deleted.has(as);
  }

  /** Whether people deleted just this. */
  isDeleted(as: string, body: string): boolean {
    return this.#deleted.get(as)?.has(body) === true;
  }

  /** Whether somebody was told less than an hour ago what was refused there; they are told now. */
  tellsAgain(as: string, login: string): boolean {
    const last = this.#told.get(`${as} ${login}`);
    this.#told.set(`${as} ${login}`, this.#now());
    return last !== undefined && this.#now() - last < 3_600_000;
  }

  /** Whether somebody who may has approved of a head of these files that they could have looked at. */
  isLookedAt(as: string): boolean {
    const since = this.#pushed.get(as);
    return since === undefined || (this.#words.get(as) ?? []).some((at) => at >= since);
  }

  /** The bot remembers nothing any more. */
  forgotten(): void {
    this.#told.clear();
    for (const bodies of this.#deleted.values()) bodies.clear();
  }

  #note({ step, keys }: Deed, on: readonly string[]): void {
    const text = (key: string) => String(keys[key]);
    const as = text('of');
    if (step === 'review') this.#review(as, text('by'), text('state'));
    if (step === 'check' && keys['app'] !== 'forger') this.#build(as, text('conclusion'));
    if (step === 'role') this.rights.changed(text('login'), text('role'));
    if (step === 'comment') this.#says(as, { by: text('by'), comment: text('as'), body: text('body') });
    if (step === 'edit-comment') this.#edit(text('comment'));
    if (step === 'edit-comment' || step === 'delete-comment') this.commanded.withdrawn(text('comment'));
    if (step === 'close') this.#shuts(as);
    if (step === 'reopen') this.#shut.delete(as);
    if (step === 'suspend') for (const name of repositories) this.#gone.set(`${owner}/${name}`, this.#now());
    if (step === 'remove-repository') this.#gone.set(`${owner}/shop`, this.#now());
    if (step === 'unsuspend' || step === 'add-repository') this.#gone.clear();
    if (step === 'edit') this.#retitled(as);
    if (step === 'push' && keys['same-tree'] !== true) this.#pushes(as, keys['files'] as Record<string, string>);
    if (step === 'review' && text('state') === 'approve') this.#approves(as, lookingTime);
    for (const label of (keys['labels'] ?? []) as readonly string[]) this.#labelled(step, as, label, on);
  }

  #says(as: string, { by, comment, body }: { by: string; comment: string; body: string }): void {
    this.commanded.words.set(comment, { as, body });
    if (/^\/lgtm\s*$/im.test(body)) this.#approves(as, 0);
    if (this.#fake.thread(as).state !== 'open' || by.endsWith('[bot]') || !this.#isRuled(as)) return;
    this.commanded.said(as, { comment, by, at: this.#now() }, body);
  }

  #shuts(as: string): void {
    this.#shut.set(as, this.asked);
    const isAnswered = (name: string) => this.#commentOf(name)?.reactions.includes('rocket') === true;
    this.commanded.closed(as, isAnswered);
  }

  /** Files that are there already as they come leave the tree as it is. */
  #pushes(as: string, files: Readonly<Record<string, string>>): void {
    const known = this.#files.get(as) ?? new Map<string, string>();
    const all = Object.entries(files);
    if (all.some(([path, text]) => known.get(path) !== text)) this.#pushed.set(as, this.#now() + lookingTime);
    this.#files.set(as, new Map([...known, ...all]));
  }

  /** A review names the commit it is of, so it is never too early. */
  #approves(as: string, later: number): void {
    this.#words.set(as, [...(this.#words.get(as) ?? []), this.#now() + later]);
  }

  #review(as: string, by: string, state: string): void {
    const heads = this.#approved.get(as) ?? new Map<string, string>();
    this.#approved.set(as, heads);
    const { head, state: now } = this.#fake.thread(as);
    // What is said of it later does not change what it was merged with.
    if (now === 'merged') return;
    if (state === 'approve' && head !== null) heads.set(by, head);
    if (state === 'request-changes') heads.delete(by);
  }

  #build(as: string, conclusion: string): void {
    const { head } = this.#fake.thread(as);
    if (head !== null) this.#builds.set(head, conclusion);
  }

  #commentOf(name: string): ThreadView['comments'][number] | undefined {
    return threads.flatMap((as) => this.#fake.thread(as).comments).find(({ as }) => as === name);
  }

  #edit(name: string): void {
    if (this.#commentOf(name)?.reactions.length === 0) this.edited.add(name);
  }

  #labelled(step: string, as: string, name: string, on: readonly string[]): void {
    const key = `${as} ${name}`;
    if (step === 'label') {
      this.wished.add(key);
      this.#takenOff.delete(key);
      return;
    }
    this.wished.delete(key);
    // Who takes off what is not there overrules nobody.
    if (!on.includes(name)) return;
    if (name === 'do-not-merge/hold') this.commanded.lifted(as);
    this.#takenOff.set(key, { at: this.asked, type: typeOf(this.#fake.thread(as).title) });
  }

  /** Where the title says another thing for a moment, what people took off may come back. */
  #retitled(as: string): void {
    const type = typeOf(this.#fake.thread(as).title);
    for (const [key, taken] of this.#takenOff)
      if (key.startsWith(`${as} `) && taken.type !== type) this.#takenOff.delete(key);
  }

  /** Whether people took this label off before that request, and the title's type was never another since. */
  isTakenOff(as: string, name: string, before: number): boolean {
    const taken = this.#takenOff.get(`${as} ${name}`);
    return ['enhancement', 'bug', 'document'].includes(name) && taken !== undefined && taken.at < before;
  }

  /** Since when the App may do nothing there; null while it may. */
  goneSince(repo: string): number | null {
    return this.#gone.get(repo) ?? null;
  }

  /** How many requests there had been when it was closed or merged; null while it is open. */
  shutSince(as: string): number | null {
    return this.#shut.get(as) ?? null;
  }

  /** The bot has merged it. */
  merged(as: string): void {
    this.#shut.set(as, this.asked);
  }

  #mayWrite(as: string, login: string): boolean {
    return this.rights.mayWrite(this.repositoryOf(as), login);
  }

  /** Who has approved the present head and may. */
  approversOf(as: string): string[] {
    const all = [...(this.#approved.get(as) ?? [])];
    const heads = this.#fake.commit(as).since;
    return all.filter(([by, at]) => heads.includes(at) && this.#mayWrite(as, by)).map(([by]) => by);
  }

  /** Whether somebody who may asked for the merge of a head they could have seen. */
  #isAskedFor(as: string): boolean {
    const since = this.#pushed.get(as) ?? 0;
    return this.commanded.mergesOn(as).some(({ by, at }) => at >= since && this.#mayWrite(as, by));
  }

  /** Why the bot was wrong to merge what it merged; `null` when it was not, or did not. */
  whyNotMerged(as: string): string | null {
    if (this.#fake.thread(as).mergedBy !== 'github-bot[bot]') return null;
    const heads = this.#fake.commit(as).since;
    const approved = [...(this.#approved.get(as) ?? [])].some(([, at]) => heads.includes(at));
    return approved ? null : 'I-01: what was merged is not what was approved';
  }

  /** Why a merge of this pull request right now breaks the rules; `null` when it does not. */
  whyNotMerge(as: string): string | null {
    const { state, draft, head, labels, reviews } = this.#fake.thread(as);
    const last = new Map(reviews.filter(({ state }) => state !== 'COMMENTED').map(({ by, state }) => [by, state]));
    if (this.rulesBroken && as.startsWith('p')) return 'I-13: nobody can read the rules of its base';
    if (state !== 'open') return `I-03: it is ${state}`;
    if (draft) return 'I-03: it is a draft';
    if (labels.some((label) => label.startsWith('do-not-merge/') || label === 'needs-rebase'))
      return 'I-03: it is held';
    if ([...last].some(([by, state]) => this.#mayWrite(as, by) && state === 'CHANGES_REQUESTED'))
      return 'I-03: changes are asked for';
    if (this.approversOf(as).length === 0) return 'I-01: nobody who may has approved this head';
    if (this.#isRuled(as) && this.commanded.holdsOn(as).length > 0) return 'I-03: somebody said /hold';
    if (this.#isRuled(as) && homeOf(as) === 'other' && !this.#isAskedFor(as)) return 'I-01: nobody asked for it';
    if (this.#builds.get(head ?? '') !== 'success') return `I-02: build is ${this.#builds.get(head ?? '')}`;
    return null;
  }
}
