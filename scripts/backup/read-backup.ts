import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { manifestName, manifestShape, parts, sumsName } from './manifest.ts';
import type { Manifest, Part } from './manifest.ts';
import { BadTar, TarReader } from './tar.ts';

/** A file is no backup, or was damaged since it was made. */
export class BadBackup extends Error {
  override readonly name = 'BadBackup';
}

export interface OpenBackup {
  readonly manifest: Manifest;
  has(part: Part): boolean;
  text(part: Part): string;
  /** Writes a part to a new file. */
  extract(part: Part, path: string): void;
  close(): void;
}

/** Every entry but the sums themselves must be named in the sums, and be what they say. */
function checkSums(tar: TarReader): void {
  const lines = (tar.text(sumsName) ?? '').split('\n').filter((line) => line !== '');
  const sums = new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  const names = new Set([...tar.names.filter((name) => name !== sumsName), ...sums.keys()]);
  if (!sums.has(manifestName)) throw new BadBackup(`it has no ${sumsName}`);
  for (const name of names) if (tar.sha256(name) !== sums.get(name)) throw new BadBackup(`${name} in it is damaged`);
}

function manifestIn(tar: TarReader): Manifest {
  const { data } = manifestShape.safeParse(JSON.parse(tar.text(manifestName) ?? 'null'));
  if (!data) throw new BadBackup(`its ${manifestName} is not one this github-bot knows`);
  return data;
}

function openTar(file: string): TarReader {
  try {
    return new TarReader(file);
  } catch (error) {
    if (error instanceof BadTar) throw new BadBackup(error.message);
    throw error;
  }
}

/** Opens a backup after every checksum in it was compared. Throws `BadBackup`. */
export function openBackup(file: string): OpenBackup {
  const tar = openTar(file);
  try {
    checkSums(tar);
    const manifest = manifestIn(tar);
    return {
      manifest,
      has: (part) => tar.names.includes(parts[part]),
      text: (part) => tar.text(parts[part]) ?? '',
      extract: (part, path) => tar.extract(parts[part], path),
      close: () => tar.close(),
    };
  } catch (error) {
    tar.close();
    throw error;
  }
}

/** Backups made before deployments, the newest first. */
export function deployBackupsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^deploy-\w+\.tar$/.test(name));
  return names
    .toSorted()
    .toReversed()
    .map((name) => join(folder, name));
}

/** Removes all but the newest `keep` of them. */
export function pruneDeployBackups(folder: string, keep: number): void {
  for (const file of deployBackupsIn(folder).slice(keep)) rmSync(file);
}
