import { faultKinds, needsPast, webhookFaults } from '../fake-github/fault-kinds.ts';
import {
  about,
  anything,
  count,
  duration,
  listOrOne,
  number,
  oneOf,
  record,
  type Shape,
  text,
  textOrCount,
  yesNo,
} from './shapes.ts';
import { parseDuration } from './duration.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const route: Shape = (node, at, read) => {
  const value = text(node, at, read);
  if (typeof value !== 'string' || new RegExp(`^(${methods.join('|')}) /\\S*$`).test(value)) return value;
  return read.wrong(at, `expected a method and a path, such as \`POST /graphql\`, found \`${value}\``);
};

/** A duration from the step on, or a time such as `2026-01-05T10:00:00Z`. */
const moment: Shape = (node, at, read) => {
  const value = text(node, at, read);
  if (typeof value !== 'string' || parseDuration(value) !== null) return value;
  if (/^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(value) && !Number.isNaN(Date.parse(value))) return value;
  return read.wrong(at, `expected a duration such as \`10m\` or a time such as \`2026-01-05T10:00:00Z\``);
};

const chance: Shape = (node, at, read) => {
  const value = number(node, at, read);
  if (value === undefined || (Number(value) > 0 && Number(value) <= 1)) return value;
  return read.wrong(at, `a probability is more than 0 and at most 1, found \`${Number(value)}\``);
};

const fields = (deed: Shape) => ({
  kind: oneOf(...faultKinds),
  ...{ times: count, skip: count, route, method: oneOf(...methods), only: oneOf('reads', 'writes') },
  caller: oneOf('app', 'installation', 'token'),
  ...{ event: text, probability: chance, seed: count, from: moment, until: moment, for: duration },
  ...{ status: count, 'retry-after': textOrCount, seconds: count, count, fresh: yesNo, body: anything },
  token: oneOf('fresh', 'expired'),
  do: ((node, at, read) => read.ahead(() => listOrOne(deed)(node, at, read))) satisfies Shape,
});

const webhooks: readonly string[] = webhookFaults;
const calls: readonly string[] = faultKinds.filter((kind) => !webhooks.includes(kind));

/** Keys that mean something for some kinds only. */
const kindsOf: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(['route', 'method', 'caller', 'only'].map((key) => [key, calls])),
  event: webhooks,
  token: ['unauthorized'],
  body: ['wrong-type'],
  fresh: ['webhook-duplicated'],
  count: ['page-shift', 'list-cap', 'webhook-reordered'],
  do: ['world-moves'],
};

function trouble(keys: Readonly<Record<string, unknown>>): string | null {
  const kind = String(keys['kind']);
  for (const [key, kinds] of Object.entries(kindsOf))
    if (key in keys && !kinds.includes(kind))
      return `of kind \`${kind}\` takes no \`${key}\`; it belongs to ${kinds.map((each) => `\`${each}\``).join(', ')}`;
  if (kind === 'world-moves' && !('do' in keys)) return 'of kind `world-moves` needs `do`';
  if ('for' in keys && 'until' in keys) return 'takes `for` or `until`, not both';
  return 'seed' in keys && !('probability' in keys) ? 'takes `seed` only with `probability`' : null;
}

/** What a `fault` step may say; `deed` is the shape of one step that happens in the world. */
export const faultShape = (deed: Shape): Shape => {
  const keysOf = record('`fault`', fields(deed), 'kind');
  return about(keysOf.fields, (node, at, read) => {
    const before = read.problems.length;
    const keys = keysOf(node, at, read) as Record<string, unknown> | undefined;
    const wrong = keys && read.problems.length === before ? trouble(keys) : null;
    return wrong ? read.wrong(at, `\`fault\` ${wrong}`) : keys;
  });
};

/** Whether a step arms a fault that answers from the past. */
export const looksBack = (name: string, keys: Readonly<Record<string, unknown>>): boolean =>
  name === 'fault' && needsPast(String(keys['kind']));
