import type { Commit } from '../../facts/fact.ts';
import { faultOf, isFromGitHub } from '../title-grammar.ts';
import type { Fault, TitleRule } from '../title-grammar.ts';
import { isSeen } from '../visible.ts';

export interface CommitRule {
  readonly subject: TitleRule;
  readonly signOff: boolean;
  readonly closingKeywords: boolean;
  readonly fixups: boolean;
  readonly mergeCommits: boolean;
}

export type Flaw =
  | Fault
  | { readonly kind: 'empty' | 'merge' | 'sign-off' }
  /** `name` is the prefix, or the keyword with what it closes. */
  | { readonly kind: 'fixup' | 'closing'; readonly name: string };

export type Message = Pick<Commit, 'message' | 'headline' | 'parents'>;

const gitMerge = /^Merge (?:(?:remote-tracking )?branch(?:es)? '|tag '|commit '|pull request #\d+ from )/;
const fixup = /^(?:(?:fixup|squash|amend)! ?)+/;
const signOff = /^signed-off-by:[ \t]*[^\s<>][^<>\n]*<[^<>\s@]+@[^<>\s@]+>[ \t\r]*$/im;
// The references GitHub closes: `#12`, `GH-12`, `owner/repo#12` and addresses
// (docs.github.com/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue).
const closing =
  /(?<![\w-])(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?[ \t]{1,5}(?:(?:[\w.-]{1,100}\/[\w.-]{1,100})?#\d{1,10}|GH-\d{1,10}|https?:\/\/[^\s/]{1,100}\/[\w.-]{1,100}\/[\w.-]{1,100}\/issues\/\d{1,10})\b/i;

/** Messages that GitHub or git writes: reverts (also landed as a squash) and merges. */
function isWritten(headline: string): boolean {
  return isFromGitHub(headline.replace(/ \(#\d+\)$/, '')) || gitMerge.test(headline);
}

function bodyFlaws(message: string, rule: CommitRule): Flaw[] {
  const keyword = rule.closingKeywords ? null : closing.exec(message);
  return [
    ...(rule.signOff && !signOff.test(message) ? [{ kind: 'sign-off' } as const] : []),
    ...(keyword ? [{ kind: 'closing', name: keyword[0] } as const] : []),
  ];
}

function messageFlaws({ message, headline }: Message, rule: CommitRule): Flaw[] {
  if (isWritten(headline)) return [];
  if (!isSeen(headline)) return [{ kind: 'empty' }];
  const prefix = fixup.exec(headline)?.[0] ?? '';
  // Whatever else is wrong goes away with the commit.
  if (prefix !== '' && !rule.fixups) return [{ kind: 'fixup', name: prefix.trim() }];
  const fault = faultOf(headline.slice(prefix.length), rule.subject);
  return [...(fault ? [fault] : []), ...bodyFlaws(message, rule)];
}

/** Everything that is wrong with a commit, in the order in which people should hear of it. */
export function flawsIn(commit: Message, rule: CommitRule): readonly Flaw[] {
  const merge: Flaw[] = commit.parents > 1 && !rule.mergeCommits ? [{ kind: 'merge' }] : [];
  return [...merge, ...messageFlaws(commit, rule)];
}
