import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import type { FieldError } from '../errors/domain-error.js';
import { RequestError } from './request-errors.js';

/** An issue as zod reports it through the Standard Schema interface. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: string;
  readonly input?: unknown;
  readonly keys?: readonly string[];
  readonly params?: { readonly code?: string };
  readonly expected?: string;
}

/** The types that a schema expects, in words. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text, in quotation marks',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a JSON object',
  record: 'a JSON object',
};

/** Validates every parameter that declares a schema, and says what is wrong by JSON pointer. */
@Injectable()
export class SchemaPipe implements PipeTransform {
  async transform(value: unknown, { schema, type }: ArgumentMetadata): Promise<unknown> {
    if (!schema) {
      return value;
    }
    const result = await schema['~standard'].validate(value);
    if (!result.issues) {
      return result.value;
    }
    const errors = result.issues.flatMap((issue) => describe(issue as Issue, type === 'body'));
    const [first] = errors;
    throw new RequestError('validation_failed', first?.message ?? 'The request is not valid.', errors);
  }
}

function describe(issue: Issue, body: boolean): FieldError[] {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  const pointer = body ? toPointer(path) : path.join('.');
  const what = body ? 'field' : 'parameter';
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).map((key) => ({
      pointer: body ? toPointer([...path, key]) : key,
      code: 'unknown_field',
      message: `There is no ${what} "${key}". Remove it.`,
    }));
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    const name = path.at(-1);
    return [
      name === undefined
        ? { pointer, code: 'required', message: 'A JSON object is required as the body.' }
        : { pointer, code: 'required', message: `The ${what} "${name}" is required.` },
    ];
  }
  if (issue.code === 'invalid_type' && issue.expected !== undefined) {
    const subject = path.length === 0 ? `The ${body ? 'body' : 'query'}` : `"${path.join('.')}"`;
    return [{ pointer, code: issue.code, message: `${subject} must be ${TYPES[issue.expected] ?? issue.expected}.` }];
  }
  const name = path.at(-1);
  const ruled = issue.params?.code;
  return [
    {
      pointer,
      code: ruled ?? issue.code ?? 'invalid',
      message: ruled === undefined && name !== undefined ? `"${name}": ${issue.message}.` : issue.message,
    },
  ];
}

/** RFC 6901. */
function toPointer(path: readonly string[]): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
