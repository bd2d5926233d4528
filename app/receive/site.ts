import type { Context } from 'koa';
import bodyParser from 'koa-bodyparser';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { noAccessPage, staleFormPage } from '../web/pages/refusal.ts';
import { languageFor, pageHeaders } from '../web/page.ts';
import type { FactSources } from '../web/facts.ts';
import type { View, Viewer } from '../web/view.ts';
import type { Access, AccessPorts } from './access.ts';

export interface SitePorts extends AccessPorts {
  readonly store: Store;
  readonly about: FactSources;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Site {
  readonly ports: SitePorts;
  readonly access: Access;
}

/** For the bot's own forms; deliveries are read elsewhere, as raw bytes. */
export const readForm = (limit: string) => bodyParser({ formLimit: limit, jsonLimit: limit });

/** One field of a form; '' when it was not sent once, as text. */
export function field(ctx: Context, name: string): string {
  const value = (ctx.request.body as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}

/** One value of the query; undefined when it is missing, empty or given twice. */
export function asked(ctx: Context, name: string): string | undefined {
  const value = ctx.query[name];
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
}

export function show(ctx: Context, body: string, status = 200): void {
  ctx.set(pageHeaders);
  ctx.type = 'html';
  ctx.status = status;
  ctx.body = body;
}

export function viewFor(ctx: Context, viewer: Viewer | null, { clock }: Pick<SitePorts, 'clock'>): View {
  const language = languageFor(ctx.query['lang'], ctx.get('Accept-Language'));
  const chosen = ctx.query['lang'] === language;
  // `//host` at the start of a path would lead elsewhere.
  const here = ctx.url.replace(/^\/+/, '/');
  return { language, chosen, now: clock.now(), viewer, base: '', here };
}

type Guarded = (ctx: Context, view: View & { readonly viewer: Viewer }) => void | Promise<void>;

/** Only for those who may see contents; the others read the same whatever is or is not there. */
export function guarded({ ports, access }: Site, handle: Guarded): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const viewer = await access.viewerOf(ctx);
    const view = viewFor(ctx, viewer, ports);
    if (viewer === null) show(ctx, noAccessPage(view), 403);
    else await handle(ctx, { ...view, viewer });
  };
}

/** The same for what changes something: the form must come from a page of ours. */
export function guardedForm(site: Site, handle: Guarded): (ctx: Context) => Promise<void> {
  return guarded(site, async (ctx, view) => {
    if (site.access.isTheirs(ctx, view.viewer, field(ctx, 'csrf'))) return handle(ctx, view);
    site.ports.log.warn(`a form without a valid token was refused: ${ctx.path}`);
    show(ctx, staleFormPage(view), 403);
  });
}
