import { isSeen } from './visible.ts';

/** The types of titles and commits where maintainers name none of their own. */
export const usualTypes = 'feat fix docs style refactor perf test build ci chore revert release close'.split(' ');

/** What can stand before the colon. */
export const typeName = /^[^\s():!：（）！]+$/;

export interface TitleRule {
  /** Empty: any word. */
  readonly types: readonly string[];
  /** Empty: any scope. */
  readonly scopes: readonly string[];
  readonly requireScope: boolean;
  /** In characters. */
  readonly maxLength: number;
}

/** `type(scope, scope)!: subject`, taken apart. */
export interface Title {
  readonly type: string;
  readonly scopes: readonly string[];
  readonly breaking: boolean;
  readonly subject: string;
}

export type Fault =
  | { readonly kind: 'no-type' }
  | { readonly kind: 'shape' }
  | { readonly kind: 'no-scope' }
  | { readonly kind: 'type' | 'scope' | 'no-subject'; readonly name: string }
  | { readonly kind: 'length'; readonly count: number };

const exact = /^([^\s():!：（）！]+)(?:\(([^()（）]+)\))?(!?): +(\S.*)$/su;
// After blanks were folded, so that each optional blank is at most one and the time stays linear.
const loose = /^([^\s():!：（）！]+) ?(?:[(（]([^()（）]*)[)）])? ?([!！]*) ?[:：] ?(.*)$/su;
const bracketed = /^[[【（(]([^\s[\]【】()（）]+)[\]】）)] ?[:：]? ?(.*)$/su;

function taken(parts: RegExpExecArray | null): Title | null {
  const [, type, scope = '', mark = '', subject = ''] = parts ?? [];
  if (type === undefined) return null;
  const scopes = scope.split(/[,，]/).map((one) => one.trim());
  return { type, scopes: scopes.filter(isSeen), breaking: mark !== '', subject };
}

/** The title by the letter of the grammar; null when it does not follow it. */
export function readTitle(title: string): Title | null {
  const parts = exact.exec(title);
  return parts?.[2] === undefined || parts[2].split(',').every(isSeen) ? taken(parts) : null;
}

/** What a near miss seems to mean: full-width marks, blanks in odd places, `[fix] subject`. */
export function guessTitle(title: string): Title | null {
  const folded = title.replace(/\s+/g, ' ').trim();
  const near = taken(loose.exec(folded));
  if (near) return near;
  const [, type, subject = ''] = bracketed.exec(folded) ?? [];
  return type === undefined ? null : { type, scopes: [], breaking: false, subject };
}

/** Picks name the branch they are for: `[v1] fix: …` onto `v1`. That is no part of the title's form. */
export function withoutBranch(title: string, base: string | undefined): string {
  const prefix = `[${base}] `;
  return base !== undefined && title.startsWith(prefix) ? title.slice(prefix.length) : title;
}

/** Titles that GitHub's own button writes. */
export function isFromGitHub(title: string): boolean {
  return /^Revert "./su.test(title) && /["…]$/.test(title);
}

export function tooLong(title: string, maxLength: number): Fault | null {
  const count = Array.from(title).length;
  return count > maxLength ? { kind: 'length', count } : null;
}

/** The first thing that is wrong with the title; null when it is good. */
export function faultOf(title: string, rule: TitleRule): Fault | null {
  const read = readTitle(title);
  const seen = read ?? guessTitle(title);
  if (!seen) return { kind: 'no-type' };
  const isAllowed = (name: string, list: readonly string[]) => list.length === 0 || list.includes(name);
  if (!isAllowed(seen.type, rule.types)) return { kind: 'type', name: seen.type };
  const odd = seen.scopes.find((scope) => !isAllowed(scope, rule.scopes));
  if (odd !== undefined) return { kind: 'scope', name: odd };
  if (rule.requireScope && seen.scopes.length === 0) return { kind: 'no-scope' };
  if (!isSeen(seen.subject)) return { kind: 'no-subject', name: seen.type };
  return read ? tooLong(title, rule.maxLength) : { kind: 'shape' };
}
