import { readFileSync } from 'node:fs';
import Router from '@koa/router';
import Koa from 'koa';
import type { Listed } from '../engine/every-command.ts';
import type { Depth } from '../queue/queue.ts';
import type { Problem } from '../rules/rules.ts';
import { checkRulesPage } from '../web/pages/check-rules.ts';
import { commandsPage } from '../web/pages/commands.ts';
import { homePage } from '../web/pages/home.ts';
import { nothingHerePage } from '../web/pages/refusal.ts';
import { pageHeaders } from '../web/page.ts';
import { createAccess } from './access.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { operatorRoutes } from './operator-routes.ts';
import { asked, field, readForm, show, viewFor } from './site.ts';
import type { Site, SitePorts } from './site.ts';
import { webhook } from './webhook.ts';
import { whyRoutes } from './why-routes.ts';

export interface ServerPorts extends SitePorts {
  readonly secrets: readonly string[];
  readonly appId: string;
  readonly depth: () => Promise<Depth>;
  readonly checkRules: (text: string) => readonly Problem[];
  /** What people can ask of the bot. */
  readonly commands: readonly Listed[];
}

/** As large as a rules file may be, and what the form makes of it. */
const rulesLimit = '96kb';

/** Each is read as a whole, facts and all. */
const newestOnFront = 30;

const orNull = <T>(promise: Promise<T>): Promise<T | null> => promise.catch(() => null);

function health(router: Router, { store }: ServerPorts): void {
  router.get('/healthz', (ctx) => {
    ctx.body = 'ok\n';
  });
  router.get('/readyz', async (ctx) => {
    const ready = await store.check().then(
      () => true,
      () => false,
    );
    ctx.status = ready ? 200 : 503;
    ctx.body = { ready, ...(ready ? {} : { reason: 'the store cannot be written' }) };
  });
}

function home(router: Router, { store, depth, clock }: ServerPorts, { access }: Site): void {
  router.get('/', async (ctx) => {
    const viewer = await access.viewerOf(ctx);
    // Names and titles may be private on GitHub, as on the pages under /r/.
    const reports = viewer === null ? null : await orNull(store.reports({ limit: newestOnFront }));
    const [known, counts, halts] = [await orNull(depth()), await orNull(store.counts()), await orNull(store.halts())];
    const state = { depth: known, counts, halts, now: clock.now(), reports };
    show(ctx, homePage(state, viewFor(ctx, viewer, { clock })));
  });
}

function assets(router: Router): void {
  for (const name of ['page.css', 'icon.svg']) {
    const content = readFileSync(new URL(`../web/assets/${name}`, import.meta.url), 'utf8');
    router.get(`/assets/${name}`, (ctx) => {
      ctx.set({ ...pageHeaders, 'Cache-Control': 'max-age=300' });
      ctx.type = name.slice(-3);
      ctx.body = content;
    });
  }
  const schema = readFileSync(new URL('../../config/generated/rules.schema.json', import.meta.url), 'utf8');
  // Open to editors in a browser too; it is the same for everybody and holds nothing of anybody.
  router.get(['/schema/v1.json', '/schema.json'], (ctx) => {
    ctx.set({ ...pageHeaders, 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'max-age=300' });
    ctx.type = 'application/schema+json';
    ctx.body = schema;
  });
}

/** All commands, or those of one repository. Who may not see it reads the same as where there is none. */
function commandPages(router: Router, { commands, clock, store }: ServerPorts, { access }: Site): void {
  router.get('/commands', async (ctx) => {
    const view = viewFor(ctx, await access.viewerOf(ctx), { clock });
    const repo = asked(ctx, 'repo');
    const all = { commands, aliases: [] };
    if (repo === undefined) return show(ctx, commandsPage(view, { of: 'everything', list: all }));
    const found = await store.commandsOf(repo);
    if (!found || (!found.isPublic && view.viewer === null))
      return show(ctx, commandsPage(view, { of: 'nothing', list: all }), 404);
    show(ctx, commandsPage(view, { of: repo, list: found.list }));
  });
}

function openPages(router: Router, { checkRules, clock }: ServerPorts, { access }: Site): void {
  const viewOf = async (ctx: Koa.Context) => viewFor(ctx, await access.viewerOf(ctx), { clock });
  router.get('/check-rules', async (ctx) => show(ctx, checkRulesPage(await viewOf(ctx), '', null)));
  router.post('/check-rules', readForm(rulesLimit), async (ctx) => {
    const text = field(ctx, 'text');
    const problems = checkRules(text);
    if (ctx.request.is('json')) ctx.body = { problems };
    else show(ctx, checkRulesPage(await viewOf(ctx), text, problems));
  });
}

/** Somebody who opens an address that is none reads what to do next. */
const nothingHere =
  ({ access, ports }: Site): Koa.Middleware =>
  async (ctx, next) => {
    await next();
    const isPage = (ctx.method === 'GET' || ctx.method === 'HEAD') && ctx.get('Accept').includes('text/html');
    if (ctx.status !== 404 || ctx.body != null || !isPage) return;
    show(ctx, nothingHerePage(viewFor(ctx, await access.viewerOf(ctx), ports)), 404);
  };

/** Every address of the bot. */
export function createServer(ports: ServerPorts): Koa {
  const router = new Router({ strict: true, sensitive: true });
  const take = webhook(ports);
  router.post('/webhook', take);
  // The address that set-ups from before this bot point at.
  router.post('/', take);
  const site: Site = { ports, access: createAccess(ports) };
  health(router, ports);
  assets(router);
  home(router, ports, site);
  commandPages(router, ports, site);
  openPages(router, ports, site);
  whyRoutes(router, site);
  deliveryRoutes(router, site);
  operatorRoutes(router, site);
  const app = new Koa();
  app.on('error', (error: Error & { status?: number }) => {
    if ((error.status ?? 500) >= 500) ports.log.error(`a request failed: ${error.message}`);
  });
  app.use(nothingHere(site));
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}
