import { html as preactHtml } from 'htm/preact';
import type { VNode } from 'preact';
import type { Language } from '../text.ts';

/** Tagged templates instead of JSX: no build, and every value is escaped. */
export const html = preactHtml as (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

/** Nothing from elsewhere, no inline script or style. */
export const pageHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store, private',
} as const;

/** The reader's language: `?lang=`, else what the browser asks for, else English. */
export function languageFor(query: unknown, acceptLanguage: string): Language {
  if (query === 'zh-CN' || query === 'en') return query;
  return /^\s*zh\b/i.test(acceptLanguage) ? 'zh-CN' : 'en';
}
