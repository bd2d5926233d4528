import type Router from '@koa/router';
import type { Context } from 'koa';
import type { DeliveryFilter, DeliveryOutcome } from '../store/store.ts';
import { deliveriesPage, deliveryOutcomes } from '../web/pages/deliveries.ts';
import type { Entry } from '../web/pages/deliveries.ts';
import { deliveryPage, replayPage } from '../web/pages/delivery.ts';
import { nothingHerePage, staleFormPage } from '../web/pages/refusal.ts';
import { to } from '../web/view.ts';
import type { View, Viewer } from '../web/view.ts';
import { asked, field, guarded, guardedForm, readForm, show } from './site.ts';
import type { Site } from './site.ts';

const pageSize = 25;
const formLimit = '4kb';

function filterIn(ctx: Context): DeliveryFilter {
  const outcome = deliveryOutcomes.find((name): name is DeliveryOutcome => name === asked(ctx, 'outcome'));
  const event = asked(ctx, 'event')?.trim().toLowerCase();
  const repo = asked(ctx, 'repo')?.trim();
  return { ...(outcome && { outcome }), ...(event && { event }), ...(repo && { repo }) };
}

async function list(ctx: Context, view: View, { ports: { store } }: Site): Promise<void> {
  const filter = filterIn(ctx);
  const before = asked(ctx, 'before');
  const found = await store.deliveries({ limit: pageSize + 1, ...filter, ...(before === undefined ? {} : { before }) });
  const rows = found.slice(0, pageSize);
  const entries = await Promise.all(
    rows.map(async (row): Promise<Entry> => ({ row, trail: await store.trail(row.id) })),
  );
  const older = found.length > pageSize ? (rows.at(-1)?.id ?? null) : null;
  show(ctx, deliveriesPage(entries, filter, older, view));
}

async function entryIn(ctx: Context, { ports: { store } }: Site): Promise<{ entry: Entry; body: Buffer } | null> {
  const found = await store.delivery((ctx['params'] as { id: string }).id);
  if (!found) return null;
  const { body, ...row } = found;
  return { entry: { row, trail: await store.trail(row.id) }, body };
}

type Found = Exclude<Awaited<ReturnType<typeof entryIn>>, null>;
type Handle = (ctx: Context, view: View & { readonly viewer: Viewer }, found: Found) => void | Promise<void>;

const withEntry = (site: Site, handle: Handle) => async (ctx: Context, view: View & { readonly viewer: Viewer }) => {
  const found = await entryIn(ctx, site);
  if (found) await handle(ctx, view, found);
  else show(ctx, nothingHerePage(view), 404);
};

/** Puts a delivery back into its lanes; whoever sends the form has seen on a page of its own which one it is. */
const replay = (site: Site) =>
  withEntry(site, async (ctx, view, { entry }) => {
    const { store, log } = site.ports;
    const { id, guid, event } = entry.row;
    if (field(ctx, 'confirm') !== id) return show(ctx, staleFormPage(view), 400);
    const isQueued = await store.replay(id, view.viewer.login);
    if (!isQueued) return show(ctx, replayPage(entry, true, view), 409);
    log.info(`${view.viewer.login ?? 'somebody on this machine'} had ${event} ${guid} done again`, { delivery: id });
    ctx.status = 303;
    ctx.redirect(to(view, ['deliveries', id]));
  });

/** The inbox of deliveries, each of them, and having one done again. */
export function deliveryRoutes(router: Router, site: Site): void {
  router.get(
    '/deliveries',
    guarded(site, (ctx, view) => list(ctx, view, site)),
  );
  router.get(
    '/deliveries/:id',
    guarded(
      site,
      withEntry(site, (ctx, view, { entry, body }) => show(ctx, deliveryPage(entry, body, view))),
    ),
  );
  router.get(
    '/deliveries/:id/replay',
    guarded(
      site,
      withEntry(site, (ctx, view, { entry }) => show(ctx, replayPage(entry, false, view))),
    ),
  );
  router.post('/deliveries/:id/replay', readForm(formLimit), guardedForm(site, replay(site)));
}
