import { readFileSync } from 'node:fs'

interface Route {
  interfaceName: string
  /** As the kernel writes them: bytes in reverse order, hexadecimal. */
  destination: string
  mask: string
}

/** The interface of the machine's default route. */
export function uplink(table = readTable()): string | undefined {
  return routes(table).find(({ destination, mask }) => destination === '00000000' && mask === '00000000')?.interfaceName
}

/** Single addresses that the machine has a route to, as it has to each sandbox of any store. */
export function singleAddresses(table = readTable()): string[] {
  const single = routes(table).filter(({ mask }) => mask === 'FFFFFFFF')
  return single.map(({ destination }) => [...Buffer.from(destination, 'hex')].reverse().join('.'))
}

function routes(table: string): Route[] {
  const rows = table.trim().split('\n').slice(1)
  return rows.map((row) => {
    const columns = row.split('\t')
    return { interfaceName: columns[0]!, destination: columns[1]!, mask: columns[7]! }
  })
}

function readTable(): string {
  return readFileSync('/proc/net/route', 'utf8')
}
