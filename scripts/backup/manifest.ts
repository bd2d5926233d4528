import { z } from 'zod';

export const manifestName = 'manifest.json';
export const sumsName = 'SHA256SUMS';

/** Names of the parts in a backup file. */
export const parts = { database: 'github-bot.sqlite', env: 'env', key: 'key.pem', rules: 'rules.yml' } as const;
export type Part = keyof typeof parts;

export const manifestShape = z.object({
  what: z.literal('backup of github-bot'),
  format: z.literal(1),
  /** ISO 8601, UTC. */
  made: z.string(),
  /** `deploy`: made before a deployment, and pruned by later ones. */
  kind: z.enum(['hand', 'deploy']),
  /** The code that was running; null where git did not know. */
  commit: z.string().nullable(),
  /** Versions: of the bot, of its database (the number of its last migration), of Node.js. */
  bot: z.string(),
  database: z.number().nullable(),
  node: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
});

/** What a backup says of itself. */
export type Manifest = z.output<typeof manifestShape>;
