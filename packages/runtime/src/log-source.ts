import { Buffer } from 'node:buffer'
import { type LogOptions, wavePrefix } from './runtime.ts'

const newline = 10
const wave = Buffer.from(wavePrefix)
const notice = Buffer.from('# runtime: ')

/** Of a log that comes in pieces, those lines that `source` names; what is a line's beginning is passed on without its end. */
export async function* linesOfSource(
  log: AsyncIterable<Uint8Array>,
  { source = 'all', offset = 0 }: Pick<LogOptions, 'source' | 'offset'>,
): AsyncIterable<Uint8Array> {
  // Counted from the end, the first line is most likely not whole.
  const lines = source === 'all' ? null : new SourceLines(source, offset < 0)
  for await (const chunk of log) {
    const taken = lines ? lines.take(Buffer.from(chunk)) : chunk
    if (taken.length > 0) yield taken
  }
  const rest = lines?.rest()
  if (rest && rest.length > 0) yield rest
}

class SourceLines {
  readonly #source: 'app' | 'wave'
  /** What is done with the line that is under way; undecided while too little of it is known. */
  #line: 'undecided' | 'take' | 'drop'
  #undecided: Buffer = Buffer.alloc(0)

  constructor(source: 'app' | 'wave', beginsWithin: boolean) {
    this.#source = source
    this.#line = beginsWithin ? 'drop' : 'undecided'
  }

  take(chunk: Buffer): Uint8Array {
    const taken: Uint8Array[] = []
    let data = Buffer.concat([this.#undecided, chunk])
    this.#undecided = Buffer.alloc(0)
    while (data.length > 0) {
      const end = data.indexOf(newline)
      const line = end === -1 ? data : data.subarray(0, end + 1)
      if (this.#line === 'undecided' && !this.#decide(line, end !== -1)) {
        this.#undecided = line
        break
      }
      if (this.#line === 'take') taken.push(this.#begun(line))
      this.#isBegun = end === -1
      if (end !== -1) this.#line = 'undecided'
      data = data.subarray(line.length)
    }
    return Buffer.concat(taken)
  }

  /** What was too little to decide, and stays the last. */
  rest(): Uint8Array {
    return this.#source === 'app' ? this.#undecided : Buffer.alloc(0)
  }

  #isBegun = false

  #begun(line: Buffer): Buffer {
    const isMarked = !this.#isBegun && this.#source === 'wave' && beginsWith(line, wave)
    return isMarked ? line.subarray(wave.length) : line
  }

  #decide(line: Buffer, isWhole: boolean): boolean {
    const isWave = beginsWith(line, wave)
    const isNotice = beginsWith(line, notice)
    if (!isWhole && (isWave === undefined || isNotice === undefined)) return false
    this.#line = isNotice || Boolean(isWave) === (this.#source === 'wave') ? 'take' : 'drop'
    return true
  }
}

/** Undefined while the line is too short to tell. */
function beginsWith(line: Buffer, beginning: Buffer): boolean | undefined {
  if (line.length >= beginning.length) return line.subarray(0, beginning.length).equals(beginning)
  return beginning.subarray(0, line.length).equals(line) ? undefined : false
}
