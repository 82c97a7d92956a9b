import { isDeepStrictEqual } from 'node:util'
import { newestOfEach } from '@wave-store/bundle'
import { type CatalogSort, type Category, categories, searchWords, type Visibility } from '@wave-store/contract'
import type { CatalogAnswer, CatalogQuery, CatalogScope } from './catalog-query.ts'
import { TextIndex, type TextWords, textFields } from './text-index.ts'

/** A version of an app as the Catalog knows it. */
export interface CatalogEntry {
  id: string
  name: string
  version: string
  title: string
  description: string
  keywords: string[]
  category: Category
  visibility: Visibility
  /** Whether it is the version of its name that the Catalog shows. */
  isListed: boolean
  ownerId: string
  ownerName: string
  tags: { id: string; title: string }[]
  createdAt: number
  /** How often any version of its name was launched. */
  launches: number
}

interface Row extends Omit<CatalogEntry, 'category' | 'description' | 'keywords' | 'ownerName' | 'tags'> {
  /** Its place in the guide's order. */
  category: number
  tagIds: string[]
  words: TextWords
}

const allFields = Object.values(textFields).reduce((sum, bit) => sum | bit, 0)
/** What a title that is, or begins with, all that is searched for counts more than others. */
const [sameTitle, beginningOfTitle] = [2, 1.3]
const gap = 255
const [gapsKept, gapsPerRow] = [1000, 0.5]

/**
 * Every version in the store, to be listed, counted and searched without asking a database. What changes its words takes a
 * new place at the end and leaves a gap, until the gaps are too many.
 */
export class CatalogIndex {
  #rows: (Row | null)[] = []
  /** What every search asks of every row: of its category the place in the guide's order, or `gap`; whether it is listed. */
  #categories = new Uint8Array()
  #listed = new Uint8Array()
  #slots = new Map<string, number>()
  #text = new TextIndex()
  #orders = new Map<PlainSort, Order>()

