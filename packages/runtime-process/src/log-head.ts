import { Buffer } from 'node:buffer'

/**
 * A log that grew too long keeps its bytes where they are, so that positions in it stay right: what is dropped becomes a
 * hole in the file, and a line at its very beginning says up to where. The rest of that block means nothing.
 */
export const headBlockBytes = 4096

const head = /^# runtime: the log grew too long: what stands before byte (\d{20}) was dropped\n/
export const headBytes = headOf(0).length

export function headOf(from: number): Buffer {
  const digits = String(from).padStart(20, '0')
  return Buffer.from(`# runtime: the log grew too long: what stands before byte ${digits} was dropped\n`)
}

/** Position of the first byte that is kept, from the first bytes of the file. */
export function keptFrom(beginning: Uint8Array): number {
  return Number(head.exec(Buffer.from(beginning).toString('latin1'))?.[1] ?? 0)
}

/**
 * What readers find in place of what was dropped before they came to it.
 *
 * @param isWithinLine whether the line before it has lost its end: then it begins with a line end of its own
 */
export function droppedNotice(bytes: number, isWithinLine: boolean): string {
  const notice = `# runtime: the log grew too long: ${bytes} bytes were dropped here`
  return isWithinLine ? `\n${notice}, from within a line\n` : `${notice}\n`
}
