import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { exampleOf } from './example.js';
import { type JsonSchema, toJsonSchema } from './json-schema.js';
import { PROBLEM_TYPE, ProblemSchema } from './problem.js';

/** The version of the contract; it moves with the API, not with the build. */
const CONTRACT_VERSION = '1.0.0';

interface Parameter {
  schema: JsonSchema;
  [member: string]: unknown;
}

interface MediaType {
  schema?: JsonSchema;
  example?: unknown;
  examples?: unknown;
}

interface Body {
  content?: Record<string, MediaType>;
  'x-stream-of'?: string;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: Body;
  responses: Record<string, Body | { $ref: string }>;
}

/** Makes the contract out of the controllers and their schemas. Named schemas become components. */
export function createContract(app: INestApplication): OpenAPIObject {
  const components: Record<string, JsonSchema> = { ...toJsonSchema(ProblemSchema, 'output').components };
  const document = SwaggerModule.createDocument(app, description(), {
    operationIdFactory: (_controller, method) => method,
    standardSchemaConverter: (schema, { schemaType }) => {
      if (!(schema instanceof z.ZodType)) {
        return undefined;
      }
      const converted = toJsonSchema(schema, schemaType);
      // Kept here rather than handed over: Nest would bring their examples into the form of OpenAPI 3.0.
      Object.assign(components, converted.components);
      return { schema: converted.schema };
    },
  });
  for (const operation of operationsOf(document)) {
    operation.parameters?.forEach(describeParameter);
    // What may happen to any request: a Host that is not ours, a forged Origin, a defect.
    operation.responses['default'] = { $ref: '#/components/responses/Problem' };
    for (const body of [operation.requestBody, ...Object.values(operation.responses)]) {
      addStream(body);
      giveExamples(body, components);
    }
  }
  const { contact: _, ...info } = document.info;
  return {
    ...document,
    info,
    components: {
      schemas: Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1))),
      responses: {
        Problem: {
          description:
            'Any other error, such as `host_not_allowed` (403), `method_not_allowed` (405) or `internal_error` (500).',
          content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

function description(): Omit<OpenAPIObject, 'paths'> {
  return new DocumentBuilder()
    .setTitle('Toygres')
    .setDescription(
      'Managed PostgreSQL that you run yourself. What takes time answers 202 with the id of an orchestration; errors are problem documents (RFC 9457).',
    )
    .setVersion(CONTRACT_VERSION)
    .setOpenAPIVersion('3.1.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'This server')
    .addTag('instances', 'PostgreSQL instances, and what can be done with them.')
    .addTag('health', 'What the health checks saw.')
    .addTag('events', 'The timeline, as pages and as a stream.')
    .addTag('orchestrations', 'What the control plane does and has done.')
    .addTag('batches', 'Many instances by one request.')
    .addTag('runtime images', 'Images that instances can be made of.')
    .addTag('durable functions', 'What runs in instances with pg_durable.')
    .addTag('stats', 'Figures over all instances.')
    .addTag('capabilities', 'What this installation offers.')
    .addTag('system', 'For probes and monitoring.')
    .build();
}

function operationsOf({ paths }: OpenAPIObject): Operation[] {
  return Object.values(paths).flatMap((path) =>
    Object.values(path as Record<string, unknown>).filter(
      (value): value is Operation => typeof value === 'object' && value !== null && 'responses' in value,
    ),
  );
}

/** Moves to the parameter what is about it rather than about its value. */
function describeParameter(parameter: Parameter): void {
  const { description, example, examples, explode, ...schema } = parameter.schema;
  parameter['description'] ??= description;
  const [first] = Array.isArray(examples) ? (examples as unknown[]) : [example];
  if (explode !== undefined) {
    Object.assign(parameter, { style: 'form', explode });
  }
  parameter.schema = schema;
  if (first !== undefined && parameter['required'] === true) {
    parameter['example'] = first;
  } else if (first !== undefined) {
    // Swagger UI fills in the example of a parameter, but not that of its schema: a list with every filter set is empty.
    parameter.schema['examples'] = [first];
  }
}

/** Documents the second form of an answer that is a stream when somebody asks for it; see `orStreamOf`. */
function addStream(body: Body | { $ref: string } | undefined): void {
  if (!body || '$ref' in body || body['x-stream-of'] === undefined) {
    return;
  }
  const schema = { $ref: `#/components/schemas/${body['x-stream-of']}` };
  body.content = { ...body.content, 'text/event-stream': { schema } };
  delete body['x-stream-of'];
}

function giveExamples(
  body: Body | { $ref: string } | undefined,
  components: Readonly<Record<string, JsonSchema>>,
): void {
  const content = body && 'content' in body ? body.content : undefined;
  for (const media of Object.values(content ?? {})) {
    if (media.schema && media.example === undefined && media.examples === undefined) {
      media.example = exampleOf(media.schema, components);
    }
  }
}
