import type { FakeGitHub, JournalEntry, ThreadView } from '../fake-github/fake-github.ts';
import { isForEverybody } from './commanded.ts';
import type { Truth } from './truth.ts';
import { card, isBad } from './world.ts';

const check = 'github-bot (main)';
const minute = 60_000;
/** GitHub's own limits for content, and those of one thread within ten minutes. */
const contentPerMinute = 80;
const perThread = 6;

const ours = ({ comments }: ThreadView) => comments.filter(({ us }) => us);
const shown = (thread: ThreadView) => ours(thread).filter(({ minimized, body }) => !minimized && body.startsWith(card));

/** I-08: nothing of ours is there twice. */
function twice(as: string, thread: ThreadView, { commanded }: Truth): string[] {
  const byMarker = Map.groupBy(ours(thread), ({ body }) => body.split('\n')[0] ?? '');
  const many = [...byMarker].filter(([, all]) => all.length > 1);
  // What one line asked for may be done, and what another did refused.
  const lines = (name: string | null) => commanded.words.get(name ?? '')?.body.match(/^\//gm)?.length ?? 1;
  const reacted = thread.comments.filter(({ reactions, as: name }) => reactions.length > lines(name));
  return [
    ...many.map(([marker, all]) => `I-08: ${as} has ${all.length} comments ${marker}`),
    ...reacted.map(({ as: name }) => `I-08: two reactions to ${name}`),
  ];
}

/** I-06, I-11, I-12: who is heard. */
function heard(as: string, { comments }: ThreadView, { edited, commanded }: Truth): string[] {
  return comments.flatMap(({ us, by, as: name, reactions, body }) => {
    if (reactions.length === 0) return [];
    if (us) return [`I-11: ${as}: a reaction to our own comment`];
    if (by.endsWith('[bot]')) return [`I-11: ${as}: a reaction to ${by}`];
    if (
      by === 'stranger' &&
      reactions.includes('rocket') &&
      !isForEverybody(commanded.words.get(name ?? '')?.body ?? '')
    )
      return [`I-06: ${as}: ${body} of a stranger was done`];
    return edited.has(name ?? '') ? [`I-12: ${as}: a reaction to the edited ${name}`] : [];
  });
}

const creation = /^POST .*\/(comments|releases)$/;

/** I-14, I-18: limits, pauses, and how much is said on one thread. */
function pace(journal: readonly JournalEntry[], truth: Truth): string[] {
  const made = journal.filter(({ route, applied }) => applied && creation.test(route));
  const within = (all: readonly JournalEntry[], index: number, ms: number) =>
    all.filter(({ at }, other) => other >= index && at < (all[index]?.at ?? 0) + ms).length;
  const lies = made.some((_entry, index) => within(made, index, minute) > contentPerMinute)
    ? ['I-14: too much content']
    : [];
  for (const [path, all] of Map.groupBy(made, ({ path }) => path))
    if (all.some((_entry, index) => within(all, index, 10 * minute) > perThread))
      lies.push(`I-18: too much is said at ${path}`);
  const limits = journal.filter(({ note, status }) => note === 'fault secondary-limit' && status >= 400);
  for (const { at } of limits) {
    if (truth.unheard.has(at)) continue;
    const inside = journal.find((entry) => entry.as === 'installation' && entry.at > at && entry.at < at + minute);
    if (inside) lies.push(`I-14: ${inside.route} ${inside.at - at} ms after a limit of a minute or more`);
  }
  return lies;
}

/** I-13, I-15: what the rules of the base say of an open thread. */
function ruled(as: string, thread: ThreadView, fake: FakeGitHub, truth: Truth): string[] {
  if (thread.state !== 'open') return [];
  const { labels, title, kind } = thread;
  const bad = isBad(thread);
  const label = kind === 'pull' ? 'invalid-title' : 'invalid';
  const lies = [];
  const may = bad || truth.wished.has(`${as} ${label}`);
  if (bad && !labels.includes(label)) lies.push(`the label ${label} is missing`);
  if (!may && labels.includes(label)) lies.push(`the label ${label} is wrong`);
  const holds = truth.commanded.holdsOn(as).map(({ comment }) => comment);
  const held = thread.comments.some(
    ({ as: name, reactions }) => holds.includes(name ?? '') && reactions[0] === 'rocket',
  );
  if (held && !labels.includes('do-not-merge/hold')) lies.push('somebody holds it, and its label is missing');
  // Who still drafts is not spoken to.
  const cards = shown(thread).length;
  const fits = cards === (bad ? 1 : 0) || (cards === 0 && truth.hasDeleted(as));
  if (!thread.draft && !fits) lies.push(`${cards} cards are shown`);
  const seen = kind === 'pull' ? fake.commit(as).checks[check] : undefined;
  if (kind === 'pull' && (seen === 'failure') !== bad) lies.push(`the check is ${seen} though the title is “${title}”`);
  return lies.map((lie) => `I-15: ${as}: ${lie}`);
}

/** What holds of GitHub's state whenever the bot is idle and nothing is wrong any more. */
export function brokenAtRest(fake: FakeGitHub, names: readonly string[], truth: Truth): string[] {
  const threads = names.map((as) => [as, fake.thread(as)] as const);
  const each = threads.flatMap(([as, thread]) => [
    ...twice(as, thread, truth),
    ...heard(as, thread, truth),
    ...ruled(as, thread, fake, truth),
    ...[truth.whyNotMerged(as)].flatMap((why) => (why === null ? [] : [`${as}: ${why}`])),
  ]);
  return [...each, ...pace(fake.journal, truth)];
}
