import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createProof, violationLine } from './proof.ts';

const query = new URLSearchParams();
const issue = { owner: 'acme', repo: 'shop', issue_number: '1' };
const comments = '/repos/{owner}/{repo}/issues/{issue_number}/comments';

function found(act: (proof: ReturnType<typeof createProof>) => void): readonly string[] {
  const proof = createProof();
  act(proof);
  return proof.take().map(violationLine);
}

suite('a request', () => {
  const ask = (route: string, more: object) =>
    found((proof) => proof.request(route, { params: issue, query, body: undefined, ...more }));

  test('as GitHub describes it is no violation', () => {
    assert.deepEqual(ask(`POST ${comments}`, { body: { body: 'x' } }), []);
    assert.deepEqual(
      ask(`GET ${comments}`, { query: new URLSearchParams('per_page=100&since=2026-01-05T09:00:00Z') }),
      [],
    );
  });
  test('fields, parameters and routes that GitHub does not know are', () => {
    assert.deepEqual(ask(`POST ${comments}`, { body: { body: 'x', quiet: true } }), [
      `the bot is wrong: request POST ${comments}: body/quiet: unknown field`,
    ]);
    const nested = { name: 'x', head_sha: 'y', output: { title: 'x', summary: 'y', footer: 'z' } };
    const at = { owner: 'acme', repo: 'shop' };
    assert.match(
      ask('POST /repos/{owner}/{repo}/check-runs', { params: at, body: nested }).join(),
      /body\/output\/footer: unknown field/,
    );
    assert.match(
      ask(`GET ${comments}`, { query: new URLSearchParams('perpage=1') }).join(),
      /query\/perpage: unknown field \(known: since, per_page, page\)/,
    );
    assert.match(ask('GET /repos/{owner}/{repo}/moods', {}).join(), /GitHub has no such route/);
  });
  test('what has the wrong type, is missing or is sent where nothing is read is', () => {
    assert.match(ask(`POST ${comments}`, { body: { body: 1 } }).join(), /body\/body: must be string/);
    assert.match(ask(`POST ${comments}`, { body: {} }).join(), /must have required property 'body'/);
    assert.match(ask(`POST ${comments}`, {}).join(), /body\/: missing/);
    assert.match(
      ask(`GET ${comments}`, { params: { ...issue, issue_number: 'one' } }).join(),
      /path\/issue_number: must be integer/,
    );
    assert.match(
      ask(`GET ${comments}`, { query: new URLSearchParams('page=two') }).join(),
      /query\/page: must be integer/,
    );
    assert.match(
      ask(`DELETE ${comments.replace('comments', 'lock')}`, { body: { why: 'x' } }).join(),
      /GitHub reads no body here/,
    );
  });
});

suite('an answer', () => {
  const answer = (route: string, status: number, body?: unknown) => found((proof) => proof.answer(route, status, body));
  const pale = {
    id: 1,
    node_id: 'x',
    url: 'https://x.test',
    name: 'bug',
    description: null,
    default: false,
  };
  const label = { ...pale, color: 'ededed' };
  const labels = 'GET /repos/{owner}/{repo}/labels';

  test('as GitHub describes it is no violation', () => {
    assert.deepEqual(answer(labels, 200, [label]), []);
    assert.deepEqual(answer('PUT /repos/{owner}/{repo}/issues/{issue_number}/lock', 204), []);
    assert.deepEqual(answer(labels, 401, { message: 'Bad credentials', status: '401' }), []);
  });
  test('with fields missing, unknown or of the wrong type is', () => {
    assert.deepEqual(answer(labels, 200, [label, pale]), [
      `the fake GitHub is wrong: answer 200 ${labels}: /1: must have required property 'color'`,
    ]);
    assert.match(answer(labels, 200, [{ ...label, colour: 'red' }]).join(), /\/0\/colour: unknown field/);
    assert.match(answer(labels, 200, [{ ...label, description: 1 }]).join(), /\/0\/description: must be string,null/);
    assert.match(answer(labels, 200, [{ ...label, url: 'nowhere' }]).join(), /\/0\/url: must match format "uri"/);
    assert.match(answer(labels, 404, { mesage: 'Not Found' }).join(), /\/mesage: unknown field/);
  });
  test('with a status or a body that GitHub does not give is', () => {
    assert.match(answer(labels, 202, []).join(), /the status 202 is not described/);
    assert.match(
      answer('PUT /repos/{owner}/{repo}/issues/{issue_number}/lock', 204, {}).join(),
      /this answer has no body/,
    );
  });
});

suite('a webhook', () => {
  const send = (event: string, action: string | null, payload: unknown) =>
    found((proof) => proof.webhook(event, action, payload));

  test('that GitHub does not send is a violation', () => {
    assert.deepEqual(send('issues', 'sneezed', {}), [
      'the fake GitHub is wrong: webhook issues.sneezed: /: GitHub sends no such event',
    ]);
  });
  test('without what GitHub sends is a violation', () => {
    assert.match(send('issues', 'opened', { action: 'opened' }).join(), /must have required property 'issue'/);
    assert.match(send('push', null, { ref: 'refs/heads/main', mood: 'good' }).join(), /\/mood: unknown field/);
  });
});

test('each violation is told once, and taken once', () => {
  const proof = createProof();
  for (let count = 0; count < 2; count++) proof.webhook('issues', 'sneezed', {});
  assert.equal(proof.take().length, 1);
  assert.deepEqual(proof.take(), []);
});
