import { foldText, wordPattern } from '@wave-store/contract'

export interface Searched {
  /** Words of the search, folded. */
  words: readonly string[]
  /** Words that were taken for one of them, whole. */
  alike: readonly string[]
}

/** The text in pieces: what a search found in it, as far as that is the beginning of a word or one written alike, and the rest. */
export function highlight(text: string, { words, alike }: Searched): { text: string; isFound: boolean }[] {
  const pieces: { text: string; isFound: boolean }[] = []
  let end = 0
  for (const { 0: word, index } of text.matchAll(wordPattern)) {
    const length = foundLength(word, { words, alike })
    if (length === 0) continue
    if (index > end) pieces.push({ text: text.slice(end, index), isFound: false })
    pieces.push({ text: text.slice(index, index + length), isFound: true })
    end = index + length
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isFound: false })
  return pieces
}

function foundLength(word: string, { words, alike }: Searched): number {
  const folded = foldText(word)
  if (alike.includes(folded)) return word.length
  const beginnings = words.filter((one) => folded.startsWith(one)).map((one) => one.length)
  if (beginnings.length === 0) return 0
  // Where folding changed the length, letters cannot be told apart.
  return folded.length === word.length ? Math.max(...beginnings) : word.length
}
