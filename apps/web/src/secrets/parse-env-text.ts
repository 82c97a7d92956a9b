const line = /^[^\S\n]*(?:export[^\S\n]+)?([A-Za-z0-9_.-]+)[^\S\n]*=[^\S\n]*/
const quoted = { '"': /"((?:[^"\\]|\\[\s\S])*)"/y, "'": /'([^']*)'/y }
const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t' }

/**
 * Keys and values of `.env` text, in its order: `KEY=value`, with or without `export`, comments, and values in quotes,
 * which may go over several lines. Of two with one key the last counts.
 */
export function parseEnvText(text: string): { key: string; value: string }[] {
  const found = new Map<string, string>()
  let rest = text.replaceAll('\r\n', '\n')
  while (rest !== '') {
    const match = line.exec(rest)
    if (!match) {
      rest = afterLine(rest)
      continue
    }
    rest = rest.slice(match[0].length)
    const { value, length } = readValue(rest)
    found.delete(match[1]!)
    found.set(match[1]!, value)
    rest = afterLine(rest.slice(length))
  }
  return [...found].map(([key, value]) => ({ key, value }))
}

function readValue(text: string): { value: string; length: number } {
  const quote = text[0]
  if (quote === '"' || quote === "'") {
    const pattern = quoted[quote]
    pattern.lastIndex = 0
    const match = pattern.exec(text)
    if (match) {
      const value =
        quote === '"' ? match[1]!.replace(/\\([\s\S])/g, (_, one: string) => escapes[one] ?? one) : match[1]!
      return { value, length: match[0].length }
    }
  }
  const [whole = ''] = text.split('\n', 1)
  return { value: whole.replace(/(^|\s)#.*$/, '').trim(), length: whole.length }
}

function afterLine(text: string): string {
  const end = text.indexOf('\n')
  return end === -1 ? '' : text.slice(end + 1)
}
