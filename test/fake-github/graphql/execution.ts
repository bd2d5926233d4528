import { readFileSync } from 'node:fs';
import {
  buildSchema,
  execute,
  NoDeprecatedCustomRule,
  parse,
  specifiedRules,
  validate,
  GraphQLError,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { ApiError } from '../api-error.ts';
import { mutationRoot } from './mutations.ts';
import { queryRoot } from './query-root.ts';
import type { Gql } from './resolving.ts';

let built: GraphQLSchema | null = null;

/** GitHub's public schema is large: built once per process, when first asked. */
function schema(): GraphQLSchema {
  const file = new URL('./schema.graphql', import.meta.resolve('@octokit/graphql-schema'));
  built ??= buildSchema(readFileSync(file, 'utf8'), { assumeValid: true, assumeValidSDL: true });
  return built;
}

/** A field the fake never learned is an error, not a silent null. */
const resolveField: GraphQLFieldResolver<Record<string, unknown>, Gql> = (source, args, gql, info) => {
  if (!(info.fieldName in source)) {
    const text = `the fake GitHub does not know ${info.parentType.name}.${info.fieldName}`;
    gql.hub.note(text);
    gql.hub.proof.add({ by: 'fake', what: 'GraphQL answer', faults: [text] });
    throw new GraphQLError(text);
  }
  const value = source[info.fieldName];
  return typeof value === 'function' ? (value as (...all: unknown[]) => unknown)(args, gql, info) : value;
};

const types: Readonly<Record<number, string>> = { 403: 'FORBIDDEN', 404: 'NOT_FOUND', 422: 'UNPROCESSABLE' };

function errorJson(error: GraphQLError): Record<string, unknown> {
  const cause = error.originalError;
  const type = error.extensions['type'] ?? (cause instanceof ApiError ? types[cause.status] : undefined);
  return {
    ...(type === undefined ? {} : { type }),
    ...(error.path ? { path: error.path } : {}),
    ...(error.extensions['code'] === undefined ? {} : { extensions: error.extensions }),
    locations: error.locations ?? [],
    message: error.message,
  };
}

export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown> | null | undefined;
  readonly operationName?: string | null | undefined;
}

/** The bot asks the same few questions again and again, and to check one takes longer than to answer it. */
const checked = new Map<string, DocumentNode>();

/** The document, or what is wrong with it. */
function read(query: string): DocumentNode | readonly GraphQLError[] {
  const known = checked.get(query);
  if (known) return known;
  try {
    const document = parse(query);
    // What GitHub says it will take away may be gone already.
    const invalid = validate(schema(), document, [...specifiedRules, NoDeprecatedCustomRule]);
    if (invalid.length > 0) return invalid;
    checked.set(query, document);
    return document;
  } catch (error) {
    return [error as GraphQLError];
  }
}

export async function runGraphql(gql: Gql, request: GraphqlRequest): Promise<Record<string, unknown>> {
  const document = read(request.query);
  if (!('kind' in document)) {
    const faults = document.map((one) => one.message);
    gql.hub.note(faults.join('; '));
    gql.hub.proof.add({ by: 'bot', what: 'GraphQL request', faults });
    return { errors: document.map(errorJson) };
  }
  const { data, errors } = await execute({
    schema: schema(),
    document,
    rootValue: { ...queryRoot(gql), ...mutationRoot(gql) },
    contextValue: gql,
    variableValues: request.variables ?? {},
    operationName: request.operationName ?? null,
    fieldResolver: resolveField as GraphQLFieldResolver<unknown, unknown>,
  });
  return { ...(data === undefined ? {} : { data }), ...(errors ? { errors: errors.map(errorJson) } : {}) };
}
