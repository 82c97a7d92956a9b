/** An amount as Kubernetes writes it, exact to one billionth. */
export interface Quantity {
  nanos: bigint
  /** Rounded up, as Kubernetes does where only whole units exist. */
  bytes: bigint
  millis: bigint
}

const pattern = /^([+-]?)(\d+)?(?:\.(\d*))?(?:(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)|[eE]([+-]?\d+))?$/
const decimalExponents: Record<string, number> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
const binarySuffixes = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
/** Longer texts and larger exponents mean nothing, and would only cost time. */
const maxLength = 40
const maxExponent = 30

/** Reads `512Mi`, `1.5Gi`, `250m`, `1e3`; undefined when the text is no quantity. No floating point is involved. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = text.length <= maxLength ? pattern.exec(text) : null
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', suffix = '', exponentText] = match
  if (whole === '' && fraction === '') return undefined
  const exponent = exponentText === undefined ? (decimalExponents[suffix] ?? 0) : Number(exponentText)
  if (Math.abs(exponent) > maxExponent) return undefined
  const binary = 1024n ** BigInt(binarySuffixes.indexOf(suffix) + 1)

  const scale = exponent + 9 - fraction.length
  const digits = BigInt(whole + fraction) * binary
  const magnitude = scale >= 0 ? digits * 10n ** BigInt(scale) : divideUp(digits, 10n ** BigInt(-scale))
  const nanos = sign === '-' ? -magnitude : magnitude
  return { nanos, bytes: divideUp(nanos, 1_000_000_000n), millis: divideUp(nanos, 1_000_000n) }
}

function divideUp(value: bigint, by: bigint): bigint {
  const quotient = value / by
  return value > 0n && quotient * by !== value ? quotient + 1n : quotient
}
