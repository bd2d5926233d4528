import { people } from './world.ts';

const mayReview = ['triage', 'write', 'maintain', 'admin'];
const mayWrite = ['write', 'maintain', 'admin'];

/** What people may do in each repository; only in the first one it ever changes. */
export class Rights {
  readonly #first: string;
  readonly #inFirst = new Map<string, string>(Object.entries(people));
  readonly #elsewhere: ReadonlyMap<string, string> = new Map(Object.entries(people));

  constructor(first: string) {
    this.#first = first;
  }

  /** Somebody gets another right in the first repository. */
  changed(login: string, role: string): void {
    this.#inFirst.set(login, role);
  }

  #roleOf(repo: string, login: string): string {
    return (repo === this.#first ? this.#inFirst : this.#elsewhere).get(login) ?? 'none';
  }

  mayReview(repo: string, login: string): boolean {
    return mayReview.includes(this.#roleOf(repo, login));
  }

  mayWrite(repo: string, login: string): boolean {
    return mayWrite.includes(this.#roleOf(repo, login));
  }
}
