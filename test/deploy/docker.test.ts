import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { secretNames } from '../../config/secrets.ts';
import { faultsIn, instructionsIn, isLetIn, programIn } from './docker-lint.ts';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const [file, ignore] = [read('Dockerfile'), read('.dockerignore')];
const exists = (path: string) => existsSync(join(root, path));
const lint = (text: string) => faultsIn(text, { ignore, exists, secretNames });
const restOf = (name: string) => instructionsIn(file).findLast((one) => one.name === name)?.rest ?? '';

suite('the Dockerfile', () => {
  test('has no fault', () => assert.deepEqual(lint(file), []));

  test('runs the role it is given, on the Node.js this project is made for', () => {
    const main = programIn(restOf('ENTRYPOINT')) ?? [];
    assert.ok(exists(main.at(-1) ?? '?'), main.join(' '));
    assert.match(JSON.parse(read('package.json')).scripts.start, new RegExp(`${main.slice(1).join(' ')} both$`));
    assert.deepEqual(programIn(restOf('CMD')), ['both']);
    const major = JSON.parse(read('package.json')).dependencies.node.split('.')[0];
    assert.match(restOf('FROM'), new RegExp(`^node:${major}\\b`));
  });

  test('keeps data and logs outside the image', () => {
    const folders = ['data', 'logs'].map((name) => `${restOf('WORKDIR')}/${name}`);
    assert.deepEqual(programIn(restOf('VOLUME')), folders);
  });

  test('lets in no setting, key, database or log', () => {
    const out = [
      '.env',
      '.env.old',
      'config/.env',
      'app.pem',
      'config/app.pem',
      'data/github-bot.sqlite',
      'logs/a.log',
    ];
    for (const path of [...out, 'node_modules', '.git', 'test', 'anything']) assert.ok(!isLetIn(path, ignore), path);
    for (const path of ['app/main.ts', 'config/rules.yml', 'package-lock.json']) assert.ok(isLetIn(path, ignore), path);
  });

  for (const [status, code] of [
    [200, 0],
    [503, 1],
  ]) {
    test(`its health check ends with ${code} when the bot answers ${status}`, async () => {
      const asked: (string | undefined)[] = [];
      const server = createServer((request, response) => {
        asked.push(request.url);
        response.writeHead(status ?? 0).end();
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const [, ...args] = programIn(restOf('HEALTHCHECK')) ?? [];
      const env = { PORT: String((server.address() as AddressInfo).port) };
      const child = spawn(process.execPath, args, { env, stdio: 'inherit' });
      assert.deepEqual(await once(child, 'exit'), [code, null]);
      assert.deepEqual(asked, ['/healthz']);
      server.close();
    });
  }
});

suite('the lint can fail', () => {
  const table: Readonly<Record<string, RegExp>> = {
    'USER root': /runs as root/,
    'USER 0:0': /runs as root/,
    'ADD a.tar /': /ADD/,
    'COPY . .': /COPY of/,
    'COPY nowhere .': /COPY of nowhere/,
    'COPY test test': /COPY of test/,
    'ENV GITHUB_TOKEN=x': /bake GITHUB_TOKEN/,
    'ARG GITHUB_WEBHOOK_SECRET': /bake GITHUB_WEBHOOK_SECRET/,
    'RUN curl x | sh': /from the net/,
    'RUN npm install': /not locked/,
    'FROM node': /no version/,
    'FROM node:latest': /no version/,
    'CMD node app/main.ts': /shell/,
    'RUNN x': /no instruction/,
  };
  for (const [line, fault] of Object.entries(table)) {
    test(line, () => assert.match(lint(`${file}\n${line}\n`).join('\n'), fault));
  }
  test('without a user or a health check', () => {
    assert.deepEqual(lint('FROM node:24\n'), ['it runs as root', 'nobody asks /healthz']);
  });
});
