interface Page {
  items: unknown[]
  /** Of all pages. */
  total: number
}

/** Where the next page begins; undefined: there is none. */
export function nextOffset(last: Page, pages: Page[]): number | undefined {
  const shown = pages.reduce((sum, { items }) => sum + items.length, 0)
  return last.items.length > 0 && shown < last.total ? shown : undefined
}
