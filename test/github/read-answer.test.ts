import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costOf } from '../../app/github/cost.ts';
import { isFine, limitIn, readGraphql, readRetryAfter, troubleIn, type Answer } from '../../app/github/read-answer.ts';
import { Trouble, type TroubleKind } from '../../app/github/troubles.ts';

const now = Date.parse('2026-01-05T09:00:00Z');
const json = { 'content-type': 'application/json; charset=utf-8' };
const answer = (status: number, data: unknown = {}, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { ...json, ...headers },
  data,
  snag: null,
});
const html = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  data: '<html>',
  snag: null,
});
const says = (message: string, errors?: unknown) => ({ message, ...(errors === undefined ? {} : { errors }) });

type Row = readonly [string, Answer, TroubleKind | null, TroubleKind | null];

const rows: readonly Row[] = [
  ['nothing came back', { status: 0, headers: {}, data: null, snag: 'reset' }, 'later', 'lost'],
  ['200', answer(200), null, null],
  ['201', answer(201), null, null],
  ['204 without a type', { status: 204, headers: {}, data: '', snag: null }, null, null],
  ['200 HTML', html(200), 'later', 'lost'],
  ['200 empty', answer(200, ''), 'later', 'lost'],
  ['200 cut off', answer(200, '{"id": 1'), 'later', 'lost'],
  ['200 JSON with another type', { ...answer(200), headers: { 'content-type': 'text/plain' } }, 'later', 'lost'],
  ['200 bytes', answer(200, new ArrayBuffer(3)), 'later', 'lost'],
  ['301', answer(301), 'later', 'later'],
  ['304 that nobody asked for', answer(304, ''), 'later', 'later'],
  ['400', answer(400), 'broken', 'broken'],
  ['401', answer(401), 'later', 'later'],
  ['403', answer(403, says('Resource not accessible by integration')), 'forbidden', 'forbidden'],
  ['403 of a proxy', html(403), 'later', 'later'],
  ['404', answer(404), 'gone', 'gone'],
  ['404 of a proxy', html(404), 'later', 'later'],
  ['405', answer(405), 'stale', 'stale'],
  ['408', answer(408), 'later', 'lost'],
  ['409', answer(409), 'stale', 'stale'],
  ['410', answer(410), 'gone', 'gone'],
  ['415', answer(415), 'broken', 'broken'],
  ['422 input', answer(422, says('Validation Failed', [{ code: 'invalid', field: 'color' }])), 'broken', 'broken'],
  ['422 bare', answer(422, says('Unprocessable Entity')), 'broken', 'broken'],
  ['422 exists', answer(422, says('Validation Failed', [{ code: 'already_exists' }])), 'stale', 'stale'],
  ['422 mixed', answer(422, says('No', [{ code: 'already_exists' }, { code: 'invalid' }])), 'broken', 'broken'],
  ['422 ref', answer(422, says('Reference already exists')), 'stale', 'stale'],
  ['422 head', answer(422, says('expected head sha didn’t match current head ref.')), 'stale', 'stale'],
  ['451', answer(451), 'gone', 'gone'],
  ['500', answer(500), 'later', 'lost'],
  ['502 HTML', html(502), 'later', 'lost'],
  ['503', answer(503), 'later', 'lost'],
  ['504', answer(504), 'later', 'lost'],
];

for (const [title, given, read, write] of rows) {
  test(`what an answer means: ${title}`, () => {
    assert.equal(troubleIn(given, { write: false }, now)?.kind ?? null, read);
    assert.equal(troubleIn(given, { write: true }, now)?.kind ?? null, write);
    assert.equal(limitIn(given, now), null);
  });
}

test('a 503 may name a time, which is never more than an hour away', () => {
  assert.equal(troubleIn(answer(503, {}, { 'retry-after': '7' }), { write: true }, now)?.until, now + 7000);
  assert.equal(troubleIn(answer(503, {}, { 'retry-after': '99999' }), { write: true }, now)?.until, now + 3_600_000);
});

const retryAfters: readonly (readonly [string | null, number | null])[] = [
  ['0', 0],
  ['1', 1000],
  ['60', 60_000],
  ['3600', 3_600_000],
  ['1.5', 1500],
  [null, null],
  ['', null],
  ['soon', null],
  ['-5', null],
  ['Mon, 05 Jan 2026 09:02:00 GMT', 120_000],
  ['Mon, 05 Jan 2026 08:00:00 GMT', 0],
  ['Someday, 99 Foo 2026', null],
];

test('every form of Retry-After', () => {
  for (const [text, ms] of retryAfters) assert.equal(readRetryAfter(text, now), ms, String(text));
});

