import { z } from 'zod';

// Query parameters come as text, several of one name as an array of texts.

/**
 * Several values with commas between them; the parameter may be repeated too. Empty when it is left out.
 * `explode: false` tells the contract that SDKs put commas between the values.
 */
export const commaSeparated = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z
    .preprocess((value) => texts(value).flatMap((text) => text.split(',')), z.array(item))
    .optional()
    .default([])
    .meta({ explode: false });

/** Several values, one per parameter of this name. Empty when it is left out. */
export const repeated = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z.preprocess(texts, z.array(item)).optional().default([]).meta({ explode: true });

/** The times that both JavaScript and PostgreSQL know, and that have four digits for the year. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** A time in ISO 8601, or in any other form that JavaScript reads. */
export const moment = z
  .string()
  .refine(
    (text) => Date.parse(text) >= EARLIEST && Date.parse(text) <= LATEST,
    'must be a time such as 2026-11-14T12:00:00Z',
  )
  .transform((text) => new Date(text))
  .optional()
  .meta({ format: 'date-time', example: '2026-11-14T12:00:00Z' });

/** Yes or no; no when it is left out. */
export const flag = z
  .preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean())
  .optional()
  .default(false);

/** A whole number within bounds; `standard` when it is left out. */
export const whole = (minimum: number, maximum: number, standard: number) =>
  z.coerce.number().int('must be a whole number').min(minimum).max(maximum).default(standard);

function texts(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}
