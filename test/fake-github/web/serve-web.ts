import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { html, languageFor, pageHeaders } from '../../../app/web/page.ts';
import { fullName, inRepository, repositoryNamed, type Hub } from '../hub.ts';
import { labelStyles, pageBody, wholePage, type Page, type View } from './page.ts';
import { pathOf, repositoryPage } from './repository-page.ts';
import { threadPage } from './thread-page.ts';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly location?: string;
}

const styles = ['../../../app/web/assets/page.css', './web.css'].map((file) => new URL(file, import.meta.url));
const css = (body: string): Answer => ({ status: 200, type: 'text/css; charset=utf-8', body });
const redirect = (location: string): Answer => ({ status: 302, type: 'text/plain', body: '', location });

function page(view: View, made: Page, status = 200): Answer {
  const body = view.deeper > 0 ? pageBody(made) : wholePage(view, made);
  return { status, type: 'text/html; charset=utf-8', body };
}

function missing(view: View): Answer {
  const { t } = view;
  const name = fullName(view.hub);
  const body = html`<div>
    <h1>${t('Nothing here', '这里什么都没有')}</h1>
    <p><a href=${`/web/${name}`}>${t(`To ${name}`, `去 ${name}`)}</a></p>
  </div>`;
  return page(view, { title: '404', body }, 404);
}

/** The repository a path names, else the first. */
function placeOf(path: string, hub: Hub): Hub {
  const named = /^\/web\/([^/]+\/[^/]+)/.exec(path)?.[1];
  const state = named === undefined ? undefined : repositoryNamed(hub, decodeURIComponent(named), true);
  return state ? inRepository(hub, state) : hub;
}

function answerTo(path: string, given: View): Answer {
  const hub = placeOf(path, given.hub);
  const view = { ...given, hub };
  const name = fullName(hub);
  if (path === '/web/assets/page.css') return css(styles.map((file) => readFileSync(file, 'utf8')).join('\n'));
  if (path === '/web/assets/labels.css') return css(labelStyles(hub));
  if (path === '/web' || path === '/web/') return redirect(`/web/${name}`);
  if (path === `/web/${name}`) return page(view, repositoryPage(view));
  const inside = path.startsWith(`/web/${name}/`) ? path.slice(`/web/${name}/`.length) : '';
  const [, kind, number] = /^(pull|issues)\/(\d{1,9})$/.exec(inside) ?? [];
  const thread = hub.state.threads.get(Number(number));
  if (!thread) return missing(view);
  const isHere = (kind === 'pull') === (thread.pull !== null);
  return isHere ? page(view, threadPage(thread, view)) : redirect(pathOf(hub, thread));
}

function answerSafely(path: string, view: View): Answer {
  try {
    return answerTo(path, view);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`fake GitHub: a page broke: ${text}\n`);
    return { status: 500, type: 'text/plain; charset=utf-8', body: 'This page broke.\n' };
  }
}

/** `?part=2` answers the body alone, its headings two levels deeper; `?since=` (milliseconds) marks what came later. */
function viewFor(hub: Hub, { searchParams }: URL, accepted: string): View {
  const language = languageFor(searchParams.get('lang'), accepted);
  const [part, since] = [searchParams.get('part') ?? '', searchParams.get('since') ?? ''];
  return {
    ...{ hub, language, t: (en, zh) => (language === 'zh-CN' ? zh : en) },
    ...{ since: /^\d+$/.test(since) ? Number(since) : Infinity, deeper: /^[1-3]$/.test(part) ? Number(part) : 0 },
  };
}

const local = /^(localhost|127\.0\.0\.1)(:\d+)?$/;

/** Whether a request is for the pages: those below `/web`, and the front door when a browser knocks. */
export function isForWeb({ headers, url = '/' }: IncomingMessage): boolean {
  const isBrowser = headers.accept?.includes('text/html') ?? false;
  return /^\/(?:web(?:[/?]|$)|favicon\.ico)/.test(url) || (isBrowser && /^\/(?:\?|$)/.test(url));
}

/** Answers with a page of what GitHub would show; reads the state and changes nothing. */
export function serveWeb(hub: Hub, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const view = viewFor(hub, url, request.headers['accept-language'] ?? '');
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  // A name that leads here from elsewhere is a page of somebody else who wants to look in.
  if (!isRead || !local.test(request.headers.host ?? '')) return void response.writeHead(isRead ? 403 : 405).end();
  const { status, type, body, location } = answerSafely(url.pathname === '/' ? '/web' : url.pathname, view);
  const headers = { ...pageHeaders, 'content-type': type, ...(location === undefined ? {} : { location }) };
  response.writeHead(status, headers).end(request.method === 'HEAD' ? '' : body);
}
