import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where `LOG_TYPE=file` writes. */
export const logsFolder = fileURLToPath(new URL('../logs/', import.meta.url));

/** Files of each process that are kept besides the one being written. */
export const keptFiles = 14;
/** A file that reaches this size is put away although the day is not over, so that no flood fills the disk. */
export const fileSize = 20 * 1024 * 1024;

/** The file a process writes; the two that pm2 runs each have their own. */
export function logFile(role: 'server' | 'worker' | 'both', folder = logsFolder): string {
  return join(folder, role === 'worker' ? 'github-bot-worker.log' : 'github-bot.log');
}

/** Whether a file of this name holds lines of ours: today's, one put away (`….2026-11-20.1.log`), compressed or not, or pm2's own. */
export const isLogFile = (name: string): boolean => /^github-bot[\w.-]*\.log(\.gz)?$/.test(name);
