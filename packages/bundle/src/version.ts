/** The pattern that semver.org publishes, parts in groups. */
const semver =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$/
/** The same with one to three numbers, leading zeros allowed. */
const loose =
  /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?(\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/

export const maxVersionLength = 128

/** Whether the text is a semantic version whose numbers other tools can hold too. */
export function isVersion(text: string): boolean {
  return text.length <= maxVersionLength && semver.test(text) && !hasHugeNumber(text)
}

/** Whether a number in it, build metadata aside, is beyond what JavaScript and JSON hold exactly. */
export function hasHugeNumber(text: string): boolean {
  const [core = '', ...prerelease] = rankKey(text).split('-')
  return [...core.split('.'), ...prerelease.join('-').split('.')].some(
    (part) => /^\d+$/.test(part) && BigInt(part) > BigInt(Number.MAX_SAFE_INTEGER),
  )
}

/** Completes `1.7` to `1.7.0` and drops leading zeros (`0.1.01`); undefined when that does not make it a version. */
export function normaliseVersion(text: string): string | undefined {
  const match = text.length <= maxVersionLength ? loose.exec(text) : null
  if (!match) return undefined
  const [, major, minor = '0', patch = '0', prerelease, build = ''] = match
  const core = [major!, minor, patch].map(withoutZeros).join('.')
  const suffix = prerelease === undefined ? '' : `-${prerelease.split('.').map(withoutZeros).join('.')}`
  const version = `${core}${suffix}${build}`
  return isVersion(version) ? version : undefined
}

function withoutZeros(part: string): string {
  return /^\d+$/.test(part) ? part.replace(/^0+(?=\d)/, '') : part
}

/**
 * Order by rank as semver.org defines it: negative when `a` is the older one, 0 when they differ in build metadata at
 * most. Exact for numbers of any size.
 *
 * @throws {TypeError} when one is not a semantic version.
 */
export function compareVersions(a: string, b: string): number {
  const left = split(a)
  const right = split(b)
  for (let index = 0; index < 3; index++) {
    const order = compareNumbers(left.core[index]!, right.core[index]!)
    if (order !== 0) return order
  }
  if (!left.prerelease || !right.prerelease) return Number(Boolean(right.prerelease)) - Number(Boolean(left.prerelease))
  return comparePrereleases(left.prerelease, right.prerelease)
}

/** Of each name the newest version, names in the order in which they came. */
export function newestOfEach<T extends { name: string; version: string }>(versions: readonly T[]): T[] {
  const newest = new Map<string, T>()
  for (const version of versions) {
    const known = newest.get(version.name)
    if (!known || compareVersions(version.version, known.version) > 0) newest.set(version.name, version)
  }
  return [...newest.values()]
}

/** Whether two versions have equal rank: only one of them can exist. */
export function sameRank(a: string, b: string): boolean {
  return compareVersions(a, b) === 0
}

/** What two versions of equal rank share: the version without its build metadata. For uniqueness, not for order. */
export function rankKey(version: string): string {
  return version.split('+', 1)[0]!
}

function split(version: string): { core: string[]; prerelease?: string[] } {
  const match = semver.exec(version)
  if (!match) throw new TypeError(`${version} is not a semantic version`)
  const [, major, minor, patch, prerelease] = match
  return { core: [major!, minor!, patch!], ...(prerelease !== undefined && { prerelease: prerelease.split('.') }) }
}

function comparePrereleases(left: string[], right: string[]): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = compareIdentifiers(left[index]!, right[index]!)
    if (order !== 0) return order
  }
  return Math.sign(left.length - right.length)
}

function compareIdentifiers(left: string, right: string): number {
  const isLeftNumber = /^\d+$/.test(left)
  const isRightNumber = /^\d+$/.test(right)
  if (isLeftNumber && isRightNumber) return compareNumbers(left, right)
  if (isLeftNumber !== isRightNumber) return isLeftNumber ? -1 : 1
  return left < right ? -1 : left > right ? 1 : 0
}

/** Without leading zeros, the longer number is the larger. */
function compareNumbers(left: string, right: string): number {
  if (left.length !== right.length) return left.length < right.length ? -1 : 1
  return left < right ? -1 : left > right ? 1 : 0
}
