import dotenv from 'dotenv';
import { join, resolve } from 'node:path';
import { readText } from '../../config/secrets.ts';
import { databaseFile } from '../../app/store/open-sqlite.ts';

/** Where the files are that make up one installation of the bot. All paths are absolute. */
export interface Places {
  readonly root: string;
  readonly env: string;
  /** Null where the settings name no key file. */
  readonly key: string | null;
  readonly rules: string;
  readonly dataDir: string;
  readonly database: string;
  /** Where backups go when no other folder is named. */
  readonly backups: string;
}

/** Reads the settings leniently: a backup must be possible with settings that keep the bot from starting. */
export function placesIn(root: string, env: NodeJS.ProcessEnv, envText?: string): Places {
  const file = join(root, '.env');
  const settings = { ...dotenv.parse(envText ?? readText(file) ?? ''), ...env };
  const dataDir = resolve(root, settings['DATA_DIR']?.trim() || 'data');
  const key = settings['GITHUB_PRIVATE_KEY_PATH'];
  return {
    root,
    env: file,
    key: key ? resolve(root, key) : null,
    rules: join(root, 'config', 'rules.yml'),
    dataDir,
    database: join(dataDir, databaseFile),
    backups: join(dataDir, 'backups'),
  };
}
