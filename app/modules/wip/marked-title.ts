const wordCharacter = /[\p{L}\p{N}_]/u;
const marks = /^[^\p{L}\p{N}]+/u;

/** A word as it is compared: what stands around it in the options or in a title is left out. */
const core = (word: string) => word.replace(marks, '').replace(/[^\p{L}\p{N}]+$/u, '');

/** The word that a title starts with, as it stands in the options; null where it starts with none of them. */
export function markedBy(title: string, words: readonly string[]): string | null {
  const start = title.replace(marks, '');
  const isMarked = (word: string) => {
    const bare = core(word);
    const next = Array.from(start.slice(bare.length))[0] ?? '';
    return bare !== '' && start.slice(0, bare.length).toLowerCase() === bare.toLowerCase() && !wordCharacter.test(next);
  };
  return words.find(isMarked) ?? null;
}
