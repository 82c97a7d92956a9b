/** What the drivers of a runtime share. */
export * from './exit-verdict.ts'
export * from './index-environment.ts'
export * from './launcher-spec.ts'
export * from './packages-of.ts'
export * from './places.ts'
export * from './sandbox-paths.ts'
export * from './shared-build.ts'
export * from './spec-problems.ts'
