import { ApiError } from './api-error.ts';
import type { Commit } from './git-objects.ts';
import type { Hub } from './hub.ts';

/** A branch, tag, pull ref, whole or shortened hash, `HEAD`; `null` where nothing has that name. */
export function findCommit(hub: Hub, ref: string): Commit | null {
  const { refs, git, threads } = hub.state;
  const name = ref === 'HEAD' || ref === '' ? 'heads/main' : ref.replace(/^refs\//, '');
  const pull = /^pull\/(\d+)\/head$/.exec(name);
  if (pull) return git.commits.get(threads.get(Number(pull[1]))?.pull?.headSha ?? '') ?? null;
  for (const candidate of [name, `heads/${name}`, `tags/${name}`]) {
    const sha = refs.get(candidate);
    if (sha !== undefined) return git.commits.get(sha) ?? null;
  }
  if (!/^[0-9a-f]{7,40}$/.test(name)) return null;
  return git.commits.get(name) ?? [...git.commits.values()].find((one) => one.sha.startsWith(name)) ?? null;
}

export function resolveCommit(hub: Hub, ref: string): Commit {
  const found = findCommit(hub, ref);
  if (!found) throw new ApiError(422, `No commit found for SHA: ${ref}`);
  return found;
}
