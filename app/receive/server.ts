import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import Router from '@koa/router';
import Koa from 'koa';
import type { Context } from 'koa';
import bodyParser from 'koa-bodyparser';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Depth } from '../queue/queue.ts';
import type { Problem } from '../rules/rules.ts';
import type { Store } from '../store/store.ts';
import { checkRulesPage } from '../web/pages/check-rules.ts';
import { homePage } from '../web/pages/home.ts';
import { threadPage } from '../web/pages/thread.ts';
import { languageFor, pageHeaders } from '../web/page.ts';
import { webhook } from './webhook.ts';

export interface ServerPorts {
  readonly secrets: readonly string[];
  readonly appId: string;
  readonly store: Store;
  readonly depth: () => Promise<Depth>;
  readonly checkRules: (text: string) => readonly Problem[];
  readonly clock: Clock;
  readonly log: Log;
}

/** For the bot's own forms; deliveries are read elsewhere, as raw bytes. */
const formLimit = '96kb';

const loopback = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];
const localHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Somebody on this machine, not somebody whose request a proxy on this machine passes on. */
function isLocal({ socket, headers }: IncomingMessage): boolean {
  const proxied = 'x-forwarded-for' in headers || 'forwarded' in headers || 'x-real-ip' in headers;
  return !proxied && loopback.includes(socket.remoteAddress ?? '') && localHost.test(headers.host ?? '');
}

const language = (ctx: Context) => languageFor(ctx.query['lang'], ctx.get('Accept-Language'));

function page(ctx: Context, body: string): void {
  ctx.set(pageHeaders);
  ctx.type = 'html';
  ctx.body = body;
}

const orNull = <T>(promise: Promise<T>): Promise<T | null> => promise.catch(() => null);

function health(router: Router, { store, depth, clock }: ServerPorts): void {
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
  router.get('/', async (ctx) => {
    // Names and titles may be private on GitHub, as on the pages under /r/.
    const reports = isLocal(ctx.req) ? await orNull(store.reports({ limit: 100 })) : null;
    const state = { depth: await orNull(depth()), counts: await orNull(store.counts()), now: clock.now(), reports };
    page(ctx, homePage(state, language(ctx)));
  });
}

function pages(router: Router, { store, checkRules }: ServerPorts): void {
  const css = readFileSync(new URL('../web/assets/page.css', import.meta.url), 'utf8');
  router.get('/assets/page.css', (ctx) => {
    ctx.set({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'max-age=300' });
    ctx.type = 'css';
    ctx.body = css;
  });
  const schema = readFileSync(new URL('../../config/generated/rules.schema.json', import.meta.url), 'utf8');
  // Open to editors in a browser too; it is the same for everybody and holds nothing of anybody.
  router.get(['/schema/v1.json', '/schema.json'], (ctx) => {
    ctx.set({ ...pageHeaders, 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'max-age=300' });
    ctx.type = 'application/schema+json';
    ctx.body = schema;
  });
  router.get('/check-rules', (ctx) => page(ctx, checkRulesPage(language(ctx), '', null)));
  router.post('/check-rules', bodyParser({ formLimit, jsonLimit: formLimit }), (ctx) => {
    const sent = (ctx.request.body as { text?: unknown } | undefined)?.text;
    const text = typeof sent === 'string' ? sent : '';
    const problems = checkRules(text);
    if (ctx.request.is('json')) ctx.body = { problems };
    else page(ctx, checkRulesPage(language(ctx), text, problems));
  });
  // What is private on GitHub must not be readable here; until people can sign in, only this machine may look.
  router.get('/r/:owner/:repo/:kind/:number', async (ctx, next) => {
    const { owner, repo, kind, number } = ctx.params;
    if (!isLocal(ctx.req) || (kind !== 'pull' && kind !== 'issues') || !/^\d{1,9}$/.test(number ?? '')) {
      return void (await next());
    }
    const reports = await store.reports({ limit: 50, name: `${owner}/${repo}#${number}` });
    page(ctx, threadPage(reports, language(ctx)));
  });
}

/** Every address of the bot. */
export function createServer(ports: ServerPorts): Koa {
  const router = new Router({ strict: true, sensitive: true });
  const take = webhook(ports);
  router.post('/webhook', take);
  // The address that set-ups from before this bot point at.
  router.post('/', take);
  health(router, ports);
  pages(router, ports);
  const app = new Koa();
  app.on('error', (error: Error & { status?: number }) => {
    if ((error.status ?? 500) >= 500) ports.log.error(`a request failed: ${error.message}`);
  });
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}
