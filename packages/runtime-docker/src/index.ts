export { createDockerRuntime } from './docker-runtime.ts'
export * from './options.ts'
