import type { Store } from '../store/store.ts';
import type { Repo, Subject } from '../subject.ts';
import type { SetUp } from './set-up.ts';

export interface DependentPorts {
  readonly store: Pick<Store, 'repos' | 'buildersOn'>;
  readonly setUp: Pick<SetUp, 'known'>;
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const asRepo = ({ repo, installation }: Subject): Subject => ({ kind: 'repo', repo, installation });

/** Every repository that this process has worked for or the store knows of. */
export async function knownRepos({ store, setUp }: DependentPorts): Promise<readonly Subject[]> {
  const all = [...(await store.repos()), ...setUp.known().map(({ subject }) => asRepo(subject))];
  return [...new Map(all.map((subject) => [subject.repo.id, subject])).values()];
}

/**
 * The other repositories whose rules are made of this one's file, over whatever steps: as this process has set them up,
 * else as the store remembers.
 */
export async function dependentsOf({ repo }: Subject, ports: DependentPorts): Promise<readonly Subject[]> {
  const setups = new Map(ports.setUp.known().map((setup) => [setup.subject.repo.id, setup]));
  const before = new Set((await ports.store.buildersOn(repo.id)).map((other) => other.repo.id));
  const forAll = repo.name.toLowerCase() === '.github';
  const uses = ({ id }: Repo) => setups.get(id)?.seen.some((one) => one.repo.id === repo.id) ?? before.has(id);
  const others = (await knownRepos(ports)).filter(
    (other) => other.repo.id !== repo.id && same(other.repo.owner, repo.owner),
  );
  return others.filter((other) => forAll || uses(other.repo));
}
