/** The addresses of an IPv4 range such as `10.213.0.0/16`. */
export class AddressRange {
  readonly cidr: string
  readonly count: number
  readonly #first: number

  constructor(cidr: string) {
    const block = parseBlock(cidr)
    if (!block || block.bits > 28) {
      throw new Error(`Address range ${cidr} is not of use; write an IPv4 range of 16 addresses or more, 10.213.0.0/16`)
    }
    this.cidr = `${format(block.first)}/${block.bits}`
    this.count = 2 ** (32 - block.bits)
    this.#first = block.first
  }

  address(index: number): string {
    return format(this.#first + index)
  }

  overlaps(cidr: string): boolean {
    const [own, other] = [parseBlock(this.cidr), parseBlock(cidr)]
    if (!own || !other) return false
    return own.first < other.first + 2 ** (32 - other.bits) && other.first < own.first + 2 ** (32 - own.bits)
  }
}

function parseBlock(cidr: string): { first: number; bits: number } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(cidr)
  if (!match) return undefined
  const bytes = match.slice(1, 5).map(Number)
  const bits = Number(match[5] ?? 32)
  if (bytes.some((byte) => byte > 255) || bits > 32) return undefined
  const address = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  return { first: address - (address % 2 ** (32 - bits)), bits }
}

function format(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')
}
