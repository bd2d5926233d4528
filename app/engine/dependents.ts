import type { Store } from '../store/store.ts';
import type { Repo, Subject } from '../subject.ts';
import type { SetUp } from './set-up.ts';

export interface DependentPorts {
  readonly store: Pick<Store, 'repos' | 'goodRules'>;
  readonly setUp: Pick<SetUp, 'known'>;
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const asRepo = ({ repo, installation }: Subject): Subject => ({ kind: 'repo', repo, installation });

/** Every repository that this process has worked for or the store knows of. */
export async function knownRepos({ store, setUp }: DependentPorts): Promise<readonly Subject[]> {
  const all = [...(await store.repos()), ...setUp.known().map(({ subject }) => asRepo(subject))];
  return [...new Map(all.map((subject) => [subject.repo.id, subject])).values()];
}

/** After a restart only the text that was read without fault says what a repository builds upon. */
async function mentions({ id }: Repo, { owner, name }: Repo, store: DependentPorts['store']): Promise<boolean> {
  const text = (await store.goodRules(id))?.text ?? '';
  return /^extends\s*:/m.test(text) && text.toLowerCase().includes(`${owner}/${name}`.toLowerCase());
}

/** The other repositories whose rules are made of this one's file, as far as this process and the store know. */
export async function dependentsOf({ repo }: Subject, ports: DependentPorts): Promise<readonly Subject[]> {
  const setups = new Map(ports.setUp.known().map((setup) => [setup.subject.repo.id, setup]));
  const forAll = repo.name.toLowerCase() === '.github';
  const found: Subject[] = [];
  for (const other of await knownRepos(ports)) {
    if (other.repo.id === repo.id || !same(other.repo.owner, repo.owner)) continue;
    const seen = setups.get(other.repo.id)?.seen;
    const uses = seen ? seen.some((one) => one.repo.id === repo.id) : await mentions(other.repo, repo, ports.store);
    if (forAll || uses) found.push(other);
  }
  return found;
}
