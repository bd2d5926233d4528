import { z } from 'zod';
import { on, ok, page, taking, type Call, type Route } from '../call.ts';
import { commitsBetween } from '../git-history.ts';
import { fullName, ownerOf, type Hub } from '../hub.ts';
import { isPull } from '../changes/announce.ts';
import { webRepo } from '../render/account.ts';
import { payloadIssue } from '../render/thread.ts';
import { resolveCommit } from '../resolve-ref.ts';
import type { Thread } from '../state.ts';

type Test = (thread: Thread, value: string, hub: Hub) => boolean;
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const qualifiers: Readonly<Record<string, Test>> = {
  repo: (_, value, hub) => same(value, fullName(hub)),
  org: (_, value, hub) => same(value, ownerOf(hub).login),
  is: (thread, value) => is(thread, value),
  type: (thread, value) => is(thread, value),
  state: (thread, value) => thread.state === value,
  author: (thread, value) => same(thread.author.login, value),
  assignee: (thread, value) => thread.assignees.some((who) => same(who.login, value)),
  label: (thread, value) => thread.labels.some((label) => same(label.name, value)),
  base: (thread, value) => thread.pull?.baseRef === value,
  head: (thread, value) => thread.pull?.headRef === value,
  milestone: (thread, value) => thread.milestone?.title === value,
  draft: (thread, value) => String(thread.pull?.draft ?? false) === value,
  created: (thread, value) => isWithin(thread.createdAt, value),
};

/** Whole seconds, as GitHub has them: `<2026-01-05T09:00:00Z`, `>=2026-01-05`. */
function isWithin(at: number, value: string): boolean {
  const [, sign = '', time = ''] = /^([<>]=?|)(.+)$/.exec(value) ?? [];
  const [second, wanted] = [Math.floor(at / 1000) * 1000, Date.parse(time)];
  if (sign.startsWith('<')) return sign === '<' ? second < wanted : second <= wanted;
  return sign === '>' ? second > wanted : second >= wanted;
}

function is(thread: Thread, value: string): boolean {
  if (value === 'pr' || value === 'pull-request') return isPull(thread);
  if (value === 'issue') return !isPull(thread);
  if (value === 'merged') return thread.pull?.mergedAt != null;
  if (value === 'unmerged') return isPull(thread) && thread.pull.mergedAt === null;
  return value === 'public' || thread.state === value;
}

/** The qualifiers bots use; a bare word must be in the title or body. */
function matches(hub: Hub, query: string, thread: Thread): boolean {
  const words = query.match(/-?\w+:"[^"]*"|"[^"]*"|\S+/g) ?? [];
  return words.every((word) => {
    const [, not, name = '', value = ''] = /^(-?)(\w+):"?([^"]*)"?$/.exec(word) ?? [];
    const test = qualifiers[name];
    if (name && !test) hub.note(`unknown search qualifier ${name}`);
    if (test) return test(thread, value, hub) === (not !== '-');
    return `${thread.title}\n${thread.body ?? ''}`.toLowerCase().includes(word.replaceAll('"', '').toLowerCase());
  });
}

/** Threads a search finds, newest first. */
export function searchThreads(hub: Hub, query: string): Thread[] {
  return [...hub.state.threads.values()].filter((thread) => matches(hub, query, thread)).toReversed();
}

const notes = z.strictObject({
  tag_name: z.string(),
  target_commitish: z.string().optional(),
  previous_tag_name: z.string().optional(),
  configuration_file_path: z.string().optional(),
});

function generated(call: Call<z.infer<typeof notes>>) {
  const { tag_name: tag, target_commitish: target = 'main', previous_tag_name: previous } = call.body;
  const { hub } = call;
  const head = hub.state.refs.get(`tags/${tag}`) ?? resolveCommit(hub, target).sha;
  const base = previous === undefined ? '' : (hub.state.refs.get(`tags/${previous}`) ?? '');
  const fresh = new Set(commitsBetween(hub.state.git, base, head).map((commit) => commit.sha));
  const merged = [...hub.state.threads.values()].filter((one) => fresh.has(one.pull?.mergeCommit ?? ''));
  const lines = merged.map((one) => `* ${one.title} by @${one.author.login} in ${webRepo(hub)}/pull/${one.number}`);
  const range = previous === undefined ? `commits/${tag}` : `compare/${previous}...${tag}`;
  const body = `## What's Changed\n${lines.join('\n')}\n\n**Full Changelog**: ${webRepo(hub)}/${range}`;
  return ok({ name: tag, body });
}

export const searchRoutes: Route[] = [
  on('GET /search/issues', 'issues:read|pull_requests:read', (call) => {
    const found = searchThreads(call.hub, call.query.get('q') ?? '');
    return page(
      call,
      found,
      (thread) => ({ ...payloadIssue(call.hub, thread), score: 1 }),
      (items, total_count) => ({ total_count, incomplete_results: false, search_type: 'lexical', items }),
    );
  }),
  taking('POST /repos/{owner}/{repo}/releases/generate-notes', 'contents:write', notes, generated),
];
