import type { Json, Schema } from './description.ts';
import { corrected } from './exceptions.ts';

/** Names the copy of a component that a place needs: `closed` refuses fields the component does not list. */
export type Refer = (component: string, closed: boolean) => string;

const kept = new Set([
  ...['type', 'enum', 'const', 'format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['minItems', 'maxItems', 'uniqueItems', 'required', 'minProperties', 'maxProperties'],
]);
/** Say something to people only, or repeat what other keywords check. */
const annotations = new Set([
  ...['title', 'description', 'default', 'example', 'examples', 'deprecated', 'readOnly', 'externalDocs'],
  ...['nullable', 'discriminator', 'op', 'x-github-breaking-changes', 'x-multi-segment'],
]);
const combinations = ['allOf', 'anyOf', 'oneOf'] as const;
const parts = new Set(['$ref', 'properties', 'items', 'additionalProperties', ...combinations]);

const isSchema = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const componentName = (ref: string): string => {
  const [, name] = /^#\/components\/schemas\/(.+)$/.exec(ref) ?? [];
  if (name === undefined) throw new Error(`cannot follow ${ref}`);
  return name;
};

/** In OpenAPI 3.0 `nullable` widens what stands beside it, an `enum` too. */
function widened(schema: Schema): Schema {
  if (schema['nullable'] !== true) return schema;
  const { type, enum: values } = schema;
  if (typeof type !== 'string') return { anyOf: [{ type: 'null' }, { ...schema, nullable: false }] };
  const choices = Array.isArray(values) ? { enum: [...new Set([...values, null])] } : {};
  return { ...schema, ...choices, type: [type, 'null'] };
}

/** How GitHub's schemas are rewritten as JSON Schema 2020-12 that also refuses fields no schema lists. */
export class Dialect {
  readonly #refer: Refer;
  readonly #component: (name: string) => Schema;

  constructor(refer: Refer, component: (name: string) => Schema) {
    this.#refer = refer;
    this.#component = component;
  }

  /** A schema that lists no fields at all leaves them free. */
  #listsFields(schema: Schema): boolean {
    if (typeof schema['$ref'] === 'string') return this.#listsFields(this.#component(componentName(schema['$ref'])));
    if (isSchema(schema['properties']) && Object.keys(schema['properties']).length > 0) return true;
    return combinations.some((key) => this.#branches(schema, key).some((branch) => this.#listsFields(branch)));
  }

  #branches(schema: Schema, key: string): readonly Schema[] {
    const list = schema[key];
    return Array.isArray(list) ? (list as readonly Schema[]) : [];
  }

  /**
   * `closed` forbids fields that are not listed. Branches of a lone `oneOf` are closed one by one; where several
   * schemas describe one object together, `unevaluatedProperties` asks whether any of them knows the field.
   */
  rewrite(given: Schema, closed: boolean): Schema {
    const schema = corrected(widened(given));
    const unknown = Object.keys(schema).find((key) => !kept.has(key) && !annotations.has(key) && !parts.has(key));
    if (unknown !== undefined) throw new Error(`cannot check the keyword ${unknown}`);
    if (typeof schema['$ref'] === 'string') return { $ref: this.#refer(componentName(schema['$ref']), closed) };
    const used = combinations.filter((key) => schema[key] !== undefined);
    const isChoice = used.length === 1 && schema['properties'] === undefined && this.#closesAlone(schema, used[0]);
    const isSum = used.length > 0 && !isChoice;
    const own = this.#own(schema, closed && !isSum);
    const rest = used.map((key) => [
      key,
      this.#branches(schema, key).map((branch) => this.rewrite(branch, closed && isChoice)),
    ]);
    const close = closed && isSum && this.#listsFields(schema) ? { unevaluatedProperties: false } : {};
    return { ...own, ...(Object.fromEntries(rest) as Schema), ...close };
  }

  /** One branch, or branches of which only one can hold. */
  #closesAlone(schema: Schema, key: string | undefined): boolean {
    const branches = this.#branches(schema, key ?? '');
    const objects = branches.filter((branch) => this.#listsFields(branch));
    return key === 'oneOf' || objects.length <= 1;
  }

  #own(schema: Schema, closed: boolean): Schema {
    const { properties, items, additionalProperties: more } = schema;
    const plain = Object.entries(schema).filter(([key]) => kept.has(key));
    const isListing = isSchema(properties) && Object.keys(properties).length > 0;
    const fields = isSchema(properties)
      ? Object.entries(properties).map(([name, value]) => [name, this.rewrite(value as Schema, true)])
      : null;
    return {
      ...(Object.fromEntries(plain) as Schema),
      ...(fields && { properties: Object.fromEntries(fields) as Schema }),
      ...(isSchema(items) && { items: this.rewrite(items, true) }),
      ...(isSchema(more) && { additionalProperties: this.rewrite(more, true) }),
      ...(typeof more === 'boolean' && { additionalProperties: more }),
      ...(more === undefined && closed && isListing && { additionalProperties: false }),
    };
  }
}
