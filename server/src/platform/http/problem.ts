import { z } from 'zod';

const FieldErrorSchema = z
  .object({
    pointer: z.string().meta({
      description: 'JSON pointer into the body, or the name of a parameter.',
      example: '/name',
    }),
    code: z.string().meta({ example: 'name_length' }),
    message: z.string().meta({ example: 'The name must have 3 to 63 characters.' }),
  })
  .meta({ id: 'FieldError', description: 'A fault of one field.' });

/** RFC 9457 problem document, with a stable `code` and `error`, one sentence for a person. */
export const ProblemSchema = z
  .object({
    type: z.string().meta({ description: 'Always `about:blank`: the code says what it is.', example: 'about:blank' }),
    title: z.string().meta({ description: 'The words of the status.', example: 'Conflict' }),
    status: z.int().meta({ example: 409 }),
    code: z.string().meta({ description: 'Stable code for programs.', example: 'name_taken' }),
    detail: z.string().meta({ description: 'The same sentence as `error`.' }),
    error: z.string().meta({
      description: 'One sentence for a person that says what to do.',
      example: 'The name "proddb" is held by a running instance.',
    }),
    instance: z.string().meta({
      description: 'Id of the request; the log has it too.',
      example: 'urn:uuid:8f14e45f-ceea-467f-a0e6-1f5f0c8d7a11',
    }),
    errors: z.array(FieldErrorSchema).optional().meta({ description: 'Faults by field.' }),
    orchestration_id: z
      .string()
      .optional()
      .meta({ description: 'With `orchestration_in_progress`: the orchestration that is in the way.' }),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457).' });

export type Problem = z.infer<typeof ProblemSchema> & Readonly<Record<string, unknown>>;

export const PROBLEM_TYPE = 'application/problem+json';
