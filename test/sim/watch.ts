import type { FakeGitHub, ThreadView } from '../fake-github/fake-github.ts';
import { isForEverybody } from './commanded.ts';
import { pausedInStore } from './invariants-of-store.ts';
import { Scopes } from './scopes.ts';
import { Secrets } from './secrets.ts';
import type { Truth } from './truth.ts';
import type { Witness } from './sim-stage.ts';
import type { Call } from './wiretap.ts';
import { card, repositories, threads } from './world.ts';

const permission = /^\/repos\/([^/]+\/[^/]+)\/collaborators\/([^/]+)\/permission$/;
const onThread = /^\/repos\/([^/]+\/[^/]+)\/(?:issues|pulls)\/(\d+)\/(labels|comments|merge)$/;
const reaction = /^\/repos\/([^/]+\/[^/]+)\/issues\/comments\/(\d+)\/reactions$/;

/** A right read longer ago than this is none any more. */
const rightsFor = 10_000;
/** So long a reaction may wait for its turn. */
const inLine = 50_000;
/** What people did so lately the bot may not have seen when it decided. */
const lately = 60_000;
/** Of every thread. The author's word counts without a right. */
const author = 'bob';
const projected = new Set(['lgtm']);

interface Place {
  readonly as: string;
  readonly thread: ThreadView;
}

/**
 * What holds of each single request of the bot, checked as it leaves.
 *
 * Two invariants of the design have nothing to be checked on yet: that a pool's base is the tree that was tested (I-04) waits
 * for candidates of the pool, and that what is deployed is what was acknowledged (I-19) for deployments.
 */
export class Watch implements Witness {
  readonly #fake: FakeGitHub;
  readonly #truth: Truth;
  readonly #now: () => number;
  readonly #broken: (what: string) => void;
  readonly #scopes: Scopes;
  /** When the right of somebody was read, and whether it was enough then. */
  readonly #rights = new Map<string, { readonly at: number; readonly enough: boolean }>();
  /** The newest request that read each thread, and when that was. */
  readonly #read = new Map<string, { readonly request: number; readonly at: number }>();
  #merging = 0;
  /** Threads on which it spoke since it looked at them. */
  readonly #spoke = new Set<string>();
  /** Told of each request as it leaves, and again when its answer is there. */
  counting: (when: 'asked' | 'answered') => void = () => {};
  /** Each secret the bot holds. */
  readonly secrets = new Secrets();

  constructor(life: { fake: FakeGitHub; truth: Truth; now: () => number; broken: (what: string) => void }) {
    this.#fake = life.fake;
    this.#truth = life.truth;
    this.#now = life.now;
    this.#broken = life.broken;
    const { id, owner } = life.fake.repo;
    // The fake numbers its repositories one after the other.
    this.#scopes = new Scopes(new Map(repositories.map((name, index) => [`${owner}/${name}`, id + index])));
    const pem = life.fake.app.privateKey.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
    for (const line of pem.slice(1, 3)) this.secrets.add(line);
  }

