import { foldText } from '@wave-store/contract'

/** Whether the parts together hold every word of the search, as the Catalog compares words. */
export function holdsWords(parts: (string | undefined)[], search: string): boolean {
  const text = foldText(parts.join(' '))
  return foldText(search)
    .split(/\s+/)
    .every((word) => text.includes(word))
}
