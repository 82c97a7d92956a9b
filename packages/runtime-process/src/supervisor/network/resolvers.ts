import { readFileSync } from 'node:fs'
import { isIPv4 } from 'node:net'

const files = ['/etc/resolv.conf', '/run/systemd/resolve/resolv.conf', '/run/NetworkManager/no-stub-resolv.conf']

/** What a sandbox with a network of its own is told about name resolution. */
export interface Resolvers {
  addresses: string[]
  /** Content of its `/etc/resolv.conf`. */
  resolvConf: string
}

/**
 * Resolvers that another network namespace can reach: IPv4, not on loopback. Where the machine's own file names only a
 * local stub, the files that such stubs keep of their upstreams are read.
 */
export function findResolvers(read: (file: string) => string = readOrEmpty): Resolvers {
  for (const file of files) {
    const content = read(file)
    const addresses = nameservers(content).filter((address) => isIPv4(address) && !address.startsWith('127.'))
    if (addresses.length === 0) continue
    const others = content.split('\n').filter((line) => /^\s*(search|domain|options)\s/.test(line))
    const lines = [...addresses.map((address) => `nameserver ${address}`), ...others]
    return { addresses, resolvConf: `${lines.join('\n')}\n` }
  }
  return { addresses: [], resolvConf: '' }
}

function nameservers(content: string): string[] {
  return [...content.matchAll(/^\s*nameserver\s+(\S+)/gm)].map((match) => match[1] ?? '')
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
