import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Description, Schema } from './description.ts';
import { Dialect } from './dialect.ts';

/** What is wrong with a value, each fault as `/path/in/it: why`; empty when it is right. */
export type Check = (value: unknown) => readonly string[];

const plainEmail = formats.default.get('email') as RegExp;
/** Apps have brackets in their addresses: `1+name[bot]@users.noreply.github.com`. */
const isEmail = (value: string): boolean => plainEmail.test(value.replace('[bot]@', '@'));

const isInside = (path: string, outer: string): boolean => path === outer || path.startsWith(`${outer}/`);

/** Where the unknown field itself is, for errors that speak of the object around it. */
function placeOf({ instancePath, params }: ErrorObject): string {
  const extra = (params['additionalProperty'] ?? params['unevaluatedProperty']) as string | undefined;
  return extra === undefined ? instancePath : `${instancePath}/${extra}`;
}

/** Ends every fault that speaks of a field, or parameter, GitHub does not list. */
export const unknownField = 'unknown field';

function reasonOf({ keyword, params, message = '' }: ErrorObject): string {
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') return unknownField;
  if (keyword === 'enum') return `${message}: ${JSON.stringify(params['allowedValues'])}`;
  return message;
}

const mostTold = 6;

/** Says the deepest causes; that a whole is wrong because of its part is left out. */
function causesOf(errors: readonly ErrorObject[]): readonly string[] {
  const isWhole = ({ keyword }: ErrorObject) => ['anyOf', 'oneOf', 'unevaluatedProperties'].includes(keyword);
  const causes = errors.filter(
    (error) => !isWhole(error) || !errors.some((other) => other !== error && isInside(placeOf(other), placeOf(error))),
  );
  const told = causes.length > 0 ? causes : errors;
  const lines = [...new Set(told.map((error) => `${placeOf(error) || '/'}: ${reasonOf(error)}`))];
  const [unknown, others] = [true, false].map((is) => lines.filter((line) => line.endsWith(unknownField) === is));
  const sorted = [...(unknown ?? []), ...(others ?? [])];
  return sorted.length <= mostTold ? sorted : [...sorted.slice(0, mostTold), `and ${sorted.length - mostTold} more`];
}

/** Turns schemas of one of GitHub's descriptions into checks; a component is compiled when first needed. */
export class Compiler {
  readonly #ajv: Ajv2020;
  readonly #dialect: Dialect;
  readonly #added = new Set<string>();
  readonly #waiting: { readonly id: string; readonly name: string; readonly closed: boolean }[] = [];
  readonly #components: Readonly<Record<string, unknown>>;

  constructor(description: Description, { coerce = false } = {}) {
    this.#components = description.components['schemas'] ?? {};
    const options = { allErrors: true, strict: false, validateSchema: false, meta: false };
    this.#ajv = new Ajv2020({ ...options, coerceTypes: coerce ? 'array' : false });
    formats.default(this.#ajv);
    for (const name of ['repo.nwo', 'timestamp']) this.#ajv.addFormat(name, true);
    this.#ajv.addFormat('email', isEmail);
    this.#dialect = new Dialect(
      (name, closed) => this.#refer(name, closed),
      (name) => this.#component(name),
    );
  }

  #component(name: string): Schema {
    const found = this.#components[name];
    if (!found) throw new Error(`the description has no schema ${name}`);
    return found as Schema;
  }

  #refer(name: string, closed: boolean): string {
    const id = `urn:${closed ? 'closed' : 'open'}:${name}`;
    if (!this.#added.has(id)) this.#waiting.push({ id, name, closed });
    this.#added.add(id);
    return id;
  }

  compile(schema: Schema): Check {
    const rewritten = this.#dialect.rewrite(schema, true);
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop())
      this.#ajv.addSchema(this.#dialect.rewrite(this.#component(next.name), next.closed), next.id);
    let check: ValidateFunction | null = null;
    return (value) => {
      check ??= this.#ajv.compile(rewritten);
      return check(value) ? [] : causesOf(check.errors ?? []);
    };
  }
}
