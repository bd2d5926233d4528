import type { Actor, Level, Standing } from './fact.ts';
import { levels } from './fact.ts';

export type Named =
  | { readonly kind: 'level'; readonly level: Level }
  | { readonly kind: 'member' }
  | { readonly kind: 'author' }
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'login'; readonly login: string };

const login = /^@?[a-z\d][a-z\d_-]*(?:\[bot\])?$/;
const team = /^@[a-z\d][a-z\d_-]*\/[a-z\d][a-z\d._-]*$/;

function isLevel(word: string): word is Level {
  // `none` is no level anybody can name: everybody has it.
  return word !== 'none' && (levels as readonly string[]).includes(word);
}

/** Whom one entry of a `who` list names, in any case; null when it cannot name anybody. */
export function named(entry: string): Named | null {
  const word = entry.trim().toLowerCase();
  if (isLevel(word)) return { kind: 'level', level: word };
  if (word === 'member' || word === 'author') return { kind: word };
  if (team.test(word)) return { kind: 'team', team: word };
  return login.test(word) ? { kind: 'login', login: word.replace(/^@/, '') } : null;
}

/** Whether the author of a thread is on a `who` list; `standing` is the author's. */
export function isAmong(who: readonly string[], standing: Standing, author: Actor): boolean {
  return who.some((entry) => {
    const name = named(entry);
    if (name?.kind === 'level') {
      // A stranger on a public repository stands at `none`, so `read` is a right wherever it turns up.
      return levels.indexOf(standing.level) >= levels.indexOf(name.level);
    }
    if (name?.kind === 'member') return standing.member;
    if (name?.kind === 'team') return standing.teams.some((held) => held.toLowerCase() === name.team);
    if (name?.kind === 'login') return isLogin(name.login, author);
    return name?.kind === 'author';
  });
}

function isLogin(wanted: string, author: Actor): boolean {
  // A deleted account is shown as `ghost`, which somebody else owns.
  if (author.id === null) return false;
  const has = author.login.toLowerCase().replace(/\[bot\]$/, '');
  // GraphQL leaves out `[bot]`, REST writes it; an entry that has it means no person.
  return wanted.endsWith('[bot]') ? author.bot && `${has}[bot]` === wanted : has === wanted;
}
