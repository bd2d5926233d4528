import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const notOurs = new Set(['node_modules', '.git', 'data', 'logs', 'coverage', '.env']);

/** Every file of the project, as `app/main.ts`, sorted; what is installed, stored or private is left out. */
export function projectFiles(folder = root): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const found = entries.flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = `${folder}${folder.endsWith(sep) ? '' : sep}${entry.name}`;
    return entry.isDirectory() ? projectFiles(path) : [relative(root, path).split(sep).join('/')];
  });
  return found.sort();
}

export const read = (file: string) => readFileSync(`${root}/${file}`, 'utf8');

export const sources = () => projectFiles().filter((file) => /^(app|config|scripts|test)\/.*\.ts$/.test(file));

export interface Import {
  readonly from: string;
  /** `app/text.ts` for a file of ours, `zod` or `node:fs` for a package. */
  readonly to: string;
  /** Gone when the program runs. */
  readonly typeOnly: boolean;
}

export const parse = (file: string, text: string) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const { importClause } = node;
  if (!importClause) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  return (
    !name && !!namedBindings && ts.isNamedImports(namedBindings) && namedBindings.elements.every((e) => e.isTypeOnly)
  );
}

function specifierOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isDynamic ? node.arguments[0] : undefined;
}

function packageOf(name: string): string {
  if (name.startsWith('node:')) return name.split('/')[0] ?? name;
  const parts = name.split('/');
  return parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
}

/** The import lines of one file, also `export … from` and `import('…')`. */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier && ts.isStringLiteralLike(specifier)) {
      const isOurs = specifier.text.startsWith('.');
      const to = isOurs ? posix.join(dirname(file), specifier.text) : packageOf(specifier.text);
      const typeOnly = (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && isTypeOnly(node);
      found.push({ from: file, to, typeOnly });
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(file, text));
  return found;
}

export const allImports = () => sources().flatMap((file) => importsOf(file, read(file)));
