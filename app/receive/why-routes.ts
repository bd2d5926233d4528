import type Router from '@koa/router';
import type { Context } from 'koa';
import type { Report } from '../engine/report.ts';
import type { Store } from '../store/store.ts';
import { laneOf } from '../subject.ts';
import { nothingHerePage } from '../web/pages/refusal.ts';
import { repositoryPage } from '../web/pages/repository.ts';
import { reportPage, whyPage } from '../web/pages/why.ts';
import type { Story } from '../web/pages/why.ts';
import type { View } from '../web/view.ts';
import { asked, guarded, show } from './site.ts';
import type { Site } from './site.ts';

const pageSize = 20;

/** What an address below `/r/` asks for. */
type Asked =
  | { readonly kind: 'repo' }
  | { readonly kind: 'subject'; readonly place: string }
  | { readonly kind: 'report'; readonly id: string; readonly json: boolean };

const sha = /^[\da-f]{40}([\da-f]{24})?$/;

function askedFor([kind, ...rest]: readonly string[]): Asked | null {
  const name = rest.join('/');
  if (kind === undefined) return { kind: 'repo' };
  if (name === '') return null;
  if (kind === 'pull' || kind === 'issues')
    return /^\d{1,9}$/.test(name) ? { kind: 'subject', place: `#${name}` } : null;
  if (kind === 'commit') return sha.test(name) ? { kind: 'subject', place: `@${name}` } : null;
  if (kind === 'group') return sha.test(name) ? { kind: 'subject', place: `^${name}` } : null;
  if (kind === 'tag') return { kind: 'subject', place: `:refs/tags/${name}` };
  if (kind === 'branch') return { kind: 'subject', place: `:${name}` };
  const [, id, json] = kind === 'report' ? (/^([\w-]+)(\.json)?$/.exec(name) ?? []) : [];
  return id === undefined ? null : { kind: 'report', id, json: json !== undefined };
}

function segmentsOf(path: string): string[] | null {
  try {
    return path.split('/').slice(2).map(decodeURIComponent);
  } catch {
    return null;
  }
}

async function page(store: Store, of: { name: string } | { repo: string }, before?: string): Promise<Story | null> {
  const found = await store.reports({ limit: pageSize + 1, ...of, ...(before === undefined ? {} : { before }) });
  const reports = found.slice(0, pageSize);
  const [newest] = reports;
  if (!newest) return null;
  const older = found.length > pageSize ? (reports.at(-1)?.id ?? null) : null;
  return { reports, older };
}

/** The decision in full belongs to the first page; it may be older than all that is on it. */
async function storyOf(store: Store, name: string, before?: string): Promise<Story | null> {
  const story = await page(store, { name }, before);
  const [newest] = story?.reports ?? [];
  if (!story || !newest) return null;
  if (before !== undefined) return { ...story, decided: null };
  const judged = story.reports.find(({ facts, tag }) => facts !== null || tag !== undefined);
  return { ...story, decided: judged ?? (await store.lastConsidered(laneOf(newest.subject))) ?? newest };
}

function isIn({ subject }: Report, owner: string, name: string): boolean {
  return `${subject.repo.owner}/${subject.repo.name}`.toLowerCase() === `${owner}/${name}`.toLowerCase();
}

async function answer(ctx: Context, view: View, site: Site): Promise<string | object | null> {
  const { store, about } = site.ports;
  const [owner = '', name = '', ...rest] = segmentsOf(ctx.path) ?? [];
  const what = owner && name ? askedFor(rest) : null;
  const repo = `${owner}/${name}`;
  const before = asked(ctx, 'before');
  if (what?.kind === 'report') {
    const report = await store.report(what.id);
    if (!report || !isIn(report, owner, name)) return null;
    return what.json ? report : reportPage(report, view, about);
  }
  if (what?.kind === 'subject') {
    const story = await storyOf(store, repo + what.place, before);
    return story && whyPage(story, view, about);
  }
  const story = what && (await page(store, { repo }, before));
  return story && repositoryPage(repo, story, view);
}

/** Why the bot did what it did: `/r/acme/shop`, and below it its threads, tags, branches, commits and single reports. */
export function whyRoutes(router: Router, site: Site): void {
  const handle = guarded(site, async (ctx, view) => {
    const found = await answer(ctx, view, site);
    if (found === null) return show(ctx, nothingHerePage(view), 404);
    if (typeof found === 'string') return show(ctx, found);
    ctx.set({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store, private' });
    ctx.body = found;
  });
  router.get(/^\/r\/.+$/, handle);
}
