export { createKubernetesRuntime } from './kubernetes-runtime.ts'
export * from './options.ts'
