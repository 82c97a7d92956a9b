/** Largest page that the API gives. */
const pageSize = 200

/** Everything of a list that comes in pages. */
export async function readPages<T>(
  read: (page: { limit: number; offset: number }) => Promise<{ items: T[]; total: number }>,
): Promise<T[]> {
  const all: T[] = []
  for (;;) {
    const { items, total } = await read({ limit: pageSize, offset: all.length })
    all.push(...items)
    if (items.length === 0 || all.length >= total) return all
  }
}
