import type { Manifest } from '../manifest/manifest.ts'
import type { Problem } from '../problem.ts'

export interface BundleImage {
  /** Path in the archive. */
  entry: string
  /** As its content says, whatever its name. */
  mediaType: ImageMediaType
}

export type ImageMediaType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'

export interface BundleReport {
  problems: Problem[]
  /** Present when app.toml could be read, whatever else is wrong; refused fields hold their defaults. */
  manifest?: Manifest
  manifestText?: string
  /** Files and symbolic links, in the archive's order. */
  entries: { path: string; sizeBytes: number }[]
  icon?: BundleImage
  /** Ordered by name. */
  screenshots: BundleImage[]
  longDescriptionMarkdown?: string
  /** The text of requirements.txt. */
  requirements?: string
  /** The names in packages.txt. */
  osPackages: string[]
  unpackedBytes: number
  /** No problem is an error. */
  accepted: boolean
}
