import { z } from 'zod';

/** A schema of OpenAPI 3.1, which is JSON Schema 2020-12. */
export type JsonSchema = Record<string, unknown>;

export interface Conversion {
  readonly schema: JsonSchema;
  /** The named schemas that it consists of, by their names. */
  readonly components: Readonly<Record<string, JsonSchema>>;
}

/**
 * Converts a schema as the contract wants it. Whatever has an `id` is a component, and is referred to.
 *
 * @param io `input` for what is sent to us, `output` for what we answer
 */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Conversion {
  const converted = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      simplify(zodSchema, jsonSchema, io);
    },
  });
  const {
    $defs,
    $schema: _,
    ...rest
  } = JSON.parse(JSON.stringify(converted).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema & {
    readonly $defs?: Record<string, JsonSchema>;
  };
  return { schema: rest, components: $defs ?? {} };
}

/** Leaves out what says nothing to a reader, and writes the rest in the form that generators know best. */
function simplify(zodSchema: z.core.$ZodType, jsonSchema: JsonSchema, io: 'input' | 'output'): void {
  const { def } = zodSchema._zod;
  delete jsonSchema['id'];
  if (def.type === 'date') {
    // A date travels as text.
    jsonSchema['type'] = 'string';
    jsonSchema['format'] = 'date-time';
  }
  if (jsonSchema['format'] === 'date-time' || jsonSchema['format'] === 'uuid') {
    delete jsonSchema['pattern'];
  }
  // Every whole number of JavaScript has these.
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) {
    delete jsonSchema['minimum'];
  }
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) {
    delete jsonSchema['maximum'];
  }
  if (def.type === 'record') {
    delete jsonSchema['propertyNames'];
  }
  if (io === 'output' && def.type === 'object' && !(def as z.core.$ZodObjectDef).catchall) {
    // An answer may get further members in a later version, and clients have to bear them.
    delete jsonSchema['additionalProperties'];
  }
  if (def.type === 'nullable') {
    mergeNull(jsonSchema);
  }
  if (jsonSchema['example'] !== undefined) {
    jsonSchema['examples'] = [jsonSchema['example']];
    delete jsonSchema['example'];
  }
}

/** `anyOf: [{ type: T, … }, { type: null }]` becomes `type: [T, null], …`. */
function mergeNull(jsonSchema: JsonSchema): void {
  const [first] = (jsonSchema['anyOf'] ?? []) as JsonSchema[];
  if (typeof first?.['type'] !== 'string') {
    return;
  }
  delete jsonSchema['anyOf'];
  Object.assign(jsonSchema, { ...first, ...jsonSchema, type: [first['type'], 'null'] });
  if (Array.isArray(first['enum'])) {
    jsonSchema['enum'] = [...(first['enum'] as unknown[]), null];
  }
}
