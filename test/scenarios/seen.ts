import type { CommitView, ThreadView } from '../fake-github/fake-github.ts';

type Comment = ThreadView['comments'][number];

/** A comment as people see it: hidden HTML comments left out. */
export const visibleText = (comment: Comment) => comment.body.replace(/<!--[\s\S]*?(-->|$)/g, '').trim();

/** The bot's comments that are not minimised, oldest first. */
export const ourComments = (thread: ThreadView) => thread.comments.filter(({ us, minimized }) => us && !minimized);

const verdictWord = /\b(pass|fail|wait|skip)\b/;

/** `{module: verdict}` of a Markdown table whose rows start with a module id in back-ticks. */
export function rulingsIn(summary: string): Record<string, string> {
  const rows = summary.split('\n').flatMap((line) => {
    const [, first = '', second = ''] = line.split('|').map((cell) => cell.trim());
    const module = /^`([^`]+)`$/.exec(first)?.[1];
    return module === undefined ? [] : [[module, verdictWord.exec(second)?.[1] ?? `unreadable (${second})`]];
  });
  return Object.fromEntries(rows) as Record<string, string>;
}

/** Our one check on a commit; the one that names this base first. */
function ourCheck(commit: CommitView, base: string | null): string | null {
  const names = Object.keys(commit.checkSummaries).filter((name) => /^github-bot( \(.*\))?$/.test(name));
  return [`github-bot (${base})`, 'github-bot', ...names].find((name) => names.includes(name)) ?? null;
}

export interface Rulings {
  readonly rows: Readonly<Record<string, string>>;
  /** Why there are no rows; '' when there are. */
  readonly why: string;
}

/** What our check on a commit says about each module. */
export function rulingsOn(commit: CommitView, base: string | null): Rulings {
  const name = ourCheck(commit, base);
  if (name === null) return { rows: {}, why: 'there is no check of ours' };
  const summary = commit.checkSummaries[name]?.summary ?? '';
  const rows = rulingsIn(summary);
  if (Object.keys(rows).length > 0) return { rows, why: '' };
  return { rows, why: `the summary of \`${name}\` cannot be read: ${JSON.stringify(summary.slice(0, 200))}` };
}
