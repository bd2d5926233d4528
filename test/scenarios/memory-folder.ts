import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const memory = '/dev/shm';

/** Where files may be that nobody needs after a test: in memory where the system has it, since a sync costs nothing there. */
export const memoryFolder = (): string => (existsSync(memory) ? memory : tmpdir());
