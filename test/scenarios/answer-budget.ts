import type { FakeGitHub, ThreadView } from '../fake-github/fake-github.ts';
import type { Scenario } from './scenario.ts';

const card = '<!-- github-bot:card -->';
/** How the picks that people asked for go: one comment that is edited. */
const picks = '<!-- github-bot:cherry-pick -->';
const said = '<!-- github-bot:say-';
/** Sections whose own words answer what happens: labels, openings, closings. */
const talkative = /(?:^|")\s*(?:auto-reply|label-owner|welcome|cherry-pick):/m;

/** How often the bot may have spoken by now, besides its card: to whoever said or wrote something. */
const answersOwed = ({ comments, reviews }: ThreadView) => 1 + comments.filter(({ us }) => !us).length + reviews.length;

/** An answer outlives the comment it is to. */
const deletedBy = ({ steps }: Scenario, number: number) =>
  steps.filter((step) => step.number <= number && step.name === 'delete-comment').length;

/** What is wrong with what the bot shows on one thread. */
export function overBudget(thread: ThreadView, isTalkative: boolean, deleted = 0): string[] {
  const shown = thread.comments.filter(({ us, minimized }) => us && !minimized).map(({ body }) => body);
  const cards = shown.filter((body) => body.startsWith(card)).length;
  const statuses = shown.filter((body) => body.startsWith(picks)).length;
  const says = shown.filter((body) => body.startsWith(said)).length;
  const owed = answersOwed(thread) + deleted;
  const others = shown.length - cards - says - statuses;
  return [
    ...(cards > 1 ? [`${cards} cards`] : []),
    ...(statuses > 1 ? [`${statuses} comments about picks`] : []),
    ...(others > 0 ? [`${others} comments that are neither the card nor an answer`] : []),
    ...(says > owed && !isTalkative ? [`${says} answers to ${owed} texts`] : []),
  ];
}

/** The names of a scenario's threads that are there by now. */
function threadsSoFar({ steps }: Scenario, number: number): string[] {
  const opened = steps.filter((step) => step.number <= number && /^open-(?:issue|pull)$/.test(step.name));
  return opened.flatMap(({ keys }) => (typeof keys['as'] === 'string' ? [keys['as']] : []));
}

/** What is over budget on any thread after a step of a scenario, whatever it is about. */
export function budgetAfter(scenario: Scenario, step: number, fake: Pick<FakeGitHub, 'thread'>): string[] {
  const isTalkative = talkative.test(JSON.stringify(scenario).replaceAll('\\n', '\n'));
  return threadsSoFar(scenario, step).flatMap((as) =>
    overBudget(fake.thread(as), isTalkative, deletedBy(scenario, step)).map((fault) => `${as}: ${fault}`),
  );
}
