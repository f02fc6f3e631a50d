/** What the API gives at once. */
export const LARGEST_PAGE = 100;

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Number of pages at present. */
  readonly pages: number;
}

/**
 * Goes through all pages. An item that moves to a later page meanwhile, because others are new before it, is given once only.
 *
 * @param read reads a page, from 1
 */
export async function* eachItem<Item extends { readonly id: string }>(
  read: (page: number) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  const seen = new Set<string>();
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const result = await read(page);
    pages = result.pages;
    for (const item of result.items) {
      if (!seen.has(item.id)) {
        seen.add(item.id);
        yield item;
      }
    }
  }
}
