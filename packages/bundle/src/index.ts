export { type BundleLimits, defaultBundleLimits } from './archive/limits.ts'
export type { BundleImage, BundleReport, ImageMediaType } from './archive/report.ts'
export * from './manifest/manifest.ts'
export { parseQuantity, type Quantity } from './manifest/quantity.ts'
export { type ManifestReading, readManifest } from './manifest/read-manifest.ts'
export { defaultManifestRules, type ManifestRules } from './manifest/rules.ts'
export {
  defaultRuntimeVersionRules,
  type ResolvedRuntimeVersion,
  type RuntimeVersionRules,
  resolveRuntimeVersion,
} from './manifest/runtime-version.ts'
export { setVersion } from './manifest/set-version.ts'
export { matchesWildcard } from './manifest/wildcard.ts'
export { hasErrors, type Place, type Problem, type ProblemCode, problemCodes } from './problem.ts'
export { compareVersions, isVersion, newestOfEach, normaliseVersion, rankKey, sameRank } from './version.ts'
