import { z } from 'zod'
import { errorStatus, problemDetails } from './errors.ts'
import { type Bytes, isBytes, type Operation } from './operation.ts'
import { operations } from './operations.ts'

const binary = { type: 'string', contentEncoding: 'binary' }

/** The contract as an OpenAPI 3.1 document. */
export function openApiDocument(info: { version: string; serverUrl: string }): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of Object.values<Operation>(operations)) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Wave App Store', version: info.version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: info.serverUrl }],
    paths,
    components: { schemas: { Problem: schema(problemDetails, 'output') } },
  }
}

function describe(operation: Operation): object {
  return {
    operationId: operation.id,
    summary: operation.summary,
    parameters: [...parameters(operation.params, 'path'), ...parameters(operation.query, 'query')],
    ...(operation.body && { requestBody: { required: true, content: content(operation.body, 'input') } }),
    responses: { ...success(operation), ...failures(operation) },
  }
}

function success(operation: Operation): object {
  if (!operation.result) return { 204: { description: 'Done' } }
  return { [operation.status ?? 200]: { description: operation.summary, content: content(operation.result, 'output') } }
}

function failures(operation: Operation): object {
  const codes = new Set(['invalid_request', 'unauthenticated', 'internal', ...operation.errors] as const)
  const byStatus = new Map<number, string[]>()
  for (const code of codes) byStatus.set(errorStatus[code], [...(byStatus.get(errorStatus[code]) ?? []), code])
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [status, { description: names.join(', '), content: problem }]),
  )
}

function parameters(shape: z.ZodObject | undefined, place: 'path' | 'query'): object[] {
  if (!shape) return []
  const described = schema(shape, 'input') as { properties: Record<string, object>; required?: string[] }
  return Object.entries(described.properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (described.required?.includes(name) ?? false),
    schema: property,
  }))
}

function content(part: z.ZodType | Bytes, io: 'input' | 'output'): object {
  if (!isBytes(part)) return { 'application/json': { schema: schema(part, io) } }
  return Object.fromEntries(part.bytes.map((mediaType) => [mediaType, { schema: binary }]))
}

function schema(type: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...described } = z.toJSONSchema(type, { io, unrepresentable: 'any' })
  return described
}
