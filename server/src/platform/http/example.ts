import type { JsonSchema } from './json-schema.js';

const TIME = '2026-11-14T12:00:00Z';
const UUID = '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11';
const REFERENCE = '#/components/schemas/';

/**
 * Makes the example of a body out of the examples of its members, so that it can't grow old.
 *
 * @throws Error when a member has none and none can be guessed
 */
export function exampleOf(
  schema: JsonSchema,
  components: Readonly<Record<string, JsonSchema>>,
  path = 'body',
): unknown {
  const { $ref, examples, anyOf, type, format, properties, items } = schema as {
    $ref?: string;
    examples?: unknown[];
    anyOf?: JsonSchema[];
    type?: string | string[];
    format?: string;
    properties?: Record<string, JsonSchema>;
    items?: JsonSchema;
  };
  if (examples) {
    return examples[0];
  }
  if ($ref !== undefined) {
    const name = $ref.slice(REFERENCE.length);
    return exampleOf(components[name] ?? {}, components, name);
  }
  if (anyOf) {
    return exampleOf(anyOf[0] ?? {}, components, path);
  }
  if (Array.isArray(type)) {
    return null;
  }
  if ('const' in schema) {
    return schema['const'];
  }
  if (Array.isArray(schema['enum'])) {
    return schema['enum'][0];
  }
  if (properties) {
    return Object.fromEntries(
      Object.entries(properties).map(([name, member]) => [name, exampleOf(member, components, `${path}.${name}`)]),
    );
  }
  if (type === 'array') {
    return [exampleOf(items ?? {}, components, `${path}[]`)];
  }
  if (type === 'boolean') {
    return false;
  }
  if (format === 'date-time') {
    return TIME;
  }
  if (format === 'uuid') {
    return UUID;
  }
  throw new Error(`${path} needs an example: .meta({ example: … }).`);
}
