import { z } from 'zod';
import type { GitHub, GitHubRepo } from '../github/github.ts';
import { Trouble } from '../github/troubles.ts';
import { Later } from '../queue/queue.ts';
import type { Job } from '../queue/queue.ts';
import { unlessHalted } from './halted.ts';
import type { Ports } from './outcome.ts';

/** GitHub's answers come from copies that may lag behind its webhooks: they are doubted for so long after a delivery. */
const grace = 60_000;
/** A stream of deliveries without a gap of `grace` puts off the end of the doubt for so long at most. */
const longestDoubt = 300_000;
/** Four seconds, then twice as long each time: a minute in all. */
const firstWait = 4_000;
/** What is read may not be there for everybody yet; after so many tries a write is told that it is gone. */
const triesToWrite = 5;
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

/** When GitHub is asked again for what it does not show as it told of it; null when it has had its time. */
export function askAgainAt({ receivedAt }: Pick<Job, 'receivedAt'>, { clock }: Pick<Ports, 'clock'>): number | null {
  const times = receivedAt.toSorted((a, b) => b - a);
  const [newest = 0] = times;
  const first = times.reduce((from, at) => (from - at < grace ? at : from), newest);
  const [now, end] = [clock.now(), Math.min(newest + grace, first + longestDoubt)];
  return now < end ? Math.min(now + firstWait + (now - newest), end) : null;
}

/**
 * GitHub as one job may use it: an answer from before what its deliveries told of is asked for again later, and so is a
 * write to what GitHub does not find yet; a worker that lost the lane writes nothing.
 */
export function carefully(job: Job, ports: Ports): GitHub {
  let told: Promise<Told> | null = null;
  const wrap = ({ read, write, ...rest }: GitHubRepo): GitHubRepo => ({
    ...rest,
    read: {
      ...read,
      async graphql(document, variables) {
        const answer = await read.graphql(document, variables);
        const again = askAgainAt(job, ports);
        if (again === null || !isBehind(answer, job.subject, await (told ??= toldBy(job, ports)))) return answer;
        throw new Later('GitHub does not show yet what it told of', again, { yields: true, waits: true });
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
          if (!isGone || job.errors + 1 >= triesToWrite) throw error;
          const until = ports.clock.now() + firstWait * 2 ** job.errors;
          throw new Trouble('later', error.message, { until, cause: error });
        });
      },
    },
  });
  return { ...ports.github, repo: (subject) => wrap(ports.github.repo(subject)) };
}
