import type { StartBot } from './life.ts';

/** A bot that does nothing, so that what people do is seen alone. */
export const idleBot: StartBot = async () => ({
  url: 'http://127.0.0.1:9',
  pending: async () => ({ running: 0, ready: 0 }),
  stop: async () => undefined,
  kill: () => undefined,
});