  put(entry: CatalogEntry): void {
    const row = rowOf(entry)
    const known = this.#slots.get(entry.id)
    for (const order of this.#orders.values()) order.isFresh = false
    if (known !== undefined && isDeepStrictEqual(this.#rows[known]!.words, row.words)) {
      this.#set(known, row)
      return
    }
    this.remove(entry.id)
    this.#add(row)
    if (this.#rows.length > gapsKept + this.#slots.size * (1 + gapsPerRow)) this.#rebuild()
  }

  remove(id: string): void {
    const slot = this.#slots.get(id)
    if (slot === undefined) return
    this.#rows[slot] = null
    this.#categories[slot] = gap
    this.#slots.delete(id)
    for (const order of this.#orders.values()) order.isFresh = false
  }

  find(query: CatalogQuery): CatalogAnswer {
    const words = [...new Set(searchWords(query.search))]
    const filters = this.#filters(query)
    if (words.length === 0) {
      // Signs alone are no words.
      if (query.search.trim() !== '') return { ids: [], total: 0, categories: [], alike: [] }
      const { slots, categories } = this.#matching(filters, query.category)
      const sort = query.sort === undefined || query.sort === 'relevance' ? 'title' : query.sort
      return { ids: this.#page(slots, this.#places(sort), query), total: slots.length, categories, alike: [] }
    }
    const exact = this.#search(words, filters, query, false)
    return exact.categories.length > 0 ? exact : this.#search(words, filters, query, true)
  }

  #search(words: string[], filters: Filter[], query: CatalogQuery, toleratesMistakes: boolean): CatalogAnswer {
    const { sort = 'relevance' } = query
    const fields = query.seesTags ? allFields : allFields & ~textFields.tags
    const { scores, alike } = this.#text.search(words, { fields, toleratesMistakes })
    const { slots, categories } = this.#matching([(slot) => scores[slot]! > 0, ...filters], query.category)
    if (sort === 'relevance') this.#preferTitles(slots, words.join(' '), scores)
    const ids = this.#page(slots, sort === 'relevance' ? scores : this.#places(sort), query)
    return { ids, total: slots.length, categories, alike }
  }

  #preferTitles(slots: number[], phrase: string, scores: Float32Array): void {
    for (const slot of slots) {
      const { title } = this.#rows[slot]!.words
      if (title.startsWith(phrase)) scores[slot]! *= title.length === phrase.length ? sameTitle : beginningOfTitle
    }
  }

  /** Those that pass every filter, of one category or of all; and how many there are of each. */
  #matching(filters: Filter[], category: Category | undefined) {
    const counts = new Uint32Array(categories.length)
    const wanted = category === undefined ? null : categories.indexOf(category)
    const slots: number[] = []
    next: for (let slot = 0; slot < this.#rows.length; slot++) {
      const its = this.#categories[slot]!
      if (its === gap) continue
      for (const passes of filters) if (!passes(slot)) continue next
      counts[its]!++
      if (wanted === null || its === wanted) slots.push(slot)
    }
    const counted = categories.map((one, i) => ({ category: one, count: counts[i]! })).filter(({ count }) => count > 0)
    return { slots, categories: counted }
  }

  /** The ids of one page of the slots, those with the highest values first. */
  #page(slots: number[], values: Float32Array, { limit, offset }: CatalogQuery): string[] {
    const byTitle = this.#places('title')
    const first = highest(slots, values, offset + limit)
    first.sort((a, b) => values[b]! - values[a]! || byTitle[b]! - byTitle[a]!)
    return first.slice(offset, offset + limit).map((slot) => this.#rows[slot]!.id)
  }

  #filters({ scope, name, tags, ownerId, appIds }: CatalogQuery): Filter[] {
    const row = (slot: number) => this.#rows[slot]!
    const chosen = appIds && new Set(appIds)
    return [
      this.#within(scope),
      ...(name !== undefined ? [(slot: number) => row(slot).name === name] : []),
      ...(ownerId !== undefined ? [(slot: number) => row(slot).ownerId === ownerId] : []),
      ...(chosen ? [(slot: number) => chosen.has(row(slot).id)] : []),
      ...tags.map((tag) => (slot: number) => row(slot).tagIds.includes(tag)),
    ]
  }

  #within(scope: CatalogScope): Filter {
    if ('all' in scope) return () => true
    if ('listed' in scope) return (slot) => this.#listed[slot] === 1
    if ('ownerId' in scope) {
      const { ownerId, others } = scope
      const isShown = ({ visibility }: Row) => others === 'listed' && visibility !== 'PRIVATE'
      return (slot) => this.#rows[slot]!.ownerId === ownerId || isShown(this.#rows[slot]!)
    }
    const { admittedByTags, publicMode, versions } = scope
    const isAdmitted = (row: Row) =>
      (publicMode && row.visibility === 'PUBLIC') ||
      (row.visibility !== 'PRIVATE' && row.tagIds.some((tag) => admittedByTags.includes(tag)))
    if (versions === 'every') return (slot) => isAdmitted(this.#rows[slot]!)
    const newest = new Set(newestOfEach(this.#rows.filter((row) => row !== null).filter(isAdmitted)))
    return (slot) => newest.has(this.#rows[slot]!)
  }

  /** Of each slot its place in the order, counted down: the first one's is the highest. */
  #places(sort: PlainSort): Float32Array {
    const known = this.#orders.get(sort) ?? { slots: [], places: new Float32Array(), sortedUpTo: 0, isFresh: false }
    if (known.isFresh) return known.places
    // As it was is nearly right, and quickly put right.
    const slots = known.slots.filter((slot) => this.#rows[slot] !== null)
    for (let slot = known.sortedUpTo; slot < this.#rows.length; slot++) if (this.#rows[slot]) slots.push(slot)
    const compare = comparisons[sort]
    slots.sort((a, b) => compare(this.#rows[a]!, this.#rows[b]!))
    const places = new Float32Array(this.#rows.length)
    for (const [place, slot] of slots.entries()) places[slot] = slots.length - place
    this.#orders.set(sort, { slots, places, sortedUpTo: this.#rows.length, isFresh: true })
    return places
  }

  #add(row: Row): void {
    const slot = this.#text.add(row.words)
    this.#slots.set(row.id, slot)
    this.#set(slot, row)
  }

  #set(slot: number, row: Row): void {
    if (slot >= this.#listed.length) {
      this.#categories = enlarged(this.#categories)
      this.#listed = enlarged(this.#listed)
    }
    this.#rows[slot] = row
    this.#categories[slot] = row.category
    this.#listed[slot] = Number(row.isListed)
  }

  #rebuild(): void {
    const rows = this.#rows.filter((row) => row !== null)
    this.#rows = []
    this.#slots = new Map()
    this.#categories = new Uint8Array(rows.length)
    this.#listed = new Uint8Array(rows.length)
    this.#text = new TextIndex()
    this.#orders = new Map()
    for (const row of rows) this.#add(row)
  }
}

type PlainSort = Exclude<CatalogSort, 'relevance'>

interface Order {
  slots: number[]
  places: Float32Array
  /** How many slots there were then. */
  sortedUpTo: number
  isFresh: boolean
}

function rowOf({ category, description, keywords, ownerName, tags, ...row }: CatalogEntry): Row {
  const words = (...texts: string[]) => searchWords(texts.join(' ')).join(' ')
  return {
    ...row,
    category: categories.indexOf(category),
    tagIds: tags.map(({ id }) => id),
    words: {
      title: words(row.title),
      name: words(row.name),
      keywords: words(...keywords, category),
      tags: words(...tags.map(({ title }) => title)),
      owner: words(ownerName),
      description: words(description),
    },
  }
}

type Filter = (slot: number) => boolean

function enlarged(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(1024, bytes.length * 2))
  larger.set(bytes)
  return larger
}

/** Of the slots those with the highest values, in no order: as many as are wanted, and not many more. */
function highest(slots: number[], values: Float32Array, wanted: number): number[] {
  if (slots.length <= wanted) return slots
  const steps = new Uint32Array(1025)
  let highest = 0
  for (const slot of slots) highest = Math.max(highest, values[slot]!)
  const stepOf = (slot: number) => Math.floor((values[slot]! / highest) * 1024)
  for (const slot of slots) steps[stepOf(slot)]!++
  let lowest = 1024
  for (let count = steps[lowest]!; count < wanted; count += steps[lowest]!) lowest--
  return slots.filter((slot) => stepOf(slot) >= lowest)
}

const byTitle = (a: Row, b: Row) =>
  order(a.words.title, b.words.title) || b.createdAt - a.createdAt || order(a.id, b.id)
const comparisons: Record<PlainSort, (a: Row, b: Row) => number> = {
  title: byTitle,
  newest: (a, b) => b.createdAt - a.createdAt || byTitle(a, b),
  launched: (a, b) => b.launches - a.launches || byTitle(a, b),
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
