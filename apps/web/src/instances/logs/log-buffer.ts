export interface LogSnapshot {
  lines: readonly string[]
  /** Lines that were dropped at the front to bound the memory; the first one shown has this number, from 0. */
  droppedCount: number
}

export interface LogBufferOptions {
  /** Lines that are kept at most. */
  maxLines: number
  /** Characters that are kept at most, all lines together. */
  maxChars: number
  /** Characters after which a line is broken, so that one without an end cannot grow for ever. */
  maxLineLength: number
}

const defaults: LogBufferOptions = { maxLines: 100_000, maxChars: 20_000_000, maxLineLength: 8_000 }

/** What a terminal would show of a line that was written over: what follows its last carriage return. */
function afterReturns(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  return text.slice(text.lastIndexOf('\r') + 1)
}

/** The last lines of a growing text. The one still being written counts as a line. */
export class LogBuffer {
  readonly #options: LogBufferOptions
  #lines: string[] = []
  #charCount = 0
  #rest = ''
  #droppedCount = 0

  constructor(options: Partial<LogBufferOptions> = {}) {
    this.#options = { ...defaults, ...options }
  }

  append(text: string): void {
    const { maxLineLength } = this.#options
    const parts = (this.#rest + text).split('\n')
    this.#rest = parts.pop() ?? ''
    while (this.#rest.length > maxLineLength) {
      parts.push(this.#rest.slice(0, maxLineLength))
      this.#rest = this.#rest.slice(maxLineLength)
    }
    for (const part of parts) {
      const line = afterReturns(part)
      for (let at = 0; at === 0 || at < line.length; at += maxLineLength) this.#push(line.slice(at, at + maxLineLength))
    }
    this.#drop()
  }

  snapshot(): LogSnapshot {
    const lines = this.#rest ? [...this.#lines, afterReturns(this.#rest)] : [...this.#lines]
    return { lines, droppedCount: this.#droppedCount }
  }

  #push(line: string): void {
    this.#lines.push(line)
    this.#charCount += line.length
  }

  #drop(): void {
    const { maxLines, maxChars } = this.#options
    let count = 0
    for (; this.#lines.length - count > maxLines || this.#charCount > maxChars; count += 1)
      this.#charCount -= this.#lines[count]?.length ?? 0
    if (count === 0) return
    this.#lines.splice(0, count)
    this.#droppedCount += count
  }
}
