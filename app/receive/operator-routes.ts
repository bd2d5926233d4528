import type Router from '@koa/router';
import type { Context } from 'koa';
import { confirmPage, deadLinkPage } from '../web/pages/operator.ts';
import { noAccessPage, staleFormPage } from '../web/pages/refusal.ts';
import { to } from '../web/view.ts';
import type { View } from '../web/view.ts';
import { hashOf, isAmong, isSameSite, newToken, sessionIn, setSession } from './access.ts';
import { asked, field, guardedForm, readForm, show, viewFor } from './site.ts';
import type { Site } from './site.ts';

const formLimit = '4kb';
/** How long a browser stays signed in. */
const sessionHours = 12;

async function viewOf(ctx: Context, { ports, access }: Site): Promise<View> {
  return viewFor(ctx, await access.viewerOf(ctx), ports);
}

/** Whose link that is, while they may look. */
async function ownerOf(token: string, { ports: { store, operators } }: Site): Promise<string | null> {
  const login = token === '' ? null : await store.linkOwner(hashOf(token));
  return login !== null && isAmong(login, operators) ? login : null;
}

function goHome(ctx: Context, view: View): void {
  ctx.status = 303;
  ctx.redirect(to(view, ['']));
}

async function signIn(ctx: Context, site: Site): Promise<void> {
  const { ports } = site;
  const { store, clock, log } = ports;
  const view = await viewOf(ctx, site);
  if (!isSameSite(ctx.req)) return show(ctx, staleFormPage(view), 403);
  const token = field(ctx, 'token');
  const session = newToken();
  const until = clock.now() + sessionHours * 3_600_000;
  const mayLook = (await ownerOf(token, site)) !== null;
  const login = mayLook ? await store.startSession(hashOf(token), hashOf(session), until) : null;
  if (login === null) {
    log.warn('somebody tried to sign in with a link that does not work');
    return show(ctx, deadLinkPage(view), 403);
  }
  log.info(`${login} signed in with a link`);
  setSession(ctx, ports, session, sessionHours * 3_600);
  goHome(ctx, view);
}

/** One-time links of operators: opened, confirmed, used up; and leaving again. */
export function operatorRoutes(router: Router, site: Site): void {
  const { ports } = site;
  router.get('/operator', async (ctx) => {
    const view = await viewOf(ctx, site);
    const token = asked(ctx, 'token');
    if (token === undefined) return show(ctx, noAccessPage(view), 403);
    const login = await ownerOf(token, site);
    if (login === null) show(ctx, deadLinkPage(view), 403);
    else show(ctx, confirmPage(login, token, view));
  });
  router.post('/operator', readForm(formLimit), (ctx) => signIn(ctx, site));
  router.post(
    '/operator/sign-out',
    readForm(formLimit),
    guardedForm(site, async (ctx, view) => {
      await ports.store.endSession(hashOf(sessionIn(ctx, ports)));
      setSession(ctx, ports, '', 0);
      ports.log.info(`${view.viewer.login ?? 'somebody on this machine'} signed out`);
      goHome(ctx, { ...view, viewer: null });
    }),
  );
}
