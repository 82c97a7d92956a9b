/**
 * Text as a search compares it: upper and lower case are the same, and so are letters with and without accents (ä and a,
 * ß and ss).
 */
export function foldText(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
}

/** The words of a text as it is written: runs of letters and digits of any script. */
export const wordPattern: RegExp = /[\p{L}\p{M}\p{N}]+/gu

/** The words of a text as a search compares them, in their order. */
export function searchWords(text: string): string[] {
  return (text.match(wordPattern) ?? []).map(foldText).filter(Boolean)
}
