export * from './log-source.ts'
export * from './runtime.ts'
