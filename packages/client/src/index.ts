export * from './client.ts'
export * from './store-error.ts'
