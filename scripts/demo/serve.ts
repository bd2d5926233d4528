import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadFacts, loadModules, type Modules } from '../../app/engine/load.ts';
import { unitOf } from '../../app/engine/units.ts';
import type { FactName } from '../../app/facts/fact.ts';
import type { FactSources } from '../../app/web/facts.ts';
import { isOurs, leadOn } from './door.ts';
import { createSite } from './site.ts';
import { readStories } from './stories.ts';
import { Worlds } from './worlds.ts';

/** A running demo. */
export interface Demo {
  /** Where its pages are, `http://127.0.0.1:8000`; the bot's own pages are behind them. */
  readonly bot: string;
  readonly fake: string;
  readonly worlds: Worlds;
  /** Ends both and every world, and gives the ports back. */
  close(): Promise<void>;
}

async function listen(port: number): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function shut(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await (server.listening ? once(server, 'close') : null);
}

async function aboutFacts(modules: Modules): Promise<FactSources> {
  const sources = await loadFacts();
  return {
    needs: (module) => ['thread', ...(unitOf(modules, module)?.needs ?? [])],
    changedBy: (fact) => sources.get(fact as FactName)?.changedBy ?? [],
  };
}

/** Serves the demo on two ports, 0 for any free one, with its first story ready to be played. */
export async function serveDemo(ports: { readonly bot: number; readonly fake: number }): Promise<Demo> {
  const [front, back] = [await listen(ports.bot), await listen(ports.fake)];
  const worlds = new Worlds(readStories(), front.url);
  const doors = { bot: front.url, fake: back.url };
  const modules = await loadModules();
  const site = createSite({ worlds, doors, modules, about: await aboutFacts(modules) });
  const pages = site.callback();
  const fake: RequestListener = (request, answer) => {
    if (isOurs(request)) void leadOn(worlds, 'fake', request, answer);
    else answer.writeHead(403).end();
  };
  front.server.on('request', (request, answer) => void pages(request, answer));
  back.server.on('request', fake);
  const close = async () => {
    await Promise.all([shut(front.server), shut(back.server)]);
    await worlds.close();
  };
  try {
    await worlds.want(worlds.stories[0]?.id ?? '');
  } catch (error) {
    await close();
    throw error;
  }
  return { ...doors, worlds, close };
}
