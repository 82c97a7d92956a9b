import { Buffer } from 'node:buffer'

const newline = 10
/** What stands in place of what was dropped from a log that grew too long; part of no offset, unlike what it tells of. */
const dropped = /^# runtime: the log grew too long: (\d+) bytes were dropped here(, from within a line)?\n$/
const longestNotice = 160

/** Counts through an answer of a log up to where the next one has to go on. */
export class LogPosition {
  /** In bytes of the log as it was written. */
  bytes: number
  /** Whether the last line that came has its end. */
  isAtLineStart = true
  #line = Buffer.alloc(0)
  #isShort = true

  constructor(bytes: number) {
    this.bytes = bytes
  }

  pass(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      const found = chunk.indexOf(newline, at)
      const end = found === -1 ? chunk.length : found + 1
      this.#gather(chunk.subarray(at, end))
      if (found !== -1) this.#endLine()
      at = end
    }
    if (chunk.length > 0) this.isAtLineStart = chunk.at(-1) === newline
  }

  #gather(part: Uint8Array): void {
    this.bytes += part.length
    this.#isShort &&= this.#line.length + part.length <= longestNotice
    if (this.#isShort) this.#line = Buffer.concat([this.#line, part])
  }

  #endLine(): void {
    const notice = this.#isShort ? dropped.exec(this.#line.toString('latin1')) : null
    if (notice) {
      const ownLineEnd = notice[2] ? 1 : 0
      this.bytes += Number(notice[1]) - this.#line.length - ownLineEnd
    }
    this.#line = Buffer.alloc(0)
    this.#isShort = true
  }
}
