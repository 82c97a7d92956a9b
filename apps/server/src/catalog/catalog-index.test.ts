import { describe, expect, it } from 'vitest'
import { type CatalogEntry, CatalogIndex } from './catalog-index.ts'
import type { CatalogQuery } from './catalog-query.ts'

const entry = (id: string, given: Partial<CatalogEntry> = {}): CatalogEntry => ({
  id,
  name: id,
  version: '1.0.0',
  title: id,
  description: '',
  keywords: [],
  category: 'Other',
  visibility: 'ALL_USERS',
  isListed: true,
  ownerId: 'dana',
  ownerName: 'Dana Developer',
  tags: [],
  createdAt: 0,
  launches: 0,
  ...given,
})

function catalogOf(...entries: CatalogEntry[]) {
  const index = new CatalogIndex()
  for (const one of entries) index.put(one)
  const find = (query: Partial<CatalogQuery>) =>
    index.find({ scope: { listed: true }, seesTags: true, search: '', tags: [], limit: 60, offset: 0, ...query })
  return { index, find, search: (search: string) => find({ search }).ids }
}

describe('a search of the Catalog', () => {
  it('finds words by their beginning, whatever their case, accents and order', () => {
    const { search } = catalogOf(
      entry('a', { title: 'Größe der Märkte' }),
      entry('b', { title: 'Sales forecast', description: 'Demand of the next week' }),
    )
    expect(search('MARK grosse')).toEqual(['a'])
    expect(search('fore SALES')).toEqual(['b'])
    expect(search('week sales')).toEqual(['b'])
    expect(search('sales markt')).toEqual([])
  })

  it('looks at title, name, description, keywords, category, tags and owner', () => {
    const { search } = catalogOf(
      entry('one.two', {
        title: 'Three',
        description: 'four',
        keywords: ['five'],
        category: 'Insurance',
        ownerName: 'Seven',
        tags: [{ id: 't', title: 'Eight' }],
      }),
    )
    for (const word of ['one.two', 'three', 'four', 'five', 'insur', 'seven', 'eight'])
      expect(search(word), word).toEqual(['one.two'])
  })

  it('keeps tags to those who may see them', () => {
    const { find } = catalogOf(entry('a', { title: 'Plain', tags: [{ id: 't', title: 'Hidden' }] }))
    expect(find({ search: 'hidden', seesTags: false }).ids).toEqual([])
  })

  it('puts a title before a keyword, and that before a description', () => {
    const { search } = catalogOf(
      entry('described', { title: 'A', description: 'all about risk' }),
      entry('keyed', { title: 'B', keywords: ['risk'] }),
      entry('begun', { title: 'Riskier' }),
      entry('titled', { title: 'Big risk' }),
      entry('exact', { title: 'Risk' }),
    )
    expect(search('risk')).toEqual(['exact', 'titled', 'begun', 'keyed', 'described'])
  })

  it('takes words that are written nearly alike where none is written so, and says which', () => {
    const { find } = catalogOf(entry('a', { title: 'Dashboard' }), entry('b', { title: 'Sales' }))
    expect(find({ search: 'dashbord' })).toMatchObject({ ids: ['a'], alike: ['dashboard'] })
    expect(find({ search: 'salse' })).toMatchObject({ ids: ['b'], alike: ['sales'] })
    expect(find({ search: 'xales' })).toMatchObject({ ids: ['b'] })
    expect(find({ search: 'sale' })).toMatchObject({ ids: ['b'], alike: [] })
    expect(find({ search: 'cat' }).ids).toEqual([])
  })

  it('finds nothing for signs alone', () => {
    expect(catalogOf(entry('a')).search('?!')).toEqual([])
  })
})

