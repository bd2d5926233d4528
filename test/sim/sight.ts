import type { FakeGitHub } from '../fake-github/fake-github.ts';
import type { Truth } from './truth.ts';
import { threads } from './world.ts';

const isSaid = (body: string) => body.startsWith('<!-- github-bot:say-');

/**
 * What people see on each thread. A bot that remembers nothing answers commands of long ago anew, and does not know what people
 * deleted or wrote over, so for it that and what came of it are left out.
 */
export function sightOf(fake: FakeGitHub, truth: Truth, remembers: boolean): string {
  const known = threads.filter((as) => remembers || !truth.commanded.rewritten.has(as));
  const views = known.map((as) => {
    const { state, title, labels, comments, head } = fake.thread(as);
    const again = (body: string) => isSaid(body) || truth.hasDeleted(as);
    const mine = comments.filter(({ us, body }) => us && (remembers || !again(body)));
    const said = mine.map(({ body, minimized }) => `${minimized} ${body}`).toSorted();
    const reactions = remembers
      ? comments.flatMap(({ by, body, reactions }) => reactions.map((one) => `${one} ${by} ${body}`))
      : [];
    const checks = state === 'open' && head !== null ? Object.values(fake.commit(as).checks) : [];
    const seen = remembers ? checks : checks.map((one) => one === 'failure');
    const shown = labels.filter((label) => remembers || label !== 'lgtm').toSorted();
    return { state, title, labels: shown, said, reactions, seen };
  });
  return JSON.stringify(views);
}
