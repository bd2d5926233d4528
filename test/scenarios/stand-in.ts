import type { Bot, World } from '../../app/main.ts';
import type { Settings } from '../../config/env.ts';
import type { CommitView, FakeGitHub, JournalEntry, RepoView, ThreadView } from '../fake-github/fake-github.ts';
import type { Cast } from './stage.ts';

/** What a test of the runner lets the stand-in GitHub show. */
export interface Shown {
  thread?: Partial<ThreadView>;
  commit?: Partial<CommitView>;
  repository?: Partial<RepoView>;
  readonly acts: [step: string, keys: Readonly<Record<string, unknown>>][];
  readonly journal: JournalEntry[];
  readonly sentTo: (string | null)[];
  gate: Parameters<FakeGitHub['gate']>[0];
}

export const shown = (first: Partial<Shown> = {}): Shown => ({
  ...{ acts: [], journal: [], sentTo: [], gate: null },
  ...first,
});

const emptyThread: ThreadView = {
  ...{ number: 1, kind: 'pull', state: 'open', reason: null, title: 'a title', body: null, labels: [] },
  ...{ assignees: [], reviewers: [], milestone: null, draft: false, locked: false, queued: false, base: 'main' },
  ...{ head: 'abc', approvals: 0, mergedBy: null, mergeMethod: null, mergedShaIsHead: null, comments: [], reviews: [] },
};

const emptyRepository: RepoView = {
  ...{
    branches: ['main'],
    labels: [],
    releases: [],
    pulls: [],
    dispatches: [],
    reruns: [],
    approvedRuns: [],
    file: () => null,
  },
};

/** A comment as the fake would show it; `ours` by default. */
export const seenComment = (body: string, more: Partial<ThreadView['comments'][number]> = {}) => ({
  ...{ id: 1, as: null, by: 'github-bot[bot]', us: true, body, minimized: false, reactions: [] },
  ...more,
});

/** One journal line of the bot's ordinary work. */
export const called = (write: boolean, as: JournalEntry['as'] = 'installation'): JournalEntry => ({
  ...{ at: 0, method: write ? 'POST' : 'GET', route: 'GET /x', path: '/x', status: 200, note: '' },
  ...{ as, account: as, write, applied: write },
});

function standInFake(state: Shown): FakeGitHub {
  return {
    url: 'http://127.0.0.1:1',
    app: { id: '1', privateKey: '', installationId: 1, slug: 'github-bot' },
    token: '',
    repo: { id: 1, owner: 'acme', name: 'shop' },
    journal: state.journal,
    deliveries: [],
    sendTo: (url) => void state.sentTo.push(url),
    act: async (step, keys) => {
      if (step === 'lock') throw new Error('the fake cannot lock yet');
      state.acts.push([step, keys]);
    },
    thread: () => ({ ...emptyThread, ...state.thread }),
    commit: () => ({ checks: {}, checkSummaries: {}, statuses: {}, since: [], ...state.commit }),
    repository: () => ({ ...emptyRepository, ...state.repository }),
    redeliver: async () => {},
    fault: () => {},
    faultsLeft: () => [],
    trouble: () => null,
    busy: () => 0,
    gate: (gate) => {
      state.gate = gate;
    },
    takeViolations: () => [],
    stop: async () => {},
  };
}

export interface Lives {
  started: number;
  stopped: number;
  killed: number;
  /** The world of the newest life. */
  world: Partial<World>;
  settings: Settings | null;
}

/** A cast of stand-ins: nothing speaks HTTP, and tests see what the runner asked for. */
export function standIns(state: Shown, run: (world: World) => void = () => {}): { cast: Cast; lives: Lives } {
  const lives: Lives = { started: 0, stopped: 0, killed: 0, world: {}, settings: null };
  const startBot = async (settings: Settings, world: Partial<World>): Promise<Bot> => {
    Object.assign(lives, { started: lives.started + 1, world, settings });
    run(world as World);
    return {
      url: `http://127.0.0.1:${lives.started}`,
      pending: async () => ({ running: 0, ready: 0 }),
      stop: async () => void (lives.stopped += 1),
      kill: () => void (lives.killed += 1),
    };
  };
  return { cast: { startFake: async () => standInFake(state), startBot, watchdog: 2_000, stall: 50 }, lives };
}
