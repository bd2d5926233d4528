import { z } from 'zod';
import type { GitHub, GitHubRepo } from '../github/github.ts';
import { Trouble } from '../github/troubles.ts';
import { Later } from '../queue/queue.ts';
import type { Job } from '../queue/queue.ts';
import { unlessHalted } from './halted.ts';
import type { Ports } from './outcome.ts';

/** GitHub's answers come from copies that may lag behind its webhooks; after so many tries what is read is believed. */
const triesForNew = 5;
/** Four seconds, then twice as long each time: a minute in all. */
const firstWait = 4_000;
/** Of a burst the newest deliveries say enough. */
const mostRead = 10;

/** What the deliveries of a job say of how new GitHub's answers must be. */
interface Told {
  /** Milliseconds since the epoch: when the thread was changed last; 0 when none says. */
  readonly changedAt: number;
  /** The commit that the newest push replaced; null when none says. */
  readonly replaced: string | null;
}

const dated = z.looseObject({ updated_at: z.string() });
const payload = z.looseObject({
  issue: dated.optional().catch(undefined),
  pull_request: dated.optional().catch(undefined),
  before: z.string().nullable().catch(null).default(null),
});

function toldIn(body: Buffer): Told {
  const { issue, pull_request: pull, before } = payload.parse(JSON.parse(body.toString()));
  // The issue half of a pull request keeps a time of its own.
  const thread = pull ?? (issue && 'pull_request' in issue ? undefined : issue);
  return { changedAt: Date.parse(thread?.updated_at ?? '') || 0, replaced: before };
}

async function toldBy({ hints }: Job, { store }: Pick<Ports, 'store'>): Promise<Told> {
  const found = await Promise.all(hints.slice(-mostRead).map(({ delivery }) => store.delivery(delivery)));
  const all = found.flatMap((one) => (one && one.body.length > 0 ? [toldIn(one.body)] : []));
  return { changedAt: Math.max(0, ...all.map((one) => one.changedAt)), replaced: all.at(-1)?.replaced ?? null };
}

const seen = z.object({
  repository: z.object({
    defaultBranchRef: z.object({ target: z.object({ oid: z.string() }).nullable() }).nullish(),
    issueOrPullRequest: z.object({ updatedAt: z.string().optional() }).nullish(),
  }),
});

/** Whether an answer is from before what GitHub told of. */
function isBehind(answer: unknown, { kind }: Job['subject'], told: Told): boolean {
  const { defaultBranchRef: branch, issueOrPullRequest: thread } = seen.safeParse(answer).data?.repository ?? {};
  if (kind === 'thread') return Date.parse(thread?.updatedAt ?? '') < told.changedAt;
  return kind === 'repo' && told.replaced !== null && branch?.target?.oid === told.replaced;
}

/**
 * GitHub as one job may use it: an answer from before what its deliveries told of is asked for again later, and so is a
 * write to what GitHub does not find yet; a worker that lost the lane writes nothing.
 */
export function carefully(job: Job, ports: Ports): GitHub {
  const isNew = job.attempt < triesForNew;
  const notYet = () =>
    new Later('GitHub does not show yet what it told of', ports.clock.now() + firstWait * 2 ** (job.attempt - 1), {
      yields: true,
    });
  let told: Promise<Told> | null = null;
  const wrap = ({ read, write, ...rest }: GitHubRepo): GitHubRepo => ({
    ...rest,
    read: {
      ...read,
      async graphql(document, variables) {
        const answer = await read.graphql(document, variables);
        if (isNew && isBehind(answer, job.subject, await (told ??= toldBy(job, ports)))) throw notYet();
        return answer;
      },
    },
    write: {
      async send(call) {
        const sure = async () => {
          // Whoever slept for so long that another worker has the lane by now thinks of what was.
          if (!job.held()) throw new Trouble('later', 'the lane is not held any more');
          await unlessHalted(job, ports);
        };
        await sure();
        // Once more when its turn has come: it may stand in line for a while.
        await write.send(call, sure).catch((error: unknown) => {
          const isGone = error instanceof Trouble && error.kind === 'gone';
          if (!isGone || !isNew) throw error;
          // It has just been read, so it is there, though perhaps not for everybody yet.
          throw new Trouble('later', error.message, { until: notYet().at, cause: error });
        });
      },
    },
  });
  return { ...ports.github, repo: (subject) => wrap(ports.github.repo(subject)) };
}
