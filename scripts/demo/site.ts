import { readFileSync } from 'node:fs';
import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import bodyParser from 'koa-bodyparser';
import type { Modules } from '../../app/engine/load.ts';
import { faultsIn, readRules } from '../../app/rules/read-rules.ts';
import { languageFor, pageHeaders } from '../../app/web/page.ts';
import { isOurs, leadOn } from './door.ts';
import { readerOf, wholePage } from './pages/layout.ts';
import { rail } from './pages/rail.ts';
import type { Tried } from './pages/rules-form.ts';
import { type Around, type Choice, storyPage } from './pages/story-page.ts';
import { rulesFile } from './stories.ts';
import type { Worlds } from './worlds.ts';

interface Site extends Around {
  readonly worlds: Worlds;
  readonly modules: Modules;
}

/** As strict as the bot's pages, but for our one script and what it asks of this site. */
const headers = {
  ...pageHeaders,
  'Content-Security-Policy': `${pageHeaders['Content-Security-Policy']}; script-src 'self'; connect-src 'self'`,
};

const formLimit = '96kb';

const file = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const styles = ['../../app/web/assets/page.css', '../../test/fake-github/web/web.css', './assets/demo.css'];

const first = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function choiceIn({ query }: Context, tried: Tried | null): Choice {
  const at = first(query['at']) ?? '';
  return { at: /^\d{1,3}$/.test(at) ? Number(at) : null, show: first(query['show']), tried };
}

const languageOf = (ctx: Context) => languageFor(ctx.query['lang'], ctx.get('Accept-Language'));

/** Shows a story and makes its world the current one, to which links to the bot lead. False when there is no such story. */
async function show(ctx: Context, site: Site, id: string, tried: Tried | null = null): Promise<boolean> {
  const { worlds } = site;
  const world = worlds.world(id) && (await worlds.want(id));
  if (!world) return false;
  const reader = readerOf(languageOf(ctx));
  const { stories } = worlds;
  ctx.set(headers);
  ctx.type = 'html';
  ctx.body = wholePage(reader, {
    title: world.story.title[reader.language],
    here: tried ? `/demo/${id}` : ctx.url,
    story: id,
    rail: rail({ stories, worldOf: (each) => worlds.world(each), chosen: id }, reader),
    main: storyPage(world, choiceIn(ctx, tried), site, reader),
  });
  return true;
}

function back(ctx: Context, id: string): void {
  ctx.status = 303;
  ctx.redirect(readerOf(languageOf(ctx)).link(`/demo/${id}`));
}

async function tryRules(ctx: Context, site: Site, id: string): Promise<void> {
  const text = first((ctx.request.body as { rules?: unknown } | undefined)?.rules) ?? '';
  const rules = text.replaceAll('\r\n', '\n');
  const layer = { name: 'repository' as const, file: rulesFile, oid: '', text: rules };
  const problems = faultsIn(readRules([layer], site.modules));
  const place = Math.max(site.worlds.world(id)?.place ?? 0, 1);
  if (problems.length === 0) {
    await site.worlds.reset(id, rules, place);
    return back(ctx, id);
  }
  if (await show(ctx, site, id, { text: rules, problems })) ctx.status = 422;
}

/** Tells a page that is open of each change to its story. */
function events(ctx: Context, { worlds }: Site, id: string): void {
  ctx.respond = false;
  const { res } = ctx;
  res.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
  res.write(': listening\n\n');
  const end = worlds.listen((changed) => {
    if (changed === id) res.write(`data: ${worlds.world(id)?.place ?? 0}\n\n`);
  });
  res.on('close', end);
}

function assets(router: Router, { worlds }: Site): void {
  const [css, script] = [styles.map(file).join('\n'), file('./assets/live.js')];
  const give = (path: string, type: string, body: string) =>
    router.get(path, (ctx) => {
      ctx.set({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' });
      ctx.type = type;
      ctx.body = body;
    });
  give('/demo/assets/demo.css', 'css', css);
  give('/demo/assets/live.js', 'js', script);
  give('/demo/assets/icon.svg', 'svg', file('../../app/web/assets/icon.svg'));
  router.get('/demo/:id/labels.css', (ctx) => {
    ctx.set({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' });
    ctx.type = 'css';
    ctx.body = worlds.world(ctx.params['id'] ?? '')?.labelStyles ?? '';
  });
}

function stories(router: Router, site: Site): void {
  const { worlds } = site;
  const deeds = {
    play: (id: string) => worlds.play(id),
    step: (id: string) => worlds.step(id),
    reset: (id: string) => worlds.reset(id),
  };
  for (const [name, deed] of Object.entries(deeds)) {
    router.post(`/demo/:id/${name}`, async (ctx) => {
      const id = ctx.params['id'] ?? '';
      if (await deed(id)) back(ctx, id);
    });
  }
  router.post('/demo/:id/rules', bodyParser({ formLimit, enableTypes: ['form'] }), async (ctx) => {
    const id = ctx.params['id'] ?? '';
    if (worlds.world(id)) await tryRules(ctx, site, id);
  });
  router.get('/demo/:id/events', (ctx) => {
    const id = ctx.params['id'] ?? '';
    if (worlds.world(id)) events(ctx, site, id);
  });
  router.get('/demo/:id', async (ctx) => void (await show(ctx, site, ctx.params['id'] ?? '')));
  router.get('/', async (ctx) => void (await show(ctx, site, worlds.stories[0]?.id ?? '')));
}

/** The pages of the demo; every other address is one of the bot of the world that was looked at last. */
export function createSite(site: Site): Koa {
  const router = new Router({ strict: true, sensitive: true });
  assets(router, site);
  stories(router, site);
  // The fake GitHub's own links, in the part of its page that stands beside the bot's.
  router.get(/^\/web(\/|$)/, (ctx) => ctx.redirect(site.doors.fake + ctx.url));
  const app = new Koa();
  app.use(async (ctx, next) => {
    if (!isOurs(ctx.req)) ctx.throw(403);
    await next();
  });
  app.use(router.routes());
  app.use(async (ctx) => {
    ctx.respond = false;
    await leadOn(site.worlds, 'bot', ctx.req, ctx.res);
  });
  return app;
}
