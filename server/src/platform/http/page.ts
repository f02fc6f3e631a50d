import { z } from 'zod';

/** Which page was asked for. */
export interface PageQuery {
  /** From 1. */
  readonly page: number;
  /** Items per page. */
  readonly limit: number;
}

/** What every list says about itself beside its items. */
export interface Page {
  readonly total: number;
  readonly page: number;
  /** At least 1: a list without items has one empty page. */
  readonly pages: number;
}

/** The members of a page in a schema, with figures for the example. */
export const pageShape = (example: Page) => ({
  total: z.int().meta({ example: example.total }),
  page: z.int().meta({ example: example.page }),
  pages: z.int().meta({ example: example.pages }),
});

/** @param total items on all pages */
export function pageOf(total: number, { page, limit }: PageQuery): Page {
  return { total, page, pages: Math.max(1, Math.ceil(total / limit)) };
}
