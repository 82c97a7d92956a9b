export * from './options.ts'
export { createProcessRuntime } from './process-runtime.ts'
export { stopSupervisor } from './stop-supervisor.ts'
