import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Subject } from '../subject.ts';
import { readCost } from './cost.ts';
import { repoIn } from './find-repo.ts';
import type { Access } from './gateway.ts';
import { troubleIn } from './read-answer.ts';
import type { Send } from './sender.ts';
import { Trouble } from './troubles.ts';

const page = z.looseObject({ repositories: z.array(z.unknown()) });
const state = z.looseObject({ archived: z.boolean().default(false) });

const perPage = 100;
/** A hundred thousand repositories: whoever has more is told that the list ends. */
const mostPages = 1000;

/** Every repository that an installation's own token reaches and that may be written to. */
export async function reachedBy(
  installation: number,
  access: Access,
  { send, clock }: { readonly send: Send; readonly clock: Clock },
): Promise<readonly Subject[]> {
  const found: Subject[] = [];
  for (let number = 1; number <= mostPages; number++) {
    const request = { route: 'GET /installation/repositories', params: { per_page: perPage, page: number } };
    const answer = await send({ ...access, cost: readCost, request });
    const trouble = troubleIn(answer, { write: false }, clock.now());
    if (trouble) throw trouble;
    const { data } = page.safeParse(answer.data);
    if (!data) throw new Trouble('later', 'GitHub answered without a list of repositories');
    const live = data.repositories.filter((one) => state.safeParse(one).data?.archived !== true);
    for (const one of live) {
      const repo = repoIn(one);
      if (repo) found.push({ kind: 'repo', repo, installation });
    }
    if (data.repositories.length < perPage) return found;
  }
  throw new Trouble('broken', `installation ${installation} reaches more repositories than can be listed`);
}
