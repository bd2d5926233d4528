import { readFileSync } from 'node:fs';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Schema = Readonly<Record<string, Json>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses?: Readonly<Record<string, Content | { readonly $ref: string }>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function read(packageName: string): Description {
  const file = new URL('./generated/api.github.com.json', import.meta.resolve(packageName));
  return JSON.parse(readFileSync(file, 'utf8')) as Description;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** GitHub's OpenAPI description of its REST API: many megabytes, so it is read when first asked for. */
export const restDescription = once(() => read('@octokit/openapi'));
/** GitHub's description of its webhooks. */
export const webhookDescription = once(() => read('@octokit/openapi-webhooks'));

/** What a reference such as `#/components/parameters/owner` stands for; anything else stands for itself. */
export function resolve<Value extends object>(
  description: Description,
  value: Value | { readonly $ref: string },
): Value {
  if (!('$ref' in value)) return value;
  const [, , kind = '', name = ''] = value.$ref.split('/');
  const found = description.components[kind]?.[name];
  if (!found) throw new Error(`the description has no ${value.$ref}`);
  return found as Value;
}

/** The schema of what a request or answer holds as JSON. */
export function jsonSchema({ content = {} }: Content): Schema | null {
  const type = Object.keys(content).find((name) => /^application\/(json|scim\+json)$/.test(name));
  return type === undefined ? null : (content[type]?.schema ?? null);
}

export type { Description };
