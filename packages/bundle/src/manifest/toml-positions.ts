import { parse } from 'smol-toml'

export interface TomlPosition {
  /** Offset into the text; tells what comes first. */
  offset: number
  /** 1-based. */
  line: number
  column: number
}

/** Keys, and for lists the number of the element, from the root of the document. */
export type TomlPath = readonly (string | number)[]

export interface TomlPositions {
  /** Where the key, the table's header or the list's element first stands. */
  find(path: TomlPath): TomlPosition | undefined
}

/**
 * Finds where every key of a document stands, which the parser does not tell.
 *
 * @param text a document that the parser has accepted, without byte order mark.
 */
export function indexTomlPositions(text: string): TomlPositions {
  const lineStarts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1)
  const offsets = new TomlScanner(text).scan()
  return {
    find(path) {
      const offset = offsets.get(pathKey(path))
      if (offset === undefined) return undefined
      const line = lineOf(lineStarts, offset)
      return { offset, line: line + 1, column: offset - lineStarts[line]! + 1 }
    },
  }
}

/** Index of the last line that starts at or before the offset. */
function lineOf(lineStarts: number[], offset: number): number {
  let low = 0
  let high = lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (lineStarts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return low
}

function pathKey(path: TomlPath): string {
  return JSON.stringify(path)
}

/** Deeper paths are not kept: nobody asks for them, and a long dotted key would cost the square of its length. */
const maxDepth = 5

function below(path: TomlPath | undefined, key: string | number): TomlPath | undefined {
  return path && path.length < maxDepth ? [...path, key] : undefined
}

/** Walks over a valid document; what is not a key is only skipped. */
class TomlScanner {
  private readonly text: string
  private at = 0
  private readonly offsets = new Map<string, number>()
  /** How often each `[[list]]` was opened. */
  private readonly listLengths = new Map<string, number>()

  constructor(text: string) {
    this.text = text
  }

  scan(): Map<string, number> {
    let table: TomlPath | undefined = []
    for (this.skipBlank(); this.at < this.text.length; this.skipBlank()) {
      if (this.text[this.at] === '[') table = this.readHeader()
      else this.readPair(table)
    }
    return this.offsets
  }

  private readHeader(): TomlPath | undefined {
    const isList = this.text.startsWith('[[', this.at)
    this.at += isList ? 2 : 1
    this.skipBlank()
    const offset = this.at
    const keys = this.readKeys()
    this.at = this.text.indexOf(']', this.at) + (isList ? 2 : 1)
    let path: TomlPath | undefined = []
    for (const [index, key] of keys.entries()) {
      path = below(path, key)
      if (!path) return undefined
      this.note(path, offset)
      const list = pathKey(path)
      if (isList && index === keys.length - 1) this.listLengths.set(list, (this.listLengths.get(list) ?? 0) + 1)
      const length = this.listLengths.get(list)
      if (length !== undefined) path = below(path, length - 1)
    }
    this.note(path, offset)
    return path
  }

  private readPair(table: TomlPath | undefined): void {
    const offset = this.at
    let path = table
    for (const key of this.readKeys()) {
      path = below(path, key)
      this.note(path, offset)
    }
    this.at = this.text.indexOf('=', this.at) + 1
    this.skipBlank()
    this.skipValue(path)
  }

  private note(path: TomlPath | undefined, offset: number): void {
    if (!path) return
    const key = pathKey(path)
    if (!this.offsets.has(key)) this.offsets.set(key, offset)
  }

  /** A bare, quoted or dotted key; stops behind it. */
  private readKeys(): string[] {
    const start = this.at
    const pattern = /[ \t]*(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*(\.?)/y
    for (let dotted = true; dotted; ) {
      pattern.lastIndex = this.at
      const match = pattern.exec(this.text)
      if (!match) break
      this.at = pattern.lastIndex
      dotted = match[1] === '.'
    }
    const raw = this.text.slice(start, this.at).trim()
    return /["']/.test(raw) ? quotedKeys(raw) : raw.split('.').map((key) => key.trim())
  }

  private skipValue(path: TomlPath | undefined): void {
    const first = this.text[this.at]
    if (first === '"' || first === "'") this.skipString(first)
    else if (first === '[') this.skipArray(path)
    else if (first === '{') this.skipInlineTable(path)
    else this.at = this.indexOfAny(/[,\]}\n#]/g)
  }

  private skipString(quote: string): void {
    const fence = quote.repeat(3)
    const isLong = this.text.startsWith(fence, this.at)
    let end = this.at + (isLong ? 3 : 1)
    while (end < this.text.length) {
      if (quote === '"' && this.text[end] === '\\') end += 2
      else if (!this.text.startsWith(isLong ? fence : quote, end)) end += 1
      else break
    }
    end += isLong ? 3 : 1
    // Up to two quotes may stand right before the closing fence.
    while (isLong && this.text[end] === quote) end += 1
    this.at = end
  }

  private skipArray(path: TomlPath | undefined): void {
    this.at += 1
    this.skipBlank()
    for (let index = 0; this.at < this.text.length && this.text[this.at] !== ']'; index++) {
      this.note(below(path, index), this.at)
      this.skipValue(below(path, index))
      this.skipSeparator()
    }
    this.at += 1
  }

  private skipInlineTable(path: TomlPath | undefined): void {
    this.at += 1
    this.skipBlank()
    while (this.at < this.text.length && this.text[this.at] !== '}') {
      this.readPair(path)
      this.skipSeparator()
    }
    this.at += 1
  }

  private skipSeparator(): void {
    this.skipBlank()
    if (this.text[this.at] === ',') this.at += 1
    this.skipBlank()
  }

  /** Blanks, line ends and comments. */
  private skipBlank(): void {
    const pattern = /(?:[ \t\r\n]+|#[^\n]*)*/y
    pattern.lastIndex = this.at
    pattern.exec(this.text)
    this.at = pattern.lastIndex
  }

  private indexOfAny(pattern: RegExp): number {
    pattern.lastIndex = this.at
    return pattern.exec(this.text)?.index ?? this.text.length
  }
}

/** The parser itself knows best what quotes and escapes mean. */
function quotedKeys(raw: string): string[] {
  const keys: string[] = []
  let value: unknown = parse(`${raw} = 0`)
  while (typeof value === 'object' && value !== null) {
    const key = Object.keys(value)[0]!
    keys.push(key)
    value = (value as Record<string, unknown>)[key]
  }
  return keys
}
