import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Repo, Subject } from '../subject.ts';
import { readCost } from './cost.ts';
import type { Access } from './gateway.ts';
import { isRedirect, troubleIn } from './read-answer.ts';
import type { Send } from './sender.ts';
import { Trouble } from './troubles.ts';

const shape = z.looseObject({ id: z.int(), name: z.string(), owner: z.looseObject({ login: z.string() }) });

/** A repository as GitHub's REST describes it; null when this is none. */
export function repoIn(data: unknown): Repo | null {
  const { data: seen } = shape.safeParse(data);
  return seen ? { id: seen.id, owner: seen.owner.login, name: seen.name } : null;
}

/** A repository by its name, as far as a personal token sees it. */
export async function findRepo(
  owner: string,
  name: string,
  access: Access,
  { send, clock }: { readonly send: Send; readonly clock: Clock },
): Promise<Subject | null> {
  const request = { route: 'GET /repos/{owner}/{repo}', params: { owner, repo: name } };
  const answer = await send({ ...access, cost: readCost, request });
  // Moved away, perhaps to another owner: the name in the rules is to be corrected.
  if (answer.status === 404 || isRedirect(answer)) return null;
  const trouble = troubleIn(answer, { write: false }, clock.now());
  if (trouble) throw trouble;
  const repo = repoIn(answer.data);
  if (!repo) throw new Trouble('later', 'GitHub answered without a repository');
  const owned = repo.owner.toLowerCase() === owner.toLowerCase();
  return owned ? { kind: 'repo', repo, installation: null } : null;
}
