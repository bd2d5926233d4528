/** When a hold ends by itself. */
export type End =
  | { readonly kind: 'time'; readonly at: number }
  | { readonly kind: 'thread'; readonly number: number }
  | { readonly kind: 'open' };

/** A hold as it was said. */
export interface Wish {
  readonly reason: string;
  readonly end: End;
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

const forms = [
  {
    kind: 'until',
    first: /^until\s+(\d{4}-\d{2}-\d{2})(?=$|[\s,;:，。])[\s,;:，。]*/i,
    last: /(?:^|[\s,;:，。])until\s+(\d{4}-\d{2}-\d{2})$/i,
  },
  {
    kind: 'for',
    first: /^for\s+([1-9]\d{0,3}[mhdw])(?=$|[\s,;:，。])[\s,;:，。]*/i,
    last: /(?:^|[\s,;:，。])for\s+([1-9]\d{0,3}[mhdw])$/i,
  },
  {
    kind: 'thread',
    first: /^(?:until\s+)?#([1-9]\d{0,8})(?=$|[\s,;:，。])[\s,;:，。]*/i,
    last: /(?:^|[\s,;:，。])(?:until\s+)?#([1-9]\d{0,8})$/i,
  },
] as const;

function endOf(kind: (typeof forms)[number]['kind'], value: string, saidAt: string): End | null {
  if (kind === 'thread') return { kind: 'thread', number: Number(value) };
  if (kind === 'for') {
    const length = Number(value.slice(0, -1)) * (units[value.slice(-1).toLowerCase()] ?? 0);
    return { kind: 'time', at: Date.parse(saidAt) + length };
  }
  const at = Date.parse(`${value}T00:00:00Z`);
  // 31 February is no date, whatever `Date` makes of it.
  const isDate = Number.isFinite(at) && new Date(at).toISOString().startsWith(value);
  return isDate ? { kind: 'time', at } : null;
}

/** What stands first or last sets the end; everything else is the reason. A date begins at midnight UTC. */
export function readWish(text: string, saidAt: string): Wish {
  for (const { kind, first, last } of forms) {
    const found = first.exec(text) ?? last.exec(text);
    const end = found && endOf(kind, found[1] ?? '', saidAt);
    if (found && end) return { end, reason: text.replace(found[0], '').replace(/[\s,;:，。]+$/, '') };
  }
  return { end: { kind: 'open' }, reason: text };
}

type Awaited = Readonly<Record<string, 'open' | 'closed' | null>>;

/** Whether it has ended by now; a thread that nobody could look at is taken for open. */
export function isOver(end: End, now: number, awaited: Awaited): boolean {
  if (end.kind === 'time') return end.at <= now;
  return end.kind === 'thread' && awaited[String(end.number)] === 'closed';
}
