const mebi = 1024 ** 2
const gibi = 1024 ** 3

/** What an archive may cost. Sizes in bytes. */
export interface BundleLimits {
  maxEntries: number
  /** Sum of all entries when unpacked. */
  maxUnpackedBytes: number
  /** Unpacked to packed size, of the whole archive and of every entry above `ratioFromBytes`. */
  maxRatio: number
  ratioFromBytes: number
  maxManifestBytes: number
  maxIconBytes: number
  maxScreenshotBytes: number
  maxScreenshots: number
  /** Each of the other text files that are read: requirements, packages, long description. */
  maxTextBytes: number
}

export const defaultBundleLimits: BundleLimits = {
  maxEntries: 50_000,
  maxUnpackedBytes: 8 * gibi,
  maxRatio: 200,
  ratioFromBytes: mebi,
  maxManifestBytes: mebi,
  maxIconBytes: 2 * mebi,
  maxScreenshotBytes: 10 * mebi,
  maxScreenshots: 20,
  maxTextBytes: mebi,
}
