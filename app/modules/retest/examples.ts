import type { Asked } from '../../facts/command-facts.ts';
import type { Standing } from '../../facts/fact.ts';
import type { Given } from '../../facts/plain-facts.ts';
import type { Checked, Suite, WorkflowRun } from '../../facts/run-facts.ts';
import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const head = 'b'.repeat(40);
const now = '2026-01-05T10:00:00Z';
const startedAt = '2026-01-05T09:10:00Z';

const checked = (name: string, id: number, state: Checked['state'], app: number): Checked => ({
  ...{ name, id, app, state, startedAt },
});
const run = (state: WorkflowRun['state']): WorkflowRun => ({
  ...{ id: 7, name: 'CI', file: 'ci.yml', event: 'pull_request', state, startedAt },
  jobs: [checked('build', 70, 'failure', 15368), checked('build-docs', 71, 'success', 15368)],
});
const suite: Suite = {
  ...{ id: 9, slug: 'other-ci', asked: false, updatedAt: startedAt },
  checks: [checked('lint', 90, 'failure', 99)],
};
const waiting: WorkflowRun = { ...run('waiting'), jobs: [] };

const stranger: Standing = { level: 'none', member: false, teams: [] };
const member: Standing = { level: 'none', member: true, teams: [] };
const seen: Given = { head: { sha: head, tree: '1'.repeat(40), since: '2026-01-05T09:00:00Z', first: true } };
const said: Asked = {
  ...{ key: 'IC_1:0', name: 'ok-to-test', module: 'retest', args: {}, surface: 'comment', level: 'triage' },
  ...{ by: { id: 2003, login: 'chen', bot: false, us: false }, at: '2026-01-05T09:30:00Z', head, tree: '' },
  ...{ base: 'main', withdrawn: false },
};

const label = (name: string, on: boolean, color: string, description: string): PolicyWant => ({
  ...({ kind: 'label', name, on, color, description } as const),
});
const labels = (needs: boolean, has: boolean): readonly PolicyWant[] => [
  label('needs-ok-to-test', needs, 'b60205', 'Waits for /ok-to-test 等待允许测试'),
  label('ok-to-test', has, '15dd18', 'This head may be tested 当前版本可以测试'),
];
const again = (what: 'run' | 'failed' | 'job' | 'suite', id: number): PolicyWant => ({
  ...({ kind: 'retest', head, what, id, asked: 'IC_1:0', at: now } as const),
});
const failed: Given = { ...seen, trust: member, runs: { workflows: [run('failure')], suites: [suite] } };

export const examples: readonly Example[] = [
  {
    title: 'a member opened it',
    given: { trust: member },
    says: 'its author is trusted',
    expect: { verdict: 'skip', wants: labels(false, false) },
  },
  {
    title: 'a stranger opened it',
    given: { trust: stranger },
    says: 'somebody has to say `/ok-to-test`',
    expect: { verdict: 'skip', wants: labels(true, false) },
  },
  {
    title: 'a stranger opened it, and somebody let it be tested',
    given: { trust: stranger, asks: [said] },
    says: '@chen said that `bbbbbbbbbbbb` may be tested',
    expect: { verdict: 'skip', wants: labels(false, true) },
  },
  {
    title: 'the word was about another head',
    given: { trust: stranger, asks: [{ ...said, head: 'c'.repeat(40) }] },
    expect: { verdict: 'skip', wants: labels(true, false) },
  },
  {
    title: 'the word was taken back',
    given: { trust: stranger, asks: [said, { ...said, key: 'IC_2:0', args: { what: 'cancel' } }] },
    expect: { verdict: 'skip', wants: labels(true, false) },
  },
  {
    title: 'a label put on by hand is no word',
    given: { trust: stranger, thread: { labels: ['ok-to-test'] } },
    expect: { verdict: 'skip', wants: labels(true, false) },
  },
  {
    title: 'only those who may write are trusted',
    given: { trust: member },
    options: { who: ['write'] },
    expect: { verdict: 'skip', wants: labels(true, false) },
  },
  {
    title: '`/retest`: what has failed, of Actions and of other Apps',
    given: failed,
    command: { name: 'retest' },
    expect: { outcome: 'done', wants: [again('failed', 7), again('suite', 9)] },
  },
  {
    title: '`/retest` where all is well',
    given: { ...seen, trust: member, runs: { workflows: [{ ...run('success'), jobs: [] }] } },
    command: { name: 'retest' },
    says: 'nothing that can run again has failed on `bbbbbbbbbbbb`',
    expect: { outcome: 'refused', wants: [] },
  },
  {
    title: '`/retest` where a commit status failed',
    given: { ...seen, trust: member, runs: { statuses: [{ name: 'ci/jenkins', state: 'failure' }] } },
    command: { name: 'retest' },
    says: '`ci/jenkins`: a commit status',
    expect: { outcome: 'refused', wants: [] },
  },
  {
    title: '`/retest-required`: only what the base asks for',
    given: { ...failed, runs: { ...failed.runs, required: [{ name: 'lint', app: null }] } },
    command: { name: 'retest-required' },
    expect: { outcome: 'done', wants: [again('suite', 9)] },
  },
  {
    title: '`/test build`: this job, and not one whose name begins like it',
    given: failed,
    command: { name: 'test', args: { what: 'build' } },
    expect: { outcome: 'done', wants: [again('job', 70)] },
  },
  {
    title: '`/test ci.yml`: the workflow with all its jobs',
    given: failed,
    command: { name: 'test', args: { what: 'ci.yml' } },
    expect: { outcome: 'done', wants: [again('run', 7)] },
  },
  {
    title: '`/test all`',
    given: failed,
    command: { name: 'test', args: { what: 'all' } },
    expect: { outcome: 'done', wants: [again('run', 7), again('suite', 9)] },
  },
  {
    title: '`/test bild`: there is no such name',
    given: failed,
    command: { name: 'test', args: { what: 'bild' } },
    says: 'nothing here is called `bild`; did you mean `build`?',
    expect: { outcome: 'refused', wants: [] },
  },
  {
    title: '`/test ?` lists what there is',
    given: failed,
    command: { name: 'test', args: { what: '?' } },
    says: '| `build` | failed | `/test build` |',
    expect: { outcome: 'done', wants: [] },
  },
  {
    title: '`/ok-to-test` of a fork without its SHA',
    given: { ...seen, trust: stranger, runs: { workflows: [waiting] } },
    command: { name: 'ok-to-test' },
    says: 'write `/ok-to-test bbbbbbbbbbbb`',
    expect: { outcome: 'refused', wants: [] },
  },
  {
    title: '`/ok-to-test` with the SHA: what waits may start',
    given: { ...seen, trust: stranger, runs: { workflows: [waiting] } },
    command: { name: 'ok-to-test', args: { sha: head.slice(0, 12) } },
    expect: { outcome: 'done', wants: [{ kind: 'approve-run', head, run: 7 }] },
  },
  {
    title: '`/ok-to-test cancel`',
    given: { ...seen, trust: stranger, asks: [said] },
    command: { name: 'ok-to-test', args: { what: 'cancel' } },
    expect: { outcome: 'done', wants: [] },
  },
];
