import type { Cli } from '../cli.ts'

const redrawMs = 100
const barWidth = 30

/** A bar on a terminal while bytes go by; nothing in a pipe. */
export class Progress implements Disposable {
  readonly #stderr: Cli['stderr']
  readonly #what: string
  readonly #totalBytes: number
  readonly #began = Date.now()
  #doneBytes = 0
  #drawnAt = 0

  constructor({ stderr }: Pick<Cli, 'stderr'>, what: string, totalBytes: number) {
    this.#stderr = stderr
    this.#what = what
    this.#totalBytes = totalBytes
  }

  add(bytes: number): void {
    this.#doneBytes += bytes
    const now = Date.now()
    if (now - this.#drawnAt < redrawMs && this.#doneBytes < this.#totalBytes) return
    this.#drawnAt = now
    this.#draw()
  }

  /** Takes the bar away. */
  [Symbol.dispose](): void {
    if (this.#stderr.isTTY && this.#drawnAt > 0) this.#stderr.write('\r\u001b[K')
  }

  #draw(): void {
    if (!this.#stderr.isTTY) return
    const share = this.#totalBytes === 0 ? 1 : this.#doneBytes / this.#totalBytes
    const full = Math.round(share * barWidth)
    const perSecond = this.#doneBytes / Math.max(0.1, (Date.now() - this.#began) / 1000)
    const bar = `[${'#'.repeat(full)}${'.'.repeat(barWidth - full)}]`
    const line = `${this.#what} ${bar} ${Math.floor(share * 100)} %  ${sizeOf(this.#doneBytes)} of ${sizeOf(this.#totalBytes)}  ${sizeOf(perSecond)}/s`
    this.#stderr.write(`\r${line.slice(0, (this.#stderr.columns ?? 80) - 1)}\u001b[K`)
  }
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

/** `1.5 MiB` */
export function sizeOf(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** power
  return `${power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power]}`
}
