import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
const act = (step: string, keys: Record<string, unknown>) => one.github.act(step, keys);

before(async () => {
  one = await startFixture({
    people: { lin: 'admin', chen: 'write' },
    permissions: { administration: 'read' },
    protection: { main: { checks: [{ name: 'build', app: 'ci' }, 'lint'], strict: true, approvals: 1 } },
    rulesets: [{ branches: ['release/**'], checks: ['docs'], methods: ['squash'], linear: true }],
  });
});
after(() => one.stop());

test('everybody sees names and Apps of required checks, administrators the whole protection', async () => {
  const shown = (await one.call('GET /repos/acme/shop/branches/main')).body.protection.required_status_checks;
  assert.deepEqual(shown.contexts, ['build', 'lint']);
  assert.deepEqual(typeof shown.checks[0].app_id, 'number');
  assert.equal(shown.checks[1].app_id, null);
  const whole = (await one.call('GET /repos/acme/shop/branches/main/protection')).body;
  assert.equal(whole.required_status_checks.strict, true);
  assert.equal(whole.required_pull_request_reviews.required_approving_review_count, 1);
});

test('the rules of a branch are those of the rulesets that name it', async () => {
  assert.deepEqual((await one.call('GET /repos/acme/shop/rules/branches/main')).body, []);
  const { body } = await one.call('GET /repos/acme/shop/rules/branches/release/1.0');
  assert.deepEqual(
    body.map((rule: { type: string }) => rule.type),
    ['pull_request', 'required_status_checks', 'required_linear_history'],
  );
});

test('a check of another App, a base that moved on and a wrong method are refused', async () => {
  await act('open-pull', { by: 'chen', as: 'pr', title: 'one', files: { 'a.ts': '1' } });
  await act('review', { of: 'pr', by: 'lin', state: 'approve' });
  await act('check', { of: 'pr', name: 'lint', conclusion: 'success' });
  await act('check', { of: 'pr', name: 'build', conclusion: 'success', app: 'impostor' });
  const merge = () => one.call('PUT /repos/acme/shop/pulls/1/merge', { merge_method: 'squash' });
  assert.match((await merge()).body.message, /"build" is expected/);
  await act('check', { of: 'pr', name: 'build', conclusion: 'success', app: 'ci' });
  await act('push-base', { by: 'lin', files: { 'b.ts': '1' } });
  assert.equal((await one.call('GET /repos/acme/shop/pulls/1')).body.mergeable_state, 'behind');
  assert.equal((await merge()).status, 405);
});

test('where a check and a status have one name, both must pass', async () => {
  await act('open-pull', { by: 'chen', as: 'both', title: 'two', files: { 'c.ts': '1' } });
  await act('review', { of: 'both', by: 'lin', state: 'approve' });
  await act('check', { of: 'both', name: 'build', conclusion: 'success', app: 'ci' });
  await act('check', { of: 'both', name: 'lint', conclusion: 'failure' });
  await act('status', { of: 'both', name: 'lint', state: 'success' });
  const merge = () => one.call('PUT /repos/acme/shop/pulls/2/merge', { merge_method: 'squash' });
  assert.match((await merge()).body.message, /"lint"/);
  await act('check', { of: 'both', name: 'lint', conclusion: 'success' });
  assert.equal((await merge()).status, 200);
});
