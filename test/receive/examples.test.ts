import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import examples from '@octokit/webhooks-examples' with { type: 'json' };
import type { Clock } from '../../app/clock.ts';
import { systemClock } from '../../app/clock.ts';
import { openSqlite } from '../../app/store/open-sqlite.ts';
import { start } from '../../app/main.ts';

/** Real input: every example payload GitHub publishes goes through the door of the real bot and comes to an end. */

type Json = Record<string, any>;
const all = (examples as unknown as { name: string; examples: Json[] }[]).flatMap(({ name, examples }) =>
  examples.map((payload) => ({ name, payload })),
);

const secret = 'a-secret-of-more-than-32-characters-x';

/** The bot's short pauses between its own calls pass at once. */
function hurried(): Clock {
  let ahead = 0;
  return {
    ...systemClock,
    now: () => systemClock.now() + ahead,
    sleep: (ms, signal) => {
      if (ms > 5000) return systemClock.sleep(ms, signal);
      ahead += ms;
      return systemClock.sleep(0, signal);
    },
  };
}

interface Known {
  readonly repos: Map<string, number>;
  readonly pulls: Set<string>;
  readonly comments: Map<string, Json[]>;
}

/** A GitHub on which every repository and thread of the examples is there, without rules of its own. */
function answer(query: Json, { repos, pulls, comments }: Known): Json {
  const { owner, name, number } = query['variables'] as Json;
  const isPull = pulls.has(`${owner}/${name}#${number}`);
  const none = { nodes: [], totalCount: 0, pageInfo: { hasPreviousPage: false, startCursor: null } };
  const thread = {
    ...{ number, title: 'A thread', body: '', author: null, locked: false, createdAt: '2026-01-05T09:00:00Z' },
    ...{ id: `T_${number}`, lastEditedAt: null, reactionGroups: null },
    ...{
      labels: none,
      comments: { ...none, nodes: comments.get(`${owner}/${name}#${number}`) ?? [] },
      timelineItems: none,
      assignees: none,
      url: 'https://github.com/a/b/issues/1',
    },
  };
  const pull = {
    ...{
      __typename: 'PullRequest',
      pullState: 'OPEN',
      headRefOid: 'a'.repeat(40),
      headRefName: 'topic',
      baseRefName: 'main',
    },
    ...{ isDraft: false, isCrossRepository: false, reviewRequests: none, latestReviews: none },
    commits: { nodes: [{ commit: { oid: 'a'.repeat(40), checkSuites: { nodes: [] } } }] },
    ...{ headCommit: { nodes: [] }, editedFiles: null },
  };
  const issue = { __typename: 'Issue', issueState: 'OPEN', stateReason: null };
  const repository = {
    url: `https://github.com/${owner}/${name}`,
    nameWithOwner: `${owner}/${name}`,
    ...{ databaseId: repos.get(`${owner}/${name}`), description: null, isInOrganization: false, isPrivate: false },
    ...{ mergeCommitAllowed: true, squashMergeAllowed: true, rebaseMergeAllowed: true },
    ...{ defaultBranchRef: null, labels: none, formFolder: null },
    issueOrPullRequest: { ...thread, ...(isPull ? pull : issue) },
  };
  return { data: { viewer: { login: 'github-bot[bot]', databaseId: 9 }, repository } };
}

/** Puts the repository and the pull request a payload speaks of onto that GitHub. */
function know({ repository, pull_request, issue, ...payload }: Json, { repos, pulls }: Known): void {
  for (const { full_name, id } of payload['repositories'] ?? payload['repositories_added'] ?? [])
    repos.set(full_name, id);
  if (!repository?.owner) return;
  const name = `${repository.owner.login}/${repository.name}`;
  repos.set(name, repository.id);
  const number = pull_request?.number ?? (issue?.pull_request && issue.number);
  if (number) pulls.add(`${name}#${number}`);
}

test('all 329 example payloads, signed, end considered or unhandled with a reason', { timeout: 120_000 }, async () => {
  const known: Known = { repos: new Map(), pulls: new Set(), comments: new Map() };
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const send = (status: number, json: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(json));
    if (request.url === '/graphql') return send(200, answer(JSON.parse(body), known));
    if (request.url?.endsWith('/installation')) return send(200, { id: 5 });
    if (request.url?.startsWith('/installation/repositories')) return send(200, { total_count: 0, repositories: [] });
    if (request.url?.endsWith('/access_tokens')) {
      return send(201, { token: 'ghs_example', expires_at: new Date(Date.now() + 3_600_000).toISOString() });
    }
    const on = /^\/repos\/(.+)\/issues\/(\d+)\/comments$/.exec(request.url ?? '');
    if (on && request.method === 'POST') {
      const written = {
        id: 'IC_1',
        fullDatabaseId: '1',
        body: JSON.parse(body).body,
        viewerDidAuthor: true,
        author: null,
      };
      known.comments.set(`${on[1]}#${on[2]}`, [
        { ...written, isMinimized: false, lastEditedAt: null, reactionGroups: null, createdAt: '2026-01-05T09:00:00Z' },
      ]);
    }
    return send(request.method === 'GET' ? 404 : 201, {});
  };
  const github = createServer((request, response) => void respond(request, response));
  await new Promise<void>((resolve) => github.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'github-bot-examples-'));
  const rulesFile = join(folder, 'rules.yml');
  writeFileSync(rulesFile, 'pr-title: {}\nissue-template: {headings: [Version], forms: false, exempt: []}\n');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const problems: string[] = [];
  const quiet = () => {};
  const log = { debug: quiet, info: quiet, warn: quiet, error: (text: string) => void problems.push(text) };
  const bot = await start(
    {
      ...{ role: 'both', production: false, host: '127.0.0.1', port: 0, publicUrl: '', appId: '42', token: '' },
      privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }) as string,
      apiUrl: `http://127.0.0.1:${(github.address() as AddressInfo).port}`,
      ...{ webhookSecrets: [secret], dataDir: join(folder, 'data'), rulesFile },
      ...{ operators: [], trustProxy: false, logType: 'console', logLevel: 'off', logFormat: 'text' },
    },
    { clock: hurried(), log },
  );
  try {
    for (const [i, { name, payload }] of all.entries()) {
      know(payload, known);
      const body = JSON.stringify(payload);
      const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      const headers = {
        'content-type': 'application/json',
        'x-github-event': name,
        'x-github-delivery': `example-${i}`,
      };
      const sent = await fetch(`${bot.url}/webhook`, {
        ...{ method: 'POST', body, headers: { ...headers, 'x-hub-signature-256': signature } },
      });
      assert.equal(sent.status, 202, `${name} ${i}`);
      // Each is finished before the next comes, since the examples use one name for several repositories.
      for (let left = 1; left > 0; await pass(1)) {
        const { running, ready } = await bot.pending();
        left = running + ready;
      }
    }
  } finally {
    await bot.stop();
    github.closeAllConnections();
    github.close();
  }
  const db = openSqlite(join(folder, 'data'));
  const rows = db.prepare('SELECT guid, event, state, reason FROM deliveries').all() as Json[];
  db.close();
  rmSync(folder, { recursive: true });
  const ends = Map.groupBy(rows, ({ state }) => state as string);
  const unfinished = rows.filter(({ state }) => state !== 'done' && state !== 'unhandled');
  assert.deepEqual(unfinished, []);
  assert.deepEqual(problems, []);
  assert.ok((ends.get('unhandled') ?? []).every(({ reason }) => reason));
  assert.ok((ends.get('done') ?? []).length > 50);
});
