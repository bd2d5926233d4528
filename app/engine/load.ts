import { readdir } from 'node:fs/promises';
import type { FactName, FactSource } from '../facts/fact.ts';
import type { AnyExample, AnyModule } from '../modules/module.ts';
import type { Kind, Want } from '../wants/want.ts';

export type Modules = ReadonlyMap<string, AnyModule>;
export type Sources = ReadonlyMap<FactName, FactSource<FactName>>;
export type Kinds = ReadonlyMap<Want['kind'], Kind<Want>>;

/** The default exports of a folder's files by file name, sorted; files without one are not units. */
async function loadFiles(folder: URL): Promise<[string, unknown][]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  const loaded = await Promise.all(
    names.map(async (name) => {
      const file = (await import(new URL(name, folder).href)) as { default?: unknown };
      return [name.slice(0, -'.ts'.length), file.default] as [string, unknown];
    }),
  );
  return loaded.filter(([, unit]) => unit !== undefined);
}

const modulesFolder = new URL('../modules/', import.meta.url);

async function moduleNames(folder: URL): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Every module by the name of its folder. */
export async function loadModules(folder = modulesFolder): Promise<Modules> {
  const names = await moduleNames(folder);
  const modules = names.map(async (name) => {
    const file = (await import(new URL(`${name}/module.ts`, folder).href)) as { default: AnyModule };
    return [name, file.default] as const;
  });
  return new Map(await Promise.all(modules));
}

/** The worked cases of one module. */
export async function loadExamples(name: string, folder = modulesFolder): Promise<readonly AnyExample[]> {
  const file = (await import(new URL(`${name}/examples.ts`, folder).href)) as { examples: readonly AnyExample[] };
  return file.examples;
}

export async function loadFacts(): Promise<Sources> {
  return new Map((await loadFiles(new URL('../facts/', import.meta.url))) as [FactName, FactSource<FactName>][]);
}

export async function loadKinds(): Promise<Kinds> {
  return new Map((await loadFiles(new URL('../wants/', import.meta.url))) as [Want['kind'], Kind<Want>][]);
}
