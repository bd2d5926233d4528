import { IntlMessageFormat } from 'intl-messageformat';

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** One thing said in every language of the bot, as Markdown. */
export type Text = Readonly<Record<Language, string>>;

/** Markdown made safe by one of the functions in `app/quote.ts`; text of a person never enters a message in another way. */
export interface Quoted {
  readonly markdown: string;
}

export type Value = Quoted | Text | number;

type Element = { type: number; value?: unknown; options?: Record<string, { value: Element[] }>; children?: Element[] };

function variablesIn(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => [
    // 0 is literal text and 7 the # of a plural; everything else names a variable.
    ...(element.type !== 0 && element.type !== 7 && typeof element.value === 'string' ? [element.value] : []),
    ...Object.values(element.options ?? {}).flatMap((option) => variablesIn(option.value)),
    ...variablesIn(element.children ?? []),
  ]);
}

function shown(value: Value, language: Language): string | number {
  if (typeof value === 'number') return value;
  return 'markdown' in value ? value.markdown : value[language];
}

/**
 * A sentence with ICU placeholders in both languages, filled with values that are safe to show.
 * Throws while modules load when the languages do not use the same placeholders.
 */
export function phrase<V extends Readonly<Record<string, Value>> = Record<never, Value>>(
  templates: Text,
): (...values: keyof V extends never ? [] : [V]) => Text {
  const formats = languages.map((language) => ({
    language,
    format: new IntlMessageFormat(templates[language], language, undefined, { ignoreTag: true }),
  }));
  const [first, ...others] = formats.map(({ format }) =>
    [...new Set(variablesIn(format.getAst() as Element[]))].sort().join(', '),
  );
  if (others.some((names) => names !== first)) {
    throw new Error(`placeholders differ between the languages of «${templates.en}»`);
  }
  return (...[values]) => {
    const filled = formats.map(({ language, format }) => {
      const entries = Object.entries(values ?? {}).map(([name, value]) => [name, shown(value, language)]);
      return [language, String(format.format(Object.fromEntries(entries) as Record<string, string | number>))];
    });
    return Object.fromEntries(filled) as Record<Language, string>;
  };
}

/** The same in every language: names, code, links. */
export function same(quoted: Quoted): Text {
  return { en: quoted.markdown, 'zh-CN': quoted.markdown };
}

/** A list within a sentence: `a, b, c` or `a、b、c`. */
export function listed(items: readonly (Quoted | Text)[]): Text {
  const join = (language: Language, comma: string) => items.map((item) => shown(item, language)).join(comma);
  return { en: join('en', ', '), 'zh-CN': join('zh-CN', '、') };
}

/** Texts below each other, with `between` in the middle. */
export function joined(texts: readonly Text[], between = '\n'): Text {
  return Object.fromEntries(languages.map((l) => [l, texts.map((t) => t[l]).join(between)])) as Record<
    Language,
    string
  >;
}
