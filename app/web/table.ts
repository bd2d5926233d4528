import type { VNode } from 'preact';
import { html } from './page.ts';

/** What stands above the columns. */
export const tableHead = (heads: readonly string[]): VNode =>
  html`<thead>
    <tr>
      ${heads.map((head) => html`<th scope="col">${head}</th>`)}
    </tr>
  </thead>`;

export interface Wide {
  readonly caption: string;
  /** Its class, for how it looks. */
  readonly kind: string;
  readonly heads: readonly string[];
  readonly rows: readonly VNode[];
}

/** A table that scrolls in itself where the window is narrower. */
export function wideTable({ caption, kind, heads, rows }: Wide): VNode {
  return html`<div class="wide" tabindex="0" role="region" aria-label=${caption}>
    <table class=${kind}>
      <caption>
        ${caption}
      </caption>
      ${tableHead(heads)}
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
