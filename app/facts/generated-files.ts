import { matchesGlob } from '../modules/glob.ts';

/** Says of a path whether it is generated; null: it says nothing of it. */
type Line = (path: string) => boolean | null;

const mostLines = 1_000;
const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .slice(0, mostLines)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** `linguist-generated`, and the ways in which an attribute is taken away again (git-scm.com/docs/gitattributes). */
const states: ReadonlyMap<string, boolean> = new Map([
  ['linguist-generated', true],
  ['linguist-generated=true', true],
  ['linguist-generated=false', false],
  ['-linguist-generated', false],
  ['!linguist-generated', false],
]);

/** As in git a pattern without a slash is about names in any folder, and braces are letters like any other. */
function globOf(pattern: string): string {
  const glob = pattern.replace(/^\//, '').replace(/[{},]/g, '\\$&');
  return pattern.includes('/') ? glob : `**/${glob}`;
}

/** A line of .gitattributes that says whether files are generated. */
function attributeLine(line: string): Line[] {
  const [, quoted, bare, rest = ''] = /^(?:"([^"]+)"|(\S+))\s+(.*)$/.exec(line) ?? [];
  const said = rest.split(/\s+/).flatMap((word) => states.get(word) ?? []);
  const state = said.at(-1);
  if (state === undefined) return [];
  const glob = globOf(quoted ?? bare ?? '');
  return [(path) => (matchesGlob(glob, path) ? state : null)];
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** The ways in which .generated_files names files; lists that stand in other files are not looked up. */
const keys: Readonly<Record<string, (value: string, path: string) => boolean>> = {
  path: (value, path) => path === value,
  'file-name': (value, path) => nameOf(path) === value,
  'path-prefix': (value, path) => path.startsWith(value),
  'file-prefix': (value, path) => nameOf(path).startsWith(value),
};

function listLine(line: string): Line[] {
  const [, key = '', value = ''] = /^(\S+)\s+(\S+)$/.exec(line) ?? [];
  const fits = Object.hasOwn(keys, key) ? keys[key] : undefined;
  return fits ? [(path) => (fits(value, path) ? true : null)] : [];
}

/** Whether a path is generated, by the texts of .gitattributes and .generated_files; the last line about it counts. */
export function generatedBy(attributes: string, list: string): (path: string) => boolean {
  const lines = [...linesOf(attributes).flatMap(attributeLine)].reverse();
  const listed = linesOf(list).flatMap(listLine);
  return (path) => {
    for (const line of lines) {
      const state = line(path);
      if (state !== null) return state;
    }
    return listed.some((line) => line(path) === true);
  };
}
