import { createPrivateKey, createSign } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { webcrypto } from 'node:crypto';
import zlib from 'node:zlib';
import { listening, memoryFetch, request } from './memory-http.ts';
import './memory-sqlite.ts';

/**
 * Imported before the bot: what Node would do in other threads or over the network happens here, in the order of the
 * program, so that nothing but the seed decides what comes first.
 */
type Done<Out> = (error: Error | null, out: Out) => void;
const asLast =
  <In, Options, Out>(work: (input: In, options: Options) => Out) =>
  (input: In, options: Options | Done<Out>, done?: Done<Out>) => {
    const tell = (done ?? options) as Done<Out>;
    const result = work(input, (done ? options : {}) as Options);
    process.nextTick(() => tell(null, result));
  };

const { readdirSync } = fs;
// To press a text takes longer than all else that is done with it; what is stored as it is can be read as well.
const stored = { level: 0, memLevel: 1, windowBits: 9 };
const gzipped = (text: string | Buffer) => zlib.gzipSync(text, stored);
Object.assign(http, { createServer: listening, request });
Object.assign(zlib, { gzip: asLast(gzipped), gunzip: asLast(zlib.gunzipSync) });
Object.assign(fs.promises, {
  readdir: async (...given: Parameters<typeof readdirSync>) => readdirSync(...given),
  access: async (...given: Parameters<typeof fs.accessSync>) => fs.accessSync(...given),
});
syncBuiltinESMExports();

// The key of the fake's App is one per process.
const keys = new Map<string, ReturnType<typeof createPrivateKey>>();
Object.assign(webcrypto.subtle, {
  importKey: async (_format: string, der: ArrayBuffer) => {
    const name = Buffer.from(der).toString('base64');
    const key = keys.get(name) ?? createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
    keys.set(name, key);
    return key;
  },
  sign: async (_name: string, key: ReturnType<typeof createPrivateKey>, text: ArrayBuffer) =>
    new Uint8Array(createSign('RSA-SHA256').update(Buffer.from(text)).sign(key)).buffer,
});

globalThis.fetch = memoryFetch;
