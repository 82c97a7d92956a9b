import type { RuntimeVersionRules } from './runtime-version.ts'
import { defaultRuntimeVersionRules } from './runtime-version.ts'

/** What an operator may decide about manifests. */
export interface ManifestRules {
  /** Refuse versions that are not semantic as they stand, instead of completing `1.7` to `1.7.0`. */
  strictVersions: boolean
  runtimeVersions: RuntimeVersionRules
  /** Refuse a runtime version that nobody offers, instead of taking the default with a warning. */
  strictRuntimeVersion: boolean
  /** Images that containers may be made of; `*` stands for any run of characters. undefined: decided at launch. */
  imagePatterns?: string[]
}

export const defaultManifestRules: ManifestRules = {
  strictVersions: false,
  runtimeVersions: defaultRuntimeVersionRules,
  strictRuntimeVersion: false,
}
