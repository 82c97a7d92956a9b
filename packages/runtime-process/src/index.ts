export { InstanceData, type KeptPart, PartGone } from './instance-data/instance-data.ts'
export * from './options.ts'
export { createProcessRuntime } from './process-runtime.ts'
export { stopSupervisor } from './stop-supervisor.ts'
