import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

const tellers = new Set(['test', 'suite', 'it', 'describe']);

/** Titles of tests and suites as they stand in a source file; the values within a title are not looked up. */
function titlesInSource(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isTest = ts.isCallExpression(node) && ts.isIdentifier(node.expression) && tellers.has(node.expression.text);
    const title = isTest ? node.arguments[0] : undefined;
    if (title && ts.isStringLiteralLike(title)) found.push(title.text);
    if (title && ts.isTemplateExpression(title)) found.push(title.getText().slice(1, -1));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

function titlesInScenarios(text: string): string[] {
  const documents = parseAllDocuments(text);
  const contents = Array.isArray(documents) ? documents.map((document) => document.toJS() as unknown) : [];
  return contents.flatMap((content) => {
    const title = (content as { readonly title?: unknown } | null)?.title;
    return typeof title === 'string' ? [title] : [];
  });
}

/** The titles a file of tests or scenarios holds; null where there is no such file. */
export function titlesIn(root: string, file: string): ReadonlySet<string> | null {
  try {
    const text = readFileSync(join(root, file), 'utf8');
    return new Set(file.endsWith('.yml') ? titlesInScenarios(text) : titlesInSource(file, text));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
