import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { PROBLEM_TYPE } from './problem.js';
import { type ProblemCode, problemExample, statusOf } from './problem-examples.js';

/** To be spread into an `ApiResponse`: it may also be a stream of server-sent events, whose `data` have this named schema. */
export const orStreamOf = (name: string): Readonly<Record<string, string>> => ({ 'x-stream-of': name });

/** Documents the errors that a route answers with, by their codes; which status each has is known. */
export function ApiProblems(...codes: readonly ProblemCode[]): MethodDecorator {
  const byStatus = Map.groupBy(codes, statusOf);
  return applyDecorators(
    ...[...byStatus].map(([status, codes]) =>
      ApiResponse({
        status,
        description: `${STATUS_CODES[status] ?? 'Error'}: ${codes.map((code) => `\`${code}\``).join(', ')}`,
        content: {
          [PROBLEM_TYPE]: {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(codes.map((code) => [code, { value: problemExample(code) }])),
          },
        },
      }),
    ),
  );
}
