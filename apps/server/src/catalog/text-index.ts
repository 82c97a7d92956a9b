import SearchableMap from 'minisearch/SearchableMap'

/** Where a word stands; as bits, since one word can stand in several. */
export const textFields = { title: 1, name: 2, keywords: 4, tags: 8, owner: 16, description: 32 } as const
export type TextField = keyof typeof textFields
/** The words of each field as a search compares them, with a space between two. */
export type TextWords = Record<TextField, string>

/** A word of the title says more about what somebody looks for than one of the description. */
const weights: Record<TextField, number> = { title: 12, name: 8, keywords: 5, tags: 5, owner: 4, description: 1 }
const closeness = { same: 1, beginning: 0.5, alike: 0.3 }
/** With a mistake in a short word most words are alike. */
const [lettersPerMistake, mistakesAtMost] = [4, 2]

/** The texts that hold a word, with the fields that it stands in. */
class Postings {
  slots = new Uint32Array(2)
  fields = new Uint8Array(2)
  length = 0

  add(slot: number, fields: number): void {
    if (this.length === this.slots.length) this.#grow()
    this.slots[this.length] = slot
    this.fields[this.length++] = fields
  }

  #grow(): void {
    const [slots, fields] = [this.slots, this.fields]
    this.slots = new Uint32Array(this.length * 2)
    this.fields = new Uint8Array(this.length * 2)
    this.slots.set(slots)
    this.fields.set(fields)
  }
}

export interface TextHits {
  /** Of each slot, how well it fits; 0: it lacks a word of the search. */
  scores: Float32Array
  /** Words that were taken for a word of the search though they are written otherwise. */
  alike: string[]
}

/** A word of the texts that stands for one of the search. */
interface Candidate {
  term: string
  postings: Postings
  closeness: number
  isAlike: boolean
}

/** Which texts hold the words of a search, and how well they fit it. */
export class TextIndex {
  readonly #terms = new SearchableMap<Postings>()
  #size = 0

  /** @returns the number under which the words of the text are kept; numbers count from 0 */
  add(text: TextWords): number {
    const slot = this.#size++
    const fieldsOf = new Map<string, number>()
    for (const [field, words] of Object.entries(text) as [TextField, string][])
      for (const word of words.split(' ')) fieldsOf.set(word, (fieldsOf.get(word) ?? 0) | textFields[field])
    fieldsOf.delete('')
    for (const [word, fields] of fieldsOf) this.#terms.fetch(word, () => new Postings()).add(slot, fields)
    return slot
  }

  /**
   * The texts that hold every word or one that begins with it.
   *
   * @param fields bits of the fields that are looked through
   * @param toleratesMistakes takes words for the searched ones, too, that are written nearly like them
   */
  search(
    words: readonly string[],
    { fields, toleratesMistakes }: { fields: number; toleratesMistakes: boolean },
  ): TextHits {
    const scores = new Float32Array(this.#size)
    const best = new Float32Array(this.#size)
    const wordsFound = new Uint16Array(this.#size)
    const alike: string[] = []
    const weightOf = weightsWithin(fields)
    for (const [position, word] of words.entries()) {
      const candidates = [...this.#begunBy(word), ...(toleratesMistakes ? this.#alike(word) : [])]
      alike.push(...candidates.filter(({ isAlike }) => isAlike).map(({ term }) => term))
      const rareness = Math.log(1 + this.#size / candidates.reduce((sum, { postings }) => sum + postings.length, 0))
      for (const { postings, closeness } of candidates)
        for (let i = 0; i < postings.length; i++) {
          const slot = postings.slots[i]!
          const weight = weightOf[postings.fields[i]!]! * closeness * rareness
          if (weight === 0) continue
          if (wordsFound[slot] === position) {
            wordsFound[slot] = position + 1
            best[slot] = weight
            scores[slot]! += weight
          } else if (wordsFound[slot] === position + 1 && weight > best[slot]!) {
            scores[slot]! += weight - best[slot]!
            best[slot] = weight
          }
        }
    }
    for (let slot = 0; slot < this.#size; slot++) if (wordsFound[slot]! < words.length) scores[slot] = 0
    return { scores, alike }
  }

  *#begunBy(word: string): Iterable<Candidate> {
    for (const [term, postings] of this.#terms.atPrefix(word))
      yield {
        term,
        postings,
        closeness: term === word ? closeness.same : closeness.beginning * (0.5 + (0.5 * word.length) / term.length),
        isAlike: false,
      }
  }

  /** Words that a few letters more, less or otherwise make of it, or two that changed places. */
  #alike(word: string): Candidate[] {
    const allowed = Math.min(mistakesAtMost, Math.floor(word.length / lettersPerMistake))
    if (allowed === 0) return []
    const found = new Map<string, Candidate>()
    const add = (term: string, postings: Postings | undefined, mistakes: number) => {
      if (postings && !term.startsWith(word))
        found.set(term, { term, postings, closeness: closeness.alike / mistakes, isAlike: true })
    }
    for (const [term, [postings, mistakes]] of this.#terms.fuzzyGet(word, allowed)) add(term, postings, mistakes)
    for (const swapped of neighboursSwapped(word)) add(swapped, this.#terms.get(swapped), 1)
    return [...found.values()]
  }
}

/** By the fields that a word stands in, what it counts where only some are looked through. */
function weightsWithin(fields: number): Float32Array {
  const bits = Object.entries(textFields) as [TextField, number][]
  const sum = (mask: number) => bits.reduce((total, [field, bit]) => total + (mask & bit ? weights[field] : 0), 0)
  return Float32Array.from({ length: 2 ** bits.length }, (_, mask) => sum(mask & fields))
}

function neighboursSwapped(word: string): string[] {
  const letters = [...word]
  return letters.slice(1).map((_, i) => letters.toSpliced(i, 2, letters[i + 1]!, letters[i]!).join(''))
}
