export interface LogSnapshot {
  lines: readonly string[]
  /** Lines that were dropped at the front to bound the memory; the first one shown has this number, from 0. */
  droppedCount: number
}

export interface LogBufferOptions {
  /** Lines that are kept at most. */
  maxLines: number
  /** Characters after which a line is broken, so that one without an end cannot grow for ever. */
  maxLineLength: number
}

const defaults: LogBufferOptions = { maxLines: 50_000, maxLineLength: 8_000 }

/** What a terminal would show of a line that was written over: what follows its last carriage return. */
function afterReturns(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  return text.slice(text.lastIndexOf('\r') + 1)
}

/** The last lines of a growing text. The one still being written counts as a line. */
export class LogBuffer {
  readonly #options: LogBufferOptions
  #lines: string[] = []
  #rest = ''
  #droppedCount = 0

  constructor(options: Partial<LogBufferOptions> = {}) {
    this.#options = { ...defaults, ...options }
  }

  append(text: string): void {
    const { maxLines, maxLineLength } = this.#options
    const parts = (this.#rest + text).split('\n')
    this.#rest = parts.pop() ?? ''
    while (this.#rest.length > maxLineLength) {
      parts.push(this.#rest.slice(0, maxLineLength))
      this.#rest = this.#rest.slice(maxLineLength)
    }
    for (const part of parts) {
      const line = afterReturns(part)
      for (let at = 0; at === 0 || at < line.length; at += maxLineLength)
        this.#lines.push(line.slice(at, at + maxLineLength))
    }
    const excess = this.#lines.length - maxLines
    if (excess > 0) {
      this.#lines.splice(0, excess)
      this.#droppedCount += excess
    }
  }

  snapshot(): LogSnapshot {
    const lines = this.#rest ? [...this.#lines, afterReturns(this.#rest)] : [...this.#lines]
    return { lines, droppedCount: this.#droppedCount }
  }
}