const reset = (seconds: number) => ({
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': String(now / 1000 + seconds),
});
const limitRows: readonly (readonly [string, Answer, number | null])[] = [
  ['403 with Retry-After', answer(403, {}, { 'retry-after': '30' }), 30_000],
  ['403 in words', answer(403, says('You have exceeded a secondary rate limit. Please wait')), null],
  ['403 in old words', answer(403, says('You have triggered an abuse detection mechanism')), null],
  ['429 bare', answer(429), null],
  ['429 of a proxy', html(429), null],
  ['403 primary', answer(403, says('API rate limit exceeded'), reset(3000)), 3_000_000],
  ['429 primary', answer(429, {}, reset(5)), 5000],
  ['primary, reset in the past', answer(403, {}, reset(-60)), null],
  ['primary, no reset', answer(403, {}, { 'x-ratelimit-remaining': '0' }), null],
  ['GraphQL', answer(200, { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] }, reset(9)), 9000],
  ['suspended', answer(403, says('This installation has been suspended')), 600_000],
];

for (const [title, given, waitMs] of limitRows) {
  test(`a limit is seen: ${title}`, () => assert.equal(limitIn(given, now)?.waitMs, waitMs));
}

test('a fine status of an error page is not fine', () => {
  assert.equal(isFine(answer(404), [404]), true);
  assert.equal(isFine(html(404), [404]), false);
  assert.equal(isFine(answer(404), [410]), false);
  assert.equal(isFine(answer(404), undefined), false);
});

const error = (type: string | undefined, message = 'no') => ({ data: { a: 1 }, errors: [{ type, message }] });
const graphqlRows: readonly (readonly [unknown, TroubleKind, TroubleKind])[] = [
  [error('NOT_FOUND'), 'gone', 'gone'],
  [error('FORBIDDEN'), 'forbidden', 'forbidden'],
  [error('INSUFFICIENT_SCOPES'), 'forbidden', 'forbidden'],
  [error(undefined, 'Something went wrong while executing your query.'), 'later', 'lost'],
  [error('SERVICE_UNAVAILABLE'), 'later', 'lost'],
  [error('UNPROCESSABLE', 'Pull request Pull request is in clean status'), 'stale', 'stale'],
  [error('UNPROCESSABLE', 'Body is too long'), 'broken', 'broken'],
  [error(undefined, "Field 'x' doesn't exist on type 'Query'"), 'broken', 'broken'],
  [{ data: { a: 1 }, errors: [null] }, 'broken', 'broken'],
  [{ data: null }, 'later', 'lost'],
  [[], 'later', 'lost'],
  [{ errors: [...error('NOT_FOUND').errors, ...error('INTERNAL').errors] }, 'later', 'lost'],
];

test('errors of GraphQL, and partial data with them, are troubles', () => {
  for (const [data, read, write] of graphqlRows) {
    for (const [kind, sent] of [[read, { write: false }] as const, [write, { write: true }] as const]) {
      const kindOf = (thrown: unknown) => thrown instanceof Trouble && thrown.kind === kind;
      assert.throws(() => readGraphql(answer(200, data), sent), kindOf, JSON.stringify(data));
    }
  }
  assert.deepEqual(readGraphql(answer(200, { data: { a: 1 } }), { write: false }), { a: 1 });
});

test('the rank and cost of writes', () => {
  const rest = (route: string) => costOf({ via: 'rest', route, params: {} });
  const graphql = (document: string) => costOf({ via: 'graphql', document, variables: {} });
  const issues = '/repos/{owner}/{repo}/issues';
  assert.deepEqual(
    [rest(`POST ${issues}/{issue_number}/comments`).creates, rest(`POST ${issues}`).creates],
    [true, true],
  );
  assert.equal(rest(`PATCH ${issues}/comments/{comment_id}`).creates, false);
  assert.equal(rest(`POST ${issues}/{issue_number}/labels`).creates, false);
  assert.equal(
    graphql('mutation M($s: ID!) { x: addComment(input: { subjectId: $s }) { clientMutationId } }').creates,
    true,
  );
  const ranks = [
    rest('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge'),
    rest('POST /repos/{owner}/{repo}/check-runs'),
    rest(`POST ${issues}/{issue_number}/labels`),
    rest(`PATCH ${issues}/{issue_number}`),
    rest(`POST ${issues}/{issue_number}/comments`),
    rest(`POST ${issues}/comments/{comment_id}/reactions`),
  ].map(({ rank }) => rank);
  assert.deepEqual(ranks, [0, 1, 2, 3, 4, 5]);
  assert.equal(graphql('mutation { minimizeComment(input: {}) { clientMutationId } }').rank, 4);
  assert.equal(graphql('mutation { mergePullRequest(input: {}) { clientMutationId } }').rank, 0);
});
