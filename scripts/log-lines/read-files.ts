import { createReadStream } from 'node:fs';
import { open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { isLogFile } from '../../config/log-files.ts';
import { readLine, type LogLine } from '../../config/log-line.ts';

/** The files one process wrote: those put away, oldest first, and the one it writes now. */
export interface Written {
  readonly process: string;
  readonly old: readonly string[];
  readonly now: string;
  /** So many bytes of that one are to be read. */
  readonly until?: number;
}

/** When a file was begun, for sorting: by its day, then the larger number first, the one without a day last. */
function ageOf(name: string): string {
  const [, day = '9999', number = '0'] = /\.(\d{4}-\d\d-\d\d)(?:\.(\d+))?\.log/.exec(name) ?? [];
  return `${day} ${String(1e6 - Number(number)).padStart(7, '0')}`;
}

/** The log files of a folder by process. Rejects where the folder cannot be read. */
export async function writtenIn(folder: string): Promise<readonly Written[]> {
  const names = (await readdir(folder)).filter(isLogFile).sort((a, b) => (ageOf(a) < ageOf(b) ? -1 : 1));
  const byProcess = Map.groupBy(names, (name) => name.split('.')[0] ?? name);
  return [...byProcess].sort().map(([process, files]) => {
    const now = `${process}.log`;
    return {
      process,
      old: files.filter((name) => name !== now).map((name) => join(folder, name)),
      now: join(folder, now),
    };
  });
}

/** Ends of lines as the log writes them, and no others. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield rest.toString('utf8', 0, end);
      rest = rest.subarray(end + 1);
    }
  }
  if (rest.length > 0) yield rest.toString('utf8');
}

async function* nothing(): AsyncGenerator<Buffer> {}

function chunksOf(file: string, until = Infinity): AsyncIterable<Buffer> {
  if (until === 0) return nothing();
  const stream = createReadStream(file, { end: until - 1 });
  if (!file.endsWith('.gz')) return stream;
  const unzipped = createGunzip();
  stream.on('error', (error) => unzipped.destroy(error));
  return stream.pipe(unzipped);
}

async function* eventsOf(files: readonly AsyncIterable<Buffer>[], skipped: () => void): Events {
  for (const file of files) {
    try {
      for await (const text of linesOf(file)) {
        const line = readLine(text);
        if (line) yield line;
        else if (text !== '') skipped();
      }
    } catch (error) {
      // Put away or deleted between the list and the reading.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}

type Events = AsyncGenerator<LogLine, undefined>;

async function begin(events: Events): Promise<{ readonly events: Events; head: LogLine | undefined }> {
  return { events, head: (await events.next()).value };
}

/** Every event of all files in order of time; `skipped` is told of each line that is none of ours. */
export async function* inOrder(all: readonly Written[], skipped: () => void): AsyncGenerator<LogLine> {
  const begun = all.map(({ old, now, until }) => {
    return begin(eventsOf([...old.map((file) => chunksOf(file)), chunksOf(now, until)], skipped));
  });
  const heads = await Promise.all(begun);
  for (;;) {
    // Of equal times the first process's: a delivery is received before it is worked on.
    const next = heads.reduce((least, one) => {
      return one.head && (!least.head || one.head.time < least.head.time) ? one : least;
    });
    if (!next.head) return;
    yield next.head;
    next.head = (await next.events.next()).value;
  }
}

/** Reads on in a file that grows, is put away and begun anew. */
export class Tail {
  readonly #path: string;
  #handle: FileHandle | null = null;
  #at = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Goes to the end of what there is and says where that is. */
  async skip(): Promise<number> {
    this.#handle = await this.#open();
    return (this.#at = (await this.#handle?.stat())?.size ?? 0);
  }

  /** What was written since the last time. */
  async more(): Promise<readonly LogLine[]> {
    const before = await this.#drain();
    const fresh = await this.#open();
    const [is, was] = [await fresh?.stat(), await this.#handle?.stat()];
    if (!fresh || is?.ino === was?.ino) {
      await fresh?.close();
      return before;
    }
    const last = await this.#drain();
    await this.#handle?.close();
    this.#handle = fresh;
    this.#at = 0;
    return [...before, ...last, ...(await this.#drain())];
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
  }

  #open(): Promise<FileHandle | null> {
    return open(this.#path, 'r').catch(() => null);
  }

  async #drain(): Promise<readonly LogLine[]> {
    if (!this.#handle) return [];
    const { size } = await this.#handle.stat();
    if (size <= this.#at) return [];
    const { buffer, bytesRead } = await this.#handle.read(Buffer.alloc(size - this.#at), 0, size - this.#at, this.#at);
    // Only whole lines: the end of what is read may be the middle of a letter.
    const end = buffer.subarray(0, bytesRead).lastIndexOf(10) + 1;
    this.#at += end;
    const texts = buffer.toString('utf8', 0, end).split('\n');
    return texts.flatMap((text) => readLine(text) ?? []);
  }
}
