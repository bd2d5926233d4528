import { request } from 'node:http';
import { faultOf } from './arm-fault.ts';
import { parseDuration } from './duration.ts';
import { expectations } from './expect.ts';
import type { Failure, Step } from './scenario.ts';
import type { Stage } from './stage.ts';

type Keys = Readonly<Record<string, unknown>>;

interface HttpKeys {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A raw call: the path goes out exactly as written. Answers the status, 0 when nobody answered. */
function callBot(botUrl: string, { method = 'GET', path = '/', headers = {}, body }: HttpKeys): Promise<number> {
  if (botUrl === '') return Promise.resolve(0);
  const { hostname, port } = new URL(botUrl);
  return new Promise((resolve) => {
    const call = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      response.resume();
      response.on('close', () => resolve(response.statusCode ?? 0));
    });
    call.on('error', () => resolve(0));
    call.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
  });
}

/** Steps that the runner itself takes; everything else happens in the fake's world. */
const own: Readonly<Record<string, (stage: Stage, keys: Keys) => void | Promise<void>>> = {
  redeliver: (stage, keys) => stage.fake.redeliver(keys),
  fault: (stage, keys) => armFault(stage, keys),
  crash: (stage, keys) => (keys['at'] ? stage.crashAtNextWrite(keys['applied'] === true) : stage.crash()),
  down: (stage) => stage.down(),
  up: (stage) => stage.up(),
  http: async (stage, keys) => {
    stage.httpStatus = await callBot(stage.botUrl, keys);
  },
};

function remember(stage: Stage, name: string, keys: Keys): void {
  if ((name === 'comment' || name === 'review') && 'as' in keys)
    stage.threadOf.set(String(keys['as']), String(keys['of']));
}

function armFault(stage: Stage, keys: Keys): void {
  const fault = faultOf(keys, stage.clock.now());
  for (const { step, keys: its } of fault.do ?? []) remember(stage, step, its);
  stage.fake.fault(fault);
}

function act(stage: Stage, { name, keys }: Step): void {
  remember(stage, name, keys);
  const deed = own[name];
  stage.act((async () => (deed ? deed(stage, keys) : stage.fake.act(name, keys)))());
}

/** Takes one step and waits until the bot is idle; answers what an `expect` did not find. */
export async function takeStep(stage: Stage, step: Step): Promise<readonly Failure[]> {
  stage.pace.beforeStep();
  const before = stage.fake.journal.length;
  if (step.name === 'wait') {
    await stage.pace.wait(parseDuration(step.keys['for'] as string) ?? 0);
    return [];
  }
  if (step.name !== 'expect') act(stage, step);
  await stage.pace.settle();
  countCalls(stage, before);
  if (step.name !== 'expect') return [];
  const failures = expectations(stage, step.keys);
  stage.calls = { all: 0, writes: 0 };
  return failures;
}

function countCalls(stage: Stage, from: number): void {
  const ours = stage.fake.journal.slice(from).filter(({ as }) => as === 'installation' || as === 'token');
  stage.calls = {
    all: stage.calls.all + ours.length,
    writes: stage.calls.writes + ours.filter(({ write }) => write).length,
  };
}
