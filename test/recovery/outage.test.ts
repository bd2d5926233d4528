import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start } from '../../app/main.ts';
import { startFakeGitHub } from '../fake-github/fake-github.ts';
import { faultOf } from '../scenarios/arm-fault.ts';
import { setStage } from '../scenarios/stage.ts';
import { VirtualClock } from '../scenarios/virtual-clock.ts';
import { installDate } from '../scenarios/virtual-date.ts';

const minute = 60_000;
const threads = 200;
const rules = 'issue-template: {headings: [Version], grace: never}\n';

test('after an outage of an hour the work on 200 threads is done within ten minutes, and GitHub was not pressed', async (t) => {
  const clock = new VirtualClock(7);
  const restoreDate = installDate(() => clock.now());
  t.after(restoreDate);
  const world = { people: { bob: 'read' }, files: { '.github/github-bot.yml': rules } };
  const scenario = { title: 'outage', file: '', line: 0, rules: '', world, steps: [] };
  const cast = { startFake: startFakeGitHub, startBot: start, watchdog: 120_000 };
  const stage = await setStage(scenario, clock, cast);
  t.after(() => stage.strike());
  const { fake, pace } = stage;
  await fake.act('open-issue', { by: 'bob', as: 'first', title: 'It works', body: '## Version\n\n1' });
  await pace.settle();

  fake.fault(faultOf({ kind: 'error-before-apply', status: 503, for: '60m' }, clock.now()));
  const began = fake.journal.length;
  const end = clock.now() + 60 * minute;
  for (let number = 1; number <= threads; number++)
    await fake.act('open-issue', { by: 'bob', as: `i${number}`, title: `It breaks ${number}`, body: 'Help' });
  await pace.settle();
  await pace.wait(end - clock.now());
  const during = fake.journal.slice(began).filter(({ as, at }) => as === 'installation' && at < end);
  const perHalfMinute = Map.groupBy(during, ({ at }) => Math.floor(at / 30_000));
  t.diagnostic(
    `${during.length} requests in the outage, at most ${Math.max(...[...perHalfMinute.values()].map((one) => one.length))} in half a minute`,
  );
  assert.ok(during.length <= 120 + 10, `${during.length} requests in the outage`);

  await pace.wait(10 * minute);
  const late = Array.from({ length: threads }, (_, index) => fake.thread(`i${index + 1}`)).filter(
    ({ labels, comments }) => !labels.includes('invalid') || comments.length !== 1,
  );
  const after = fake.journal.filter(({ at }) => at >= end);
  t.diagnostic(
    `${after.length} requests after it, ${after.filter(({ write }) => write).length} writes, the last ${Math.round(((after.findLast(({ write }) => write)?.at ?? end) - end) / 1000)} s after its end`,
  );
  assert.equal(late.length, 0, `${late.length} threads were not served`);
  assert.equal(after.filter(({ status }) => status === 403 || status === 429).length, 0);
});
