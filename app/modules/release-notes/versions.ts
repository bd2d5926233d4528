import semver from 'semver';
import type { SemVer } from 'semver';

/** What a tag's name says: `shop/v1.2.0-rc.1` is version 1.2.0-rc.1 of `shop/`. */
export interface TagVersion {
  readonly prefix: string;
  readonly version: SemVer;
}

const shape = /^(|.*?[^\d.])v?(\d+\.\d+)(\.\d+)?((?:-?[a-z]|-)[\w.-]*)?(\+[\w.-]+)?$/i;

/** Null for a name that ends in no version; the patch number may be left out. */
export function versionIn(name: string): TagVersion | null {
  const [, prefix, start, patch = '.0', pre = '', build = ''] = shape.exec(name) ?? [];
  if (prefix === undefined || start === undefined) return null;
  // Loose, since calendar versions have zeros in front: 2026.01.05.
  const version = semver.parse(`${start}${patch}${pre}${build}`, { loose: true });
  return version && { prefix, version };
}

export const isPrerelease = ({ version }: TagVersion) => version.prerelease.length > 0;

/** The greatest version below this one with the same prefix, whatever the order in which tags were made. */
export function previousOf(tag: TagVersion, names: readonly string[], prereleases: boolean): string | null {
  let best: { readonly name: string; readonly version: SemVer } | null = null;
  for (const name of names) {
    const other = versionIn(name);
    if (!other || other.prefix !== tag.prefix || (isPrerelease(other) && !prereleases)) continue;
    const { version } = other;
    if (semver.compareBuild(version, tag.version, true) >= 0) continue;
    if (!best || semver.compareBuild(version, best.version, true) > 0) best = { name, version };
  }
  return best?.name ?? null;
}
