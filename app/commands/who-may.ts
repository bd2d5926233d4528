import type { Owners } from '../facts/command-facts.ts';
import { levels } from '../facts/people.ts';
import type { Actor, Level, Standing } from '../facts/people.ts';
import { isAmong } from '../facts/who.ts';
import { code } from '../quote.ts';
import { listed, phrase, same } from '../text.ts';
import type { Text } from '../text.ts';
import type { Who } from './command.ts';

const atLeast = (level: Level, least: Level) => levels.indexOf(level) >= levels.indexOf(least);

/** Names with teams replaced by their members; of a team that GitHub does not show nobody is known. */
export function opened(names: readonly string[], teams: Owners['teams']): string[] {
  return names.flatMap((name) => (name.startsWith('@') ? (teams[name] ?? []) : [name]));
}

/** Everybody whom the owners of the touched files name, teams opened. */
export function namedOwners({ files, teams }: Owners): ReadonlySet<string> {
  const names = files.flatMap(({ approvers, reviewers, required }) => [...approvers, ...reviewers, ...required]);
  return new Set(opened(names, teams));
}

/** Triage or more, or a member of the organisation. */
export const hasSomeRight = (standing: Standing | null): boolean =>
  standing !== null && (atLeast(standing.level, 'triage') || standing.member);

export interface Caller {
  readonly by: Actor;
  /** Null: GitHub did not let us know, which is no right. */
  readonly standing: Standing | null;
  readonly isAuthor: boolean;
  /** Null where nobody looked at owners. */
  readonly owners: Owners | null;
}

/** Whether somebody may use a command of these people. */
export function mayUse(who: Who, { by, standing, isAuthor, owners }: Caller): boolean {
  if (who.includes('anyone')) return true;
  if (isAuthor && who.includes('author')) return true;
  if (standing === null || by.id === null || by.bot) return false;
  const isTriage = atLeast(standing.level, 'triage');
  if (who.includes('some-right') && hasSomeRight(standing)) return true;
  if ((who.includes('collaborator') || who.includes('reviewer')) && isTriage) return true;
  if (who.includes('reviewer') && owners !== null && namedOwners(owners).has(by.login.toLowerCase())) return true;
  const rest = who.filter((entry) => !special.has(entry) && entry !== 'author');
  return isAmong(rest, standing, by);
}

const special = new Set(['anyone', 'some-right', 'collaborator', 'reviewer', 'nobody']);

const groups: Readonly<Record<string, Text>> = {
  author: phrase({ en: 'the author', 'zh-CN': '作者' })(),
  member: phrase({ en: 'members of the organisation', 'zh-CN': '组织成员' })(),
  'some-right': phrase({
    en: 'people with the triage right and members of the organisation',
    'zh-CN': '有 triage 权限的人和组织成员',
  })(),
  collaborator: phrase({ en: 'people with the triage right', 'zh-CN': '有 triage 权限的人' })(),
  reviewer: phrase({
    en: 'people with the triage right and the owners of the touched files',
    'zh-CN': '有 triage 权限的人和所涉文件的负责人',
  })(),
};

const withLevel = phrase<{ level: ReturnType<typeof code> }>({
  en: 'people with the {level} right',
  'zh-CN': '有 {level} 权限的人',
});

/** `people with the write right, the author`, for a refusal. */
export function whoText(who: Who): Text {
  const parts = who
    .filter((entry) => entry !== 'nobody')
    .map((entry) => {
      const group = groups[entry];
      if (group) return group;
      return (levels as readonly string[]).includes(entry) ? withLevel({ level: code(entry) }) : same(code(entry));
    });
  return listed(parts);
}
