import type { Readable } from 'node:stream'

const longestLine = 1 << 20

/**
 * Calls `onLine` for each line of JSON; what is not JSON, and what follows a line of more than 1 MiB, is passed over:
 * the other side is not trusted to speak well.
 */
export function eachLine(stream: Readable, onLine: (value: unknown) => void, longest = longestLine): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('error', () => {})
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longest) return stream.destroy()
    for (const line of lines) {
      const value = parse(line)
      if (value !== undefined) onLine(value)
    }
  })
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