describe('a list of the Catalog', () => {
  it('is by title, the newest, or the most launched', () => {
    const { find } = catalogOf(
      entry('a', { title: 'b', createdAt: 3, launches: 1 }),
      entry('b', { title: 'C', createdAt: 1, launches: 7 }),
      entry('c', { title: 'A', createdAt: 2, launches: 1 }),
    )
    expect(find({}).ids).toEqual(['c', 'a', 'b'])
    expect(find({ sort: 'newest' }).ids).toEqual(['a', 'c', 'b'])
    expect(find({ sort: 'launched' }).ids).toEqual(['b', 'c', 'a'])
  })

  it('comes in pages that together are all, each once, whatever the order', () => {
    const all = Array.from({ length: 500 }, (_, i) =>
      entry(`app-${i}`, { title: `demo ${i % 7}`, createdAt: i % 5, launches: i % 3 }),
    )
    const { find } = catalogOf(...all)
    for (const query of [{}, { search: 'demo' }, { sort: 'newest' }, { sort: 'launched', search: 'de' }] as const) {
      const pages = Array.from({ length: 10 }, (_, page) => find({ ...query, limit: 50, offset: page * 50 }).ids)
      expect(new Set(pages.flat()).size).toBe(500)
      expect(pages.flat()).toEqual(find({ ...query, limit: 500 }).ids)
    }
  })

  it('counts every category under the filters, whichever was chosen', () => {
    const { find } = catalogOf(
      entry('a', { category: 'Sales', tags: [{ id: 't', title: 'T' }] }),
      entry('b', { category: 'Retail', tags: [{ id: 't', title: 'T' }] }),
      entry('c', { category: 'Retail' }),
    )
    const { ids, total, categories } = find({ category: 'Sales', tags: ['t'] })
    expect({ ids, total }).toEqual({ ids: ['a'], total: 1 })
    expect(categories).toEqual([
      { category: 'Retail', count: 1 },
      { category: 'Sales', count: 1 },
    ])
  })

  it('holds only what the scope and the filters let through', () => {
    const { find } = catalogOf(
      entry('old', { name: 'n', version: '1.0.0', isListed: false }),
      entry('new', { name: 'n', version: '1.10.0' }),
      entry('own', { ownerId: 'uri', visibility: 'PRIVATE', isListed: false }),
      entry('tagged', { tags: [{ id: 't', title: 'T' }] }),
      entry('public', { visibility: 'PUBLIC' }),
    )
    const ids = (query: Partial<CatalogQuery>) => find(query).ids.sort()
    expect(ids({})).toEqual(['new', 'public', 'tagged'])
    expect(ids({ scope: { all: true } })).toHaveLength(5)
    expect(ids({ scope: { ownerId: 'uri', others: 'none' } })).toEqual(['own'])
    expect(ids({ scope: { ownerId: 'uri', others: 'listed' } })).toHaveLength(5)
    expect(ids({ scope: { all: true }, name: 'n' })).toEqual(['new', 'old'])
    expect(ids({ ownerId: 'dana', appIds: ['new', 'own'] })).toEqual(['new'])
    const visitor = { admittedByTags: ['t'], publicMode: true }
    expect(ids({ scope: { ...visitor, versions: 'newest' } })).toEqual(['public', 'tagged'])
    expect(ids({ scope: { ...visitor, publicMode: false, versions: 'every' } })).toEqual(['tagged'])
  })

  it('follows changes, and stays the same when it is built anew after many', () => {
    const { find, index } = catalogOf(entry('a', { title: 'First' }), entry('b', { title: 'Second' }))
    expect(find({}).ids).toEqual(['a', 'b'])
    index.put(entry('a', { title: 'Third' }))
    index.put(entry('c', { title: 'Second', launches: 1 }))
    index.remove('b')
    index.remove('unknown')
    expect(find({}).ids).toEqual(['c', 'a'])
    expect(find({ search: 'first' }).ids).toEqual([])
    for (let i = 0; i < 2500; i++) index.put(entry('a', { title: `Change ${i}`, launches: i }))
    expect(find({ search: 'change' })).toMatchObject({ ids: ['a'], total: 1 })
    expect(find({ sort: 'launched' }).ids).toEqual(['a', 'c'])
    index.put(entry('a', { title: 'Change 2499', launches: 0, visibility: 'PRIVATE', isListed: false }))
    expect(find({}).ids).toEqual(['c'])
  })
})
