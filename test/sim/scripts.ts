import type { Deed } from '../fake-github/fault-kinds.ts';

/** Lines of the short lives that show a planted mistake. */
const line =
  (step: string) =>
  (keys: Deed['keys'] = {}): Deed => ({ step, keys });

export const fault = line('fault');
export const crash = line('crash');
export const forge = line('forge');
export const epilogue = line('epilogue');
export const together = (...deeds: readonly Deed[]): Deed => ({ step: 'together', keys: { deeds } });
export const role = line('role');
export const label = line('label');
export const unlabel = line('unlabel');
export const close = line('close');
export const editComment = line('edit-comment');
export const deleted = (of: string): Deed => ({ step: 'delete-bot-comment', keys: { of, by: 'lin' } });

export const titled = (of: string, title: string): Deed => ({ step: 'edit', keys: { of, by: 'bob', title } });
export const say = (of: string, by: string, body: string, as?: string): Deed => ({
  step: 'comment',
  keys: { of, by, body, ...(as !== undefined && { as }) },
});
export const built = (conclusion: string, app = 'ci', of = 'p1'): Deed => ({
  step: 'check',
  keys: { of, name: 'build', conclusion, app },
});
export const reviewed = (by: string, state = 'approve', of = 'p1'): Deed => ({
  step: 'review',
  keys: { of, by, state },
});
export const pushed = (name: string, text = name, of = 'p1'): Deed => ({
  step: 'push',
  keys: { of, by: 'bob', files: { [name]: text } },
});

export const mergeRoute = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge';
export const commentRoute = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';

/** Somebody pushes between the bot's last look and its merge. */
export const pushedAtMerge = fault({
  kind: 'world-moves',
  route: mergeRoute,
  times: 1,
  do: [pushed('late.ts'), built('success')],
});
export const good = titled('p1', 'feat: land it');
