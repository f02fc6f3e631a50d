import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Body,
  COMMITTED,
  type Contract,
  createJudge,
  generatedContract,
  type MediaType,
  operationsOf,
  type Parameter,
} from './contract.js';

const contract = JSON.parse(COMMITTED) as Contract;
const operations = operationsOf(contract);
const judge = createJudge(contract);

const bodiesOf = (bodies: readonly (Body | undefined)[]): MediaType[] =>
  bodies.flatMap((body) => Object.values(body?.content ?? {}));

const examplesOf = ({ example, examples }: MediaType): unknown[] =>
  example === undefined ? Object.values(examples ?? {}).map(({ value }) => value) : [example];

describe('the contract', () => {
  let generated: string;

  beforeAll(async () => {
    generated = await generatedContract();
  });

  it('is committed as the build writes it (npm run openapi)', () => {
    expect(JSON.parse(COMMITTED)).toEqual(JSON.parse(generated));
    expect(COMMITTED).toBe(generated);
  });

  it('is written the same every time', async () => {
    expect(await generatedContract()).toBe(generated);
  });

  it('is a valid document of OpenAPI 3.1', async () => {
    const result = await new Validator().validate(JSON.parse(COMMITTED) as Record<string, unknown>);
    expect(result).toEqual({ valid: true });
    expect(contract.openapi).toMatch(/^3\.1\./);
  });

  it('has no reference that leads nowhere', () => {
    const references = [...COMMITTED.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    const lost = references.filter(
      (path) =>
        path
          .split('/')
          .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], contract) === undefined,
    );
    expect(references.length).toBeGreaterThan(50);
    expect(lost).toEqual([]);
  });

  it('gives every operation an id of its own', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no component that nothing refers to', () => {
    const unused = Object.keys(contract.components.schemas).filter(
      (name) => !COMMITTED.includes(`"#/components/schemas/${name}"`),
    );
    expect(unused).toEqual([]);
  });

  it('says what TimelineEvent and Problem are', () => {
    expect(Object.keys(contract.components.schemas)).toEqual(
      expect.arrayContaining(['TimelineEvent', 'Problem', 'InstanceState', 'HealthStatus', 'OrchestrationProgress']),
    );
  });

  it('takes no unknown members in bodies, and answers may get new ones', () => {
    expect(contract.components.schemas['CreateInstanceRequest']).toMatchObject({ additionalProperties: false });
    expect(contract.components.schemas['InstanceDetails']).not.toHaveProperty('additionalProperties', false);
  });

  describe.each(operations)('%s', (_route, operation) => {
    it('has a summary and a tag that is described', () => {
      expect(operation.summary).toMatch(/\w/);
      expect(operation.tags).toHaveLength(1);
      const tag = contract.tags.find(({ name }) => name === operation.tags?.[0]);
      expect(tag?.description).toMatch(/\w/);
    });

    it('has a success with a schema', () => {
      const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      expect(successes).toHaveLength(1);
      expect(bodiesOf(successes.map(([, body]) => body))[0]).toHaveProperty('schema');
    });

    it('has examples of every body, and they obey the schemas', () => {
      const bodies = bodiesOf([operation.requestBody, ...Object.values(operation.responses)]);
      const faults = bodies.flatMap((media) => {
        const examples = examplesOf(media);
        return examples.length === 0 ? ['no example'] : examples.map((example) => judge(media.schema ?? {}, example));
      });
      expect(faults.filter((fault) => fault !== null)).toEqual([]);
    });

    it('has typed errors', () => {
      const errors = Object.entries(operation.responses).filter(([status]) => status.startsWith('4'));
      for (const [, body] of errors) {
        expect(body.content).toHaveProperty(['application/problem+json', 'schema'], {
          $ref: '#/components/schemas/Problem',
        });
      }
      expect(operation.responses['default']).toEqual({ $ref: '#/components/responses/Problem' });
      const takesAnything = (operation.parameters?.length ?? 0) > 0 || operation.requestBody !== undefined;
      const isNameCheck = operation.operationId === 'checkName'; // has an answer for every name
      expect(errors.length > 0).toBe(takesAnything && !isNameCheck);
    });

    it('describes its parameters', () => {
      expect((operation.parameters ?? []).flatMap(faultsOf)).toEqual([]);
    });
  });
});

/** What is missing in the description of a parameter. */
function faultsOf(parameter: Parameter): string[] {
  const { name, description, required, example, schema, style, explode } = parameter;
  const examples = [example, ...((schema['examples'] as unknown[] | undefined) ?? [])].filter(
    (one) => one !== undefined,
  );
  const faults = examples.map((one) => judge(schema, one)).filter((fault) => fault !== null);
  const needed = schema['type'] === 'integer' ? ['default', 'minimum', 'maximum'] : [];
  return [
    ...(description ? [] : [`${name}: no description`]),
    ...faults.map((fault) => `${name}: the example: ${fault}`),
    // Swagger UI would fill it in.
    ...(required === true || example === undefined ? [] : [`${name}: the example belongs to the schema`]),
    ...needed.filter((keyword) => !(keyword in schema)).map((keyword) => `${name}: no ${keyword}`),
    ...(schema['type'] !== 'array' || (style === 'form' && explode === (name === 'tag')) ? [] : [`${name}: its form`]),
  ];
}
