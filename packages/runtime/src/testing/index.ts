export * from './in-memory-environments.ts'
export * from './in-memory-runtime.ts'
export * from './runtime-harness.ts'
export * from './test-runtime.ts'
