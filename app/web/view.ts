import type { VNode } from 'preact';
import type { Language } from '../text.ts';
import { html } from './page.ts';

/** Somebody who may see contents. */
export interface Viewer {
  /** A GitHub login; null for somebody on this machine. */
  readonly login: string | null;
  /** What every form of theirs must bring along. */
  readonly csrf: string;
}

/** For whom a page is made, and when. */
export interface View {
  readonly language: Language;
  /** The reader chose the language by `?lang=`, so links keep it. */
  readonly chosen: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Null for somebody who may see counters only. */
  readonly viewer: Viewer | null;
  /** What stands before the path of every link: '' on the bot's own pages. */
  readonly base: string;
  /** Path and query of this page, for the same one in the other language. */
  readonly here: string;
}

/** Says it in the language of the page. */
export type Say = (en: string, zh: string) => string;

export const sayIn =
  ({ language }: Pick<View, 'language'>): Say =>
  (en, zh) =>
    language === 'zh-CN' ? zh : en;

type Query = Readonly<Record<string, string | null | undefined>>;

/** An address of the bot: segments are escaped, what is empty in the query is left out, a chosen language is kept. */
export function to(view: View, segments: readonly string[], query: Query = {}): string {
  const path = `/${segments.map(encodeURIComponent).join('/')}`;
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const all = new URLSearchParams([...given, ...(view.chosen ? [['lang', view.language]] : [])]);
  return view.base + path + (all.size > 0 ? `?${all}` : '');
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `3 minutes ago`, `in 2 days`. */
export function ago(at: number, { now, language }: Pick<View, 'now' | 'language'>): string {
  const seconds = Math.round((at - now) / 1_000);
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

/** A time as it is on every clock, and how far off it is. */
export function time(at: number | string, view: View): VNode {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return html`<span>${String(at)}</span>`;
  const iso = moment.toISOString();
  const shown = `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
  return html`<span class="when"
    ><time datetime=${iso}>${shown}</time> <span class="quiet">(${ago(moment.getTime(), view)})</span></span
  >`;
}

/** `4 ms`, `1.2 s`, `3 min`. */
export function duration(ms: number, say: Say): string {
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} ${say('s', '秒')}`;
  return ms < 3_600_000
    ? `${Math.round(ms / 60_000)} ${say('min', '分钟')}`
    : `${(ms / 3_600_000).toFixed(1)} ${say('h', '小时')}`;
}
