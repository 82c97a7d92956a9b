import { fileURLToPath } from 'node:url'
import * as contract from '@wave-store/contract'
import type { Plugin } from 'vite'

const source = '@wave-store/contract'
const moduleId = `\0${source}`

/** What of the contract is plain code; it imports no schemas. */
const codeFiles = ['search-words.ts', 'failure-advice.ts', 'operation.ts']

/**
 * The contract as the page needs it: operations with their addresses, constants, and functions. The schemas stay with the
 * server, which checks every answer before it sends it; with them the first page would be half as large again.
 */
export function contractWithoutSchemas(): Plugin {
  return {
    name: 'contract-without-schemas',
    enforce: 'pre',
    resolveId: (id) => (id === source ? moduleId : undefined),
    load: (id) => (id === moduleId ? codeOf() : undefined),
  }
}

function codeOf(): string {
  const folder = import.meta.resolve(source)
  const operations = Object.entries(contract.operations).map(
    ([name, operation]) => `${name}: ${withoutSchemas(operation)}`,
  )
  const ownExports = Object.entries(contract.operations)
    .filter(([name, operation]) => (contract as Record<string, unknown>)[name] === operation)
    .map(([name]) => `export const ${name} = operations.${name}`)
  const constants = Object.entries(contract)
    .filter(([, value]) => isConstant(value))
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`)
  return [
    ...codeFiles.map((file) => `export * from ${JSON.stringify(fileURLToPath(new URL(file, folder)))}`),
    'const asItCame = { parse: (answer) => answer }',
    `export const operations = { ${operations.join(',\n')} }`,
    ...ownExports,
    ...constants,
    // What no store has sent is no problem of its: a proxy's page, for one.
    "export const problemDetails = { parse(answer) { if (typeof answer?.code !== 'string') throw new TypeError('No problem details'); return answer } }",
  ].join('\n')
}

function withoutSchemas({ id, method, path, status, body, result }: contract.Operation): string {
  const bytes = (part: unknown) => JSON.stringify({ bytes: (part as contract.Bytes).bytes })
  const parts = [
    ...Object.entries({ id, method, path, status }).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    ...(contract.isBytes(body) ? [`body: ${bytes(body)}`] : []),
    ...(result ? [`result: ${contract.isBytes(result) ? bytes(result) : 'asItCame'}`] : []),
  ]
  return `{ ${parts.filter((part) => !part.endsWith('undefined')).join(', ')} }`
}

function isConstant(value: unknown): boolean {
  if (['string', 'number', 'boolean'].includes(typeof value)) return true
  return Array.isArray(value) && value.every(isConstant)
}
