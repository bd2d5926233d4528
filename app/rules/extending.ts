import { readYaml } from './read-yaml.ts';
import type { Layer, Problem } from './rules.ts';
import type { Text } from '../text.ts';
import { follow } from './tree.ts';

/** What a file names with `extends`, where it does. */
export interface Extending {
  readonly owner: string;
  readonly name: string;
  /** A fault of that line. */
  fault(message: Text): Problem;
}

/** Whose rules a layer without faults builds upon; null when it stands alone. */
export function extendingOf(layer: Layer): Extending | null {
  const { tree, whole } = follow(readYaml(layer).root, ['extends']);
  if (!whole || tree.kind !== 'leaf') return null;
  const [owner = '', name = ''] = tree.source.split('/');
  const { line, column } = tree.at;
  return { owner, name, fault: (message) => ({ layer: layer.name, file: layer.file, line, column, message }) };
}

/** Whether a layer without faults forbids those below it to name files with `extends`. */
export function locksExtends(layer: Layer): boolean {
  const { tree } = follow(readYaml(layer).root, ['locked']);
  return tree.kind === 'list' && tree.items.some((item) => item.kind === 'leaf' && item.value === 'extends');
}
