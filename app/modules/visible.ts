// What a reader cannot see: blanks, controls, zero-width marks, fillers, lone surrogates.
const unseen = /[\p{White_Space}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;
const blanks = /\p{White_Space}+/gu;
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]+/gu;
const edge = /[\p{P}\p{So}\p{Sk}\p{White_Space}]/u;

/** True when a reader sees at least one character. */
export function isSeen(text: string): boolean {
  for (const letter of text) if (!unseen.test(letter)) return true;
  return false;
}

/** One line as a reader sees it: blanks folded, what is hidden left out. */
export function oneLine(text: string): string {
  return text.replace(blanks, ' ').replace(hidden, '').trim();
}

/** For comparing what people wrote with what is asked for: no case, no blanks, punctuation or emoji around it. */
export function bare(text: string): string {
  const letters = Array.from(oneLine(text.normalize('NFKC')).toLowerCase());
  const isEdge = (letter: string | undefined) => letter !== undefined && edge.test(letter);
  let [start, end] = [0, letters.length];
  // By hand: a regular expression for the end would read a long run of marks again and again.
  while (start < end && isEdge(letters[start])) start++;
  while (end > start && isEdge(letters[end - 1])) end--;
  return letters.slice(...(start < end ? [start, end] : [])).join('');
}