  /** The process is gone, and what it had under way with it. */
  died(database: string): void {
    this.#merging = 0;
    for (const as of this.#spoke) this.#truth.unseen.add(as);
    if (pausedInStore(database) <= this.#now()) this.#truth.unheard.add(this.#now());
  }

  asked(call: Call): void {
    const { method, path, text, write, token, body } = call;
    this.#truth.asked += 1;
    const { owner, name, number } = (body['variables'] ?? {}) as { owner?: string; name?: string; number?: number };
    const read = { request: this.#truth.asked, at: this.#now() };
    if (!write && number !== undefined) {
      this.#read.set(`${owner}/${name}#${number}`, read);
      this.#looksAt(`${owner}/${name}`, number);
    }
    if (token !== '') this.secrets.add(token);
    if (this.secrets.areIn(text) || this.secrets.areIn(path))
      this.#broken(`I-20: a secret leaves in ${method} ${path}`);
    const lie = this.#scopes.used(call);
    if (lie !== null) this.#broken(lie);
    if (write) this.#writes(call);
    this.counting('asked');
  }

  logged(text: string): void {
    if (this.secrets.areIn(text)) this.#broken('I-20: a secret is in the log');
  }

  answered(call: Call, status: number, text: string): void {
    if (call.path.endsWith('/access_tokens') && status === 201) this.#minted(call, text);
    if (call.path.endsWith('/merge') && call.method === 'PUT') this.#merged(call, status);
    const [, repo = '', login = ''] = permission.exec(call.path) ?? [];
    if (login !== '' && (status === 200 || status === 304))
      this.#rights.set(`${repo} ${login}`, { at: this.#now(), enough: this.#truth.rights.mayReview(repo, login) });
    if (call.method === 'POST' && status === 201) this.#said(call);
    this.counting('answered');
  }

  /** I-23: a reply that begins with a name tells somebody what was refused; nothing else is asked for in these lives. */
  #said({ path, body }: Call): void {
    const [, repo = '', number = '', what = ''] = onThread.exec(path) ?? [];
    const place = what === 'comments' ? this.#placeOf(repo, Number(number)) : null;
    const [, login = ''] = /^<!-- github-bot:say-.*-->\n@(\S+) /.exec(String(body['body'])) ?? [];
    if (place && login !== '' && this.#truth.tellsAgain(place.as, login))
      this.#broken(`I-23: ${login} is told on ${place.as} again what is refused`);
  }

  #merged({ path }: Call, status: number): void {
    this.#merging = Math.max(0, this.#merging - 1);
    const [, repo = '', number = ''] = onThread.exec(path) ?? [];
    const place = this.#placeOf(repo, Number(number));
    if (place && status === 200) this.#truth.merged(place.as);
  }

  #minted(call: Call, text: string): void {
    try {
      const { token, lie } = this.#scopes.made(call, text);
      if (lie !== null) this.#broken(lie);
      if (token !== '') this.secrets.add(token);
    } catch {
      // The answer was spoilt on its way; nobody has this token.
    }
  }

  #writes(call: Call): void {
    const [, home = ''] = /^\/repos\/([^/]+\/[^/]+)/.exec(call.path) ?? [];
    const gone = this.#truth.goneSince(home);
    if (gone !== null && this.#now() - gone > lately)
      this.#broken(`I-24: ${call.method} ${call.path} after the bot was sent away`);
    const [, repo = '', number = '', what = ''] = onThread.exec(call.path) ?? [];
    const place = this.#placeOf(repo, Number(number));
    if (place && what === 'merge') this.#merges(repo, place, call.body['sha']);
    if (place && what === 'labels' && call.method === 'POST') this.#labels(place, call.body);
    if (place && what === 'comments' && call.method === 'POST') this.#says(place, String(call.body['body']));
    const [, where = '', comment = ''] = reaction.exec(call.path) ?? [];
    if (comment !== '' && call.body['content'] === 'rocket') this.#obeys(where, Number(comment));
  }

  #placeOf(repo: string, number: number): Place | null {
    const as = threads.find(
      (name) => this.#truth.repositoryOf(name) === repo && this.#fake.thread(name).number === number,
    );
    return as === undefined ? null : { as, thread: this.#fake.thread(as) };
  }

  /** The last merge named another head than there is, and GitHub merges nothing. */
  refused = false;

  /** I-05 and the first half of I-06. */
  #merges(repo: string, { as, thread }: Place, sha: unknown): void {
    this.#merging += 1;
    if (this.#merging > 1) this.#broken(`I-05: ${as} is merged while another merge is under way`);
    this.refused = sha !== thread.head;
    if (this.refused) return;
    const approvers = this.#truth.approversOf(as);
    if (!approvers.some((login) => this.#isRead(repo, login)))
      this.#broken(
        `I-06: ${as} is merged, and what ${approvers.join(', ') || 'nobody'} may do was not read just before`,
      );
  }

  /**
   * The other half of I-06: a command of somebody who needs a right for it is carried out. It counts from when the thread was
   * read for it, and the reaction only tells so; it stands in line behind all other writes, but not for ever.
   */
  #obeys(repo: string, id: number): void {
    for (const as of threads.filter((name) => this.#truth.repositoryOf(name) === repo)) {
      const said = this.#fake.thread(as).comments.find((comment) => comment.id === id);
      if (!said || said.by === author || isForEverybody(this.#truth.commanded.words.get(said.as ?? '')?.body ?? ''))
        continue;
      const from = this.#readOf(as)?.at ?? 0;
      if (!this.#isRead(repo, said.by, from) || !this.#isRead(repo, said.by, this.#now() - inLine))
        this.#broken(`I-06: ${said.by} was obeyed on ${as}, and what they may do was not read just before`);
    }
  }

  #isRead(repo: string, login: string, at = this.#now()): boolean {
    const right = this.#rights.get(`${repo} ${login}`);
    return right?.enough === true && at - right.at <= rightsFor;
  }

  /** I-17, I-21: labels people took off, and labels on what is closed. */
  #labels({ as }: Place, body: Call['body']): void {
    for (const name of (body['labels'] ?? []) as readonly string[]) {
      if (name === 'lgtm' && !this.#truth.isLookedAt(as))
        this.#broken(`I-01: ${as} gets the label lgtm, and nobody can have looked at what was pushed`);
      if (this.#truth.isTakenOff(as, name, this.#lastRead(as)))
        this.#broken(`I-17: ${as}: the label ${name} is put back`);
      if (this.#isShut(as) && !projected.has(name)) this.#broken(`I-21: ${as} is closed and gets the label ${name}`);
    }
  }

  #looksAt(repo: string, number: number): void {
    const as = this.#placeOf(repo, number)?.as ?? '';
    this.#spoke.delete(as);
    this.#truth.unseen.delete(as);
  }

  #says({ as }: Place, body: string): void {
    this.#spoke.add(as);
    if (this.#truth.isDeleted(as, body)) this.#broken(`I-17: ${as}: what people deleted is said again`);
    if (body.startsWith(card)) this.#truth.newCard(as);
    if (this.#isShut(as) && body.startsWith(card)) this.#broken(`I-21: ${as} is closed and gets a card`);
  }

  #isShut(as: string): boolean {
    const since = this.#truth.shutSince(as);
    return since !== null && since < this.#lastRead(as) && this.#fake.thread(as).state !== 'open';
  }

  /** What a write goes by was read with this request, or one before. */
  #lastRead(as: string): number {
    return this.#readOf(as)?.request ?? 0;
  }

  #readOf(as: string) {
    return this.#read.get(`${this.#truth.repositoryOf(as)}#${this.#fake.thread(as).number}`);
  }
}
