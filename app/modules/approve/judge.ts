import { code, mention } from '../../quote.ts';
import { listed, same } from '../../text.ts';
import type { Text } from '../../text.ts';
import type { Decision } from '../module.ts';
import type { Approval, Seen } from './approvals.ts';
import { namesIssue } from './issue-reference.ts';
import { sorted, suggested } from './open-files.ts';
import type { OpenFile, Sorted } from './open-files.ts';
import * as words from './words.ts';

type Judgement = Pick<Decision, 'verdict' | 'because' | 'who'>;

const shown = { files: 3, people: 3 };

function ownersText({ people, level, by }: OpenFile): Text {
  if (level !== null) return words.anybody({ level: code(level) });
  if (people.length === 0) return words.nobodyLeft({ by: code(by) });
  return listed(people.slice(0, shown.people).map((login) => code(login)));
}

function fileText(file: OpenFile): Text {
  const more = file.people.length - shown.people;
  const said = { path: code(file.path), people: ownersText(file) };
  return more > 0 ? words.ownedByMore({ ...said, more }) : words.ownedBy(said);
}

/** Which files are open, a few of them with their owners, and who would be enough. */
function openText({ open, total }: Sorted, seed: number): Text {
  const rest = open.length - shown.files;
  const files = [...open.slice(0, shown.files).map(fileText), ...(rest > 0 ? [words.more({ count: rest })] : [])];
  const text = words.open({ count: open.length, total, files: listed(files) });
  const people = suggested(open, seed);
  return people.length > 0 ? words.ask({ open: text, people: listed(people.map((login) => code(login))) }) : text;
}

function givenText(given: readonly Approval[]): Text {
  const people = new Map(given.map((one) => [one.by.login, one]));
  const texts = [...people.values()].map(({ by, how }) =>
    how === 'self' ? words.bySelf({ person: mention(by.login) }) : same(mention(by.login)),
  );
  return texts.length > 0 ? words.given({ people: listed(texts) }) : words.nobodyNeeded();
}

/** The first thing that an owners file makes impossible. */
function brokenText({ owners }: Seen): Text | null {
  const holding = (owners?.broken ?? []).filter(({ paths }) => paths.length > 0);
  const [first] = holding;
  if (!first) return null;
  const place = code(`${first.file}:${first.line}`);
  const count = new Set(holding.flatMap(({ paths }) => paths)).size;
  return words.broken({ place, message: first.message, count });
}

/** Everything that is known of the files is whole. */
const isWhole = ({ changes, owners, opinions, head }: Seen) =>
  changes.complete && owners?.complete === true && opinions.complete && opinions.writers !== null && head !== null;

/** What the approvals make of a pull request. */
export function judge(
  seen: Seen,
  approvals: readonly Approval[],
  options: { readonly 'issue-required': boolean },
): Judgement {
  if (!isWhole(seen)) return { verdict: 'wait', because: words.unsure, who: 'maintainer' };
  if (seen.changes.list.length === 0) return { verdict: 'wait', because: words.noFiles, who: 'author' };
  const broken = brokenText(seen);
  if (broken) return { verdict: 'wait', because: broken, who: 'maintainer' };
  const found = sorted(seen, approvals);
  if (found.open.length > 0) return { verdict: 'wait', because: openText(found, seen.thread.number), who: 'reviewer' };
  const { body, number } = seen.thread;
  const isWaived = found.given.some(({ noIssue }) => noIssue);
  if (options['issue-required'] && !isWaived && !namesIssue(body, number))
    return { verdict: 'wait', because: words.noIssue, who: 'author' };
  return { verdict: 'pass', because: givenText(found.given) };
}
