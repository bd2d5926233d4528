import { Compiler, unknownField, type Check } from './compiler.ts';
import { jsonSchema, resolve, restDescription, type Operation, type Parameter } from './description.ts';
import { aliases, anyRouteMay, misprinted, undescribed } from './exceptions.ts';

export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

interface RouteProof {
  request(asked: Asked): readonly string[];
  answer(status: number, body: unknown): readonly string[];
}

const right: Check = () => [];
const isEmpty = (body: unknown): boolean => body === undefined || body === '';

let compilers: { readonly strict: Compiler; readonly texts: Compiler } | null = null;

/** Values in an address are text, and become what the schema says they are. */
const compiler = () =>
  (compilers ??= {
    strict: new Compiler(restDescription()),
    texts: new Compiler(restDescription(), { coerce: true }),
  });

/** What GitHub's description says of a route, written as GitHub's docs write it; `null` when it says nothing. */
export function operationOf(route: string): Operation | null {
  const [method = '', path = ''] = (aliases[route]?.route ?? route).split(' ');
  return restDescription().paths[path]?.[method.toLowerCase()] ?? null;
}

/** One check for all parameters in the path, one for those of the query. */
function parameterCheck(
  operation: Operation,
  place: 'path' | 'query',
): (given: Record<string, unknown>) => readonly string[] {
  const all = (operation.parameters ?? []).map((one) => resolve<Parameter>(restDescription(), one));
  const here = all.filter((one) => one.in === place);
  const names = here.map(({ name }) => name);
  const check = compiler().texts.compile({
    type: 'object',
    properties: Object.fromEntries(here.map(({ name, schema }) => [name, schema])),
    required: here.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  });
  return (given) =>
    check(given).map(
      (fault) => `${place}${fault}${fault.endsWith(unknownField) ? ` (known: ${names.join(', ')})` : ''}`,
    );
}

const several = (query: URLSearchParams): Record<string, unknown> =>
  Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      return [name.replace(/\[\]$/, ''), values.length === 1 && !name.endsWith('[]') ? values[0] : values];
    }),
  );

function bodyCheck({ requestBody }: Operation): Check {
  const schema = requestBody ? jsonSchema(requestBody) : null;
  if (schema === null) return (body) => (isEmpty(body) || isNothing(body) ? [] : ['body/: GitHub reads no body here']);
  const check = compiler().strict.compile(schema);
  return (body) => {
    if (isEmpty(body)) return requestBody?.required === true ? ['body/: missing'] : [];
    return check(body).map((fault) => `body${fault}`);
  };
}

const isNothing = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && Object.keys(body).length === 0;

function answerCheck(route: string, operation: Operation, status: number): Check {
  const better = misprinted[`${status} ${route}`];
  if (better) return compiler().strict.compile(better.schema);
  const described = operation.responses?.[status];
  if (!described) {
    const schema = anyRouteMay[status];
    return schema ? compiler().strict.compile(schema) : () => [`/: the status ${status} is not described`];
  }
  const answer = resolve(restDescription(), described);
  const schema = jsonSchema(answer);
  if (schema !== null) return compiler().strict.compile(schema);
  if (Object.keys(answer.content ?? {}).length > 0) return right;
  return (body) => (isEmpty(body) || status >= 400 ? [] : ['/: this answer has no body']);
}

function prove(route: string, operation: Operation): RouteProof {
  const [path, query] = [parameterCheck(operation, 'path'), parameterCheck(operation, 'query')];
  const body = bodyCheck(operation);
  const answers = new Map<number, Check>();
  return {
    request: (asked) => [...path({ ...asked.params }), ...query(several(asked.query)), ...body(asked.body)],
    answer: (status, given) => {
      const check = answers.get(status) ?? answerCheck(route, operation, status);
      answers.set(status, check);
      return check(given);
    },
  };
}

const known = new Map<string, RouteProof | null>();

function proofOf(route: string): RouteProof | null {
  const found = known.get(route);
  if (found !== undefined || known.has(route)) return found ?? null;
  const operation = operationOf(route);
  const fresh = operation && prove(route, operation);
  known.set(route, fresh);
  return fresh;
}

/** What is wrong with a request, by GitHub's description of the route. */
export function faultsOfRequest(route: string, asked: Asked): readonly string[] {
  if (undescribed[route] !== undefined) return [];
  const extra = aliases[route]?.params ?? {};
  return (
    proofOf(route)?.request({ ...asked, params: { ...extra, ...asked.params } }) ?? ['/: GitHub has no such route']
  );
}

/** What is wrong with an answer; text in place of JSON is what the caller asked for by its `Accept`. */
export function faultsOfAnswer(route: string, status: number, body: unknown): readonly string[] {
  if (undescribed[route] !== undefined || typeof body === 'string') return [];
  return proofOf(route)?.answer(status, body) ?? [];
}
