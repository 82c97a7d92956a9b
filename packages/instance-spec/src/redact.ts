/** Shorter values are words like `true`, or numbers: to blank them everywhere would hide much and protect nothing. */
const shortest = 4
const blank = '•••'
const pieceLength = 64
const pieces = new RegExp(`[^]{1,${pieceLength}}`, 'g')

/** The forms in which a message may quote the value: as it is, by its lines, and escaped as Python, JSON and URLs do. */
export function quotesOf(value: string): string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim())
  const forms = [value, value.trim(), ...lines].flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
  ])
  return [...new Set(forms.flatMap(inPieces))].filter((form) => form.length >= shortest)
}

/** A message may end in the middle of a long quote. */
function inPieces(form: string): string[] {
  return form.length <= 2 * pieceLength ? [form] : (form.match(pieces) ?? [])
}

/** The text with a mark in place of every quote of a value. */
export function redact(text: string, quotes: Iterable<string>): string {
  const longestFirst = [...quotes].sort((a, b) => b.length - a.length)
  return longestFirst.reduce((rest, quote) => rest.replaceAll(quote, blank), text)
}
