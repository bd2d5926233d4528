import type { FakeGitHub, ThreadView } from '../fake-github/fake-github.ts';
import type { Delivery } from '../fake-github/webhooks.ts';
import type { Load } from './load.ts';

const check = 'github-bot (main)';
const goodTitle = /^(feat|fix|docs): /;
const labelOf: Readonly<Record<string, string>> = { feat: 'enhancement', fix: 'bug', docs: 'document' };
const card = '<!-- github-bot:card -->';
const demoWanted = 'Please add a link to a demo.';

const ours = ({ comments }: ThreadView) => comments.filter(({ us }) => us);
const cardsShown = (thread: ThreadView) =>
  ours(thread).filter(({ body, minimized }) => !minimized && body.startsWith(card)).length;
const commands = ({ comments }: ThreadView) => comments.filter(({ us, body }) => !us && body === '/lgtm');

interface Told {
  readonly status: number;
  /** `owner/name#1` */
  readonly thread: string;
  /** Whose comment it brings; `null` where it brings none. */
  readonly comment: number | null;
}

/** Each is read once, since what is owed is asked for again and again. */
const read = new WeakMap<Delivery, readonly Told[]>();

function toldIn(delivery: Delivery): readonly Told[] {
  const known = read.get(delivery);
  if (known) return known;
  const { sender, repository, pull_request: pull, issue, comment } = JSON.parse(delivery.body);
  const number = pull?.number ?? issue?.number;
  const isOf = number !== undefined && sender.login !== 'github-bot[bot]';
  const thread = `${repository?.full_name}#${number}`;
  const told = isOf ? [{ status: delivery.status, thread, comment: comment?.id ?? null }] : [];
  read.set(delivery, told);
  return told;
}

/** What people did that GitHub has told of, in order, by thread. */
const toldBy = ({ deliveries }: FakeGitHub) =>
  Map.groupBy((deliveries as readonly Delivery[]).flatMap(toldIn), ({ thread }) => thread);

const isTaken = ({ status }: Told) => status >= 200 && status < 300;

function ofPull(fake: FakeGitHub, as: string, thread: ThreadView): string[] {
  const type = goodTitle.exec(thread.title)?.[1];
  const has = (label: string) => thread.labels.includes(label);
  const lies = [];
  if (thread.state === 'merged') return [];
  if (thread.title === 'feat: land it' && thread.approvals > 0)
    return [`it is not merged: ${fake.commit(as).checkSummaries[check]?.title ?? 'there is no check'}`];
  if (has('invalid-title') !== (type === undefined)) lies.push('the label of a bad title is wrong');
  if (cardsShown(thread) !== (type === undefined ? 1 : 0)) lies.push(`${cardsShown(thread)} cards are shown`);
  if (type !== undefined && !has(labelOf[type] ?? '')) lies.push('the label of its type is missing');
  const verdict = type === undefined ? 'failure' : has('lgtm') ? 'success' : 'action_required';
  const seen = fake.commit(as).checks[check];
  return seen === verdict ? lies : [...lies, `its check is ${seen} and not ${verdict}`];
}

function ofIssue(thread: ThreadView): string[] {
  const whole = (thread.body ?? '').includes('## Version');
  const lies = [];
  if (thread.labels.includes('invalid') === whole) lies.push('the label of a missing part is wrong');
  if (cardsShown(thread) !== (whole ? 0 : 1)) lies.push(`${cardsShown(thread)} cards are shown`);
  const asked = ours(thread).some(({ body }) => body.includes(demoWanted));
  return thread.labels.includes('need demo') && !asked ? [...lies, 'nobody asked for a demo'] : lies;
}

/** What the rules demand of deliveries that were acknowledged, and what is not there. */
export function lostIn(fake: FakeGitHub, { threads }: Load): string[] {
  const told = toldBy(fake);
  return [...threads].flatMap(([as, repo]) => {
    const thread = fake.thread(as);
    const name = `${repo}#${thread.number}`;
    const mine = told.get(name) ?? [];
    const last = mine.at(-1);
    const heard = new Set(mine.filter(isTaken).map(({ comment }) => comment));
    const deaf = commands(thread).filter(({ id, reactions }) => heard.has(id) && reactions.length === 0);
    const state = last && isTaken(last) ? (thread.kind === 'pull' ? ofPull(fake, as, thread) : ofIssue(thread)) : [];
    return [...state, ...deaf.map(() => 'a command has no answer')].map((lie) => `${as} (${name}): ${lie}`);
  });
}

/** Names of what is there more than once. */
const repeated = (names: readonly string[]): string[] =>
  [...Map.groupBy(names, (name) => name)].flatMap(([name, all]) => all.slice(1).map(() => name));

const labelWrites = /^(POST|DELETE) .*\/labels/;

/** What people see twice, and would not see twice of a bot that is never killed. */
export function doubledIn(fake: FakeGitHub, { threads, heads }: Load): string[] {
  const done = fake.journal.filter(({ write, applied }) => write && applied);
  const told = toldBy(fake);
  const onThreads = [...threads].flatMap(([as, repo]) => {
    const thread = fake.thread(as);
    const name = `${repo}#${thread.number}`;
    const markers = ours(thread).map(({ body }) => body.split('\n')[0] ?? '');
    const demos = ours(thread).filter(({ body }) => body.includes(demoWanted));
    const refused = commands(thread).filter(({ reactions }) => reactions.includes('-1')).length;
    const replies = ours(thread).length - demos.length - markers.filter((marker) => marker === card).length;
    const deeds = (told.get(name) ?? []).length;
    const flaps = done.filter(
      ({ route, path }) => labelWrites.test(route) && path.startsWith(`/repos/${repo}/issues/${thread.number}/labels`),
    );
    return [
      ...repeated(markers).map((marker) => `two comments ${marker}`),
      ...(demos.length > 1 ? ['a demo is asked for twice'] : []),
      ...(replies > refused ? [`${replies} replies to ${refused} refused commands`] : []),
      ...commands(thread).flatMap(({ reactions }) => (reactions.length > 1 ? ['two reactions to a command'] : [])),
      // Each deed may set one label and take another off, and there are three rules that have labels.
      ...(flaps.length > 2 + 4 * deeds ? [`labels changed ${flaps.length} times after ${deeds} deeds`] : []),
    ].map((lie) => `${as} (${name}): ${lie}`);
  });
  const merges = done.filter(({ route }) => route.endsWith('/merge')).map(({ path }) => path);
  const runs = done.filter(({ route }) => route.startsWith('POST ') && route.endsWith('/check-runs')).length;
  const shas = [...heads.values()].reduce((sum, { size }) => sum + size, 0);
  const checks = runs > shas ? [`${runs} checks on ${shas} heads`] : [];
  return [...onThreads, ...repeated(merges).map((path) => `merged twice: ${path}`), ...checks];
}
