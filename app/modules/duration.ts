import { z } from 'zod';
import { phrase } from '../text.ts';
import type { Text } from '../text.ts';

const minute = 60_000;
const units = { s: 1_000, m: minute, h: 60 * minute, d: 24 * 60 * minute } as const;

/** An option such as `30s`, `30m`, `12h`, `7d`, `0` (at once) or `never`. */
export function duration() {
  return z.union([z.string().regex(/^(?:0|never|[1-9]\d{0,3}[smhd])$/), z.literal(0)]);
}

export type Duration = z.output<ReturnType<typeof duration>>;

/** In milliseconds; `never` is Infinity. */
export function span(value: Duration): number {
  if (value === 'never') return Infinity;
  const unit = String(value).at(-1) as keyof typeof units;
  return value === 0 || value === '0' ? 0 : Number(String(value).slice(0, -1)) * units[unit];
}

const said = {
  s: phrase<{ n: number }>({ en: '{n, plural, one {# second} other {# seconds}}', 'zh-CN': '{n} 秒' }),
  m: phrase<{ n: number }>({ en: '{n, plural, one {# minute} other {# minutes}}', 'zh-CN': '{n} 分钟' }),
  h: phrase<{ n: number }>({ en: '{n, plural, one {# hour} other {# hours}}', 'zh-CN': '{n} 小时' }),
  d: phrase<{ n: number }>({ en: '{n, plural, one {# day} other {# days}}', 'zh-CN': '{n} 天' }),
} satisfies Record<keyof typeof units, unknown>;

/** `7 days`; only for one that ends and is not `0`. */
export function spanInWords(value: Duration): Text {
  const text = String(value);
  return said[text.at(-1) as keyof typeof units]({ n: Number(text.slice(0, -1)) });
}
