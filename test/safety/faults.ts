import { chapters, type Case } from './cases.ts';
import { titlesIn } from './titles.ts';

/** The two halves of `file › title`. */
export function partsOf(reference: string): readonly [file: string, title: string] {
  const at = reference.indexOf(' › ');
  return at < 0 ? [reference, ''] : [reference.slice(0, at), reference.slice(at + 3)];
}

/** Ids that are missing, unknown or there twice, and cases that show nothing and do not say why. */
export function gapsIn(cases: readonly Case[]): readonly string[] {
  const wanted = Object.entries(chapters).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, at) => `${letter}${at + 1}`),
  );
  const ids = cases.map(({ id }) => id);
  return [
    ...wanted.filter((id) => !ids.includes(id)).map((id) => `${id} is missing`),
    ...ids.filter((id) => !wanted.includes(id)).map((id) => `${id} is unknown`),
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} is there twice`),
    ...cases.filter(({ shownBy, open }) => shownBy.length === 0 && !open).map(({ id }) => `${id} shows nothing`),
  ];
}

/** What cases name as their proof and is not there. */
export function staleIn(cases: readonly Case[], root: string): readonly string[] {
  const titles = new Map<string, ReturnType<typeof titlesIn>>();
  const known = (file: string) => {
    if (!titles.has(file)) titles.set(file, titlesIn(root, file));
    return titles.get(file) ?? null;
  };
  return cases.flatMap(({ id, shownBy }) =>
    shownBy.flatMap((reference) => {
      const [file, title] = partsOf(reference);
      const found = known(file);
      if (found === null) return [`${id}: there is no ${file}`];
      return found.has(title) ? [] : [`${id}: ${file} has no «${title}»`];
    }),
  );
}

/** Tests and scenarios whose title begins with ids of cases that do not name them. */
export function unnamedIn(cases: readonly Case[], root: string, files: readonly string[]): readonly string[] {
  return files.flatMap((file) =>
    [...(titlesIn(root, file) ?? [])].flatMap((title) => {
      const ids = /^((?:[EDNCMPTUSRO]\d{1,2} )*[EDNCMPTUSRO]\d{1,2}): /.exec(title)?.[1]?.split(' ') ?? [];
      const isNamed = cases.some(({ id, shownBy }) => ids.includes(id) && shownBy.includes(`${file} › ${title}`));
      return ids.length === 0 || isNamed ? [] : [`${file} › ${title}`];
    }),
  );
}
