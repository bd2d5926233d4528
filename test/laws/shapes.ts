import ts from 'typescript';
import { parse } from './source-files.ts';

const vague = new Set(['index', 'util', 'utils', 'helper', 'helpers', 'common', 'base', 'manager', 'service', 'misc']);
const kebab = /^(?:\d{4}-)?[a-z\d]+(?:-[a-z\d]+)*(?:\.(?:test|schema))?\.[a-z\d]+$/;
/** Names that people and tools expect in this spelling. */
const customary = /(^|\/)(README(\.zh-CN)?|CHANGELOG|CONTRIBUTING|SECURITY|ASSUMPTIONS|ROUTES)\.md$/;

/** Names of files and folders that say nothing or are not in kebab-case. */
export function badNames(files: readonly string[]): string[] {
  return files.filter((file) => {
    const parts = file.split('/');
    const last = parts.at(-1) ?? '';
    const words = parts.flatMap((part) => part.replace(/\..*$/, '').split('-'));
    const isVague =
      parts.some((part) => vague.has(part.replace(/\..*$/, ''))) || /manager|service$/i.test(words.at(-1) ?? '');
    const isKebab = parts.slice(0, -1).every((part) => /^[a-z\d]+(-[a-z\d]+)*$/.test(part)) && kebab.test(last);
    return isVague || !(isKebab || customary.test(file));
  });
}

const singular = (folder: string) => (folder.endsWith('s') ? folder.slice(0, -1) : folder);

/** Folders of `app` whose contract is not the file with the folder's name in the singular. */
export function missingContracts(files: readonly string[], folders: readonly string[]): string[] {
  const contractOf = (folder: string) => (folder === 'rules' ? 'rules' : singular(folder));
  return folders
    .filter((folder) => !files.includes(`app/${folder}/${contractOf(folder)}.ts`))
    .map((folder) => `app/${folder}`);
}

/** Files a module's folder must have and has not. */
export function missingModuleFiles(files: readonly string[]): string[] {
  const names = new Set(files.flatMap((file) => /^app\/modules\/([^/]+)\//.exec(file)?.[1] ?? []));
  const wanted = [...names].flatMap((name) =>
    ['module.ts', 'examples.ts', 'README.md'].map((file) => `app/modules/${name}/${file}`),
  );
  return wanted.filter((file) => !files.includes(file));
}

const linesOf = (text: string) => text.trimEnd().split('\n').length;
const longestFile = 300;
const longestModule = 150;
const longestFunction = 40;

/** `app/a.ts: 312 lines` for a file that is too long to be read in one go. */
export function longFiles(files: readonly (readonly [string, string])[]): string[] {
  return files.flatMap(([file, text]) => {
    const limit = /^app\/modules\/[^/]+\/module\.ts$/.test(file) ? longestModule : longestFile;
    return linesOf(text) > limit ? [`${file}: ${linesOf(text)} lines`] : [];
  });
}

function nameOf(node: ts.Node, file: ts.SourceFile): string {
  const named = ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent) ? node.parent : node;
  const { name } = named as { name?: ts.Node };
  return name ? name.getText(file) : 'a function';
}

/** `app/a.ts:12 read: 52 lines` for a function that is too long. */
export function longFunctions(file: string, text: string): string[] {
  const source = parse(file, text);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const [start, end] = [node.getStart(source), node.end].map((at) => source.getLineAndCharacterOfPosition(at).line);
      const lines = (end ?? 0) - (start ?? 0) + 1;
      if (lines > longestFunction) found.push(`${file}:${(start ?? 0) + 1} ${nameOf(node, source)}: ${lines} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
