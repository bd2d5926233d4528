import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

const block = 512;
const piece = 1024 * 1024;
/** What eleven octal digits hold. */
const largest = 8 ** 11 - 1;

/** The file is not a whole tar file as `TarWriter` writes it. */
export class BadTar extends Error {
  override readonly name = 'BadTar';
}

const padding = (size: number) => (block - (size % block)) % block;

function headerOf(name: string, size: number, seconds: number): Buffer {
  if (size > largest) throw new Error(`${name} is larger than 8 GiB, which a tar file cannot hold`);
  const header = Buffer.alloc(block);
  const octal = (value: number, at: number, digits: number) =>
    void header.write(`${value.toString(8).padStart(digits, '0')}\0`, at);
  header.write(name, 0, 100);
  octal(0o600, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(seconds, 136, 11);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  octal(sumOf(header), 148, 6);
  header.write(' ', 155);
  return header;
}

/** The sum of a header's bytes, those of the sum itself taken as spaces. */
function sumOf(header: Buffer): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

/** Writes a plain tar file, which any `tar` can open, readable by this user only. */
export class TarWriter {
  readonly #file: number;
  readonly #seconds: number;

  constructor(path: string, seconds: number) {
    this.#file = openSync(path, 'wx', 0o600);
    this.#seconds = seconds;
  }

  /** Returns the SHA-256 of what was added. */
  addText(name: string, text: string): string {
    const content = Buffer.from(text);
    this.#put(headerOf(name, content.length, this.#seconds));
    this.#put(content);
    this.#put(Buffer.alloc(padding(content.length)));
    return createHash('sha256').update(content).digest('hex');
  }

  /** Returns the SHA-256 and the size of what was added. */
  addFile(name: string, path: string): { readonly sha256: string; readonly bytes: number } {
    const from = openSync(path, 'r');
    try {
      const { size } = fstatSync(from);
      this.#put(headerOf(name, size, this.#seconds));
      const sha256 = eachPiece(from, 0, size, (bytes) => this.#put(bytes));
      this.#put(Buffer.alloc(padding(size)));
      return { sha256, bytes: size };
    } finally {
      closeSync(from);
    }
  }

  /** The file is on the disk when this returns. */
  end(): void {
    this.#put(Buffer.alloc(2 * block));
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #put(bytes: Buffer): void {
    for (let done = 0; done < bytes.length;) done += writeSync(this.#file, bytes, done);
  }
}

/** Hands on a part of a file in pieces; returns its SHA-256. */
function eachPiece(file: number, from: number, size: number, take: (bytes: Buffer) => void): string {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(Math.min(piece, Math.max(1, size)));
  for (let done = 0; done < size;) {
    const read = readSync(file, buffer, 0, Math.min(buffer.length, size - done), from + done);
    if (read === 0) throw new BadTar('it ends too early');
    const bytes = buffer.subarray(0, read);
    hash.update(bytes);
    take(bytes);
    done += read;
  }
  return hash.digest('hex');
}

interface Entry {
  readonly at: number;
  readonly size: number;
}

/** Reads what `TarWriter` wrote. */
export class TarReader {
  readonly #file: number;
  readonly #entries = new Map<string, Entry>();

  /** Throws `BadTar`. */
  constructor(path: string) {
    this.#file = openSync(path, 'r');
    try {
      this.#list(fstatSync(this.#file).size);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  text(name: string): string | null {
    const parts: Buffer[] = [];
    const found = this.#read(name, (bytes) => parts.push(Buffer.from(bytes)));
    return found === null ? null : Buffer.concat(parts).toString('utf8');
  }

  /** The SHA-256 of an entry; null when there is none. */
  sha256(name: string): string | null {
    return this.#read(name, () => {});
  }

  /** Writes an entry to a new file that only this user can read. */
  extract(name: string, path: string): void {
    const to = openSync(path, 'wx', 0o600);
    try {
      const found = this.#read(name, (bytes) => {
        for (let done = 0; done < bytes.length;) done += writeSync(to, bytes, done);
      });
      if (found === null) throw new BadTar(`there is no ${name} in it`);
      fsyncSync(to);
    } finally {
      closeSync(to);
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #read(name: string, take: (bytes: Buffer) => void): string | null {
    const entry = this.#entries.get(name);
    return entry ? eachPiece(this.#file, entry.at, entry.size, take) : null;
  }

  #list(end: number): void {
    const header = Buffer.alloc(block);
    for (let at = 0; ;) {
      if (readSync(this.#file, header, 0, block, at) < block) throw new BadTar('it ends too early');
      if (header.every((byte) => byte === 0)) return;
      const text = (from: number, length: number) =>
        header.toString('latin1', from, from + length).replace(/[\0 ].*$/s, '');
      if (Number.parseInt(text(148, 8), 8) !== sumOf(header)) throw new BadTar('one of its headers is damaged');
      const size = Number.parseInt(text(124, 12), 8);
      if (!(at + block + size <= end)) throw new BadTar('it ends too early');
      this.#entries.set(text(0, 100), { at: at + block, size });
      at += block + size + padding(size);
    }
  }
}
