import {
  type Bytes,
  isBytes,
  type Operation,
  type OperationInput,
  type OperationResult,
  operations,
  problemDetails,
} from '@wave-store/contract'
import type { z } from 'zod'
import { StoreError } from './store-error.ts'

export interface ClientOptions {
  /** Origin of the store; empty in a browser that is there already. */
  baseUrl?: string
  headers?: Record<string, string>
  fetch?: typeof fetch
}

export interface RequestOptions {
  signal?: AbortSignal
}

type Raw = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }
type JsonOperations = {
  [K in keyof typeof operations]: (typeof operations)[K] extends { body: Bytes } | { result: Bytes } ? never : K
}[keyof typeof operations]

export type Client = {
  [K in JsonOperations]: (
    ...args: unknown extends OperationInput<(typeof operations)[K]>
      ? [input?: undefined, options?: RequestOptions]
      : [input: OperationInput<(typeof operations)[K]>, options?: RequestOptions]
  ) => Promise<OperationResult<(typeof operations)[K]>>
}

/**
 * The contract as functions: `client.getApp({ params: { appId } })`. Uploads and downloads are made by the caller with
 * `urlOf` and read with `problemOf`, as progress and streaming differ by place.
 *
 * @throws {StoreError} for every answer but success, and with code `unreachable` when there was none.
 */
export function createClient(options: ClientOptions = {}): Client {
  const calls = Object.entries<Operation>(operations)
    .filter(([, operation]) => !isBytes(operation.body) && !isBytes(operation.result))
    .map(([name, operation]) => [
      name,
      (input?: Raw, request?: RequestOptions) => call(options, operation, input ?? {}, request),
    ])
  return Object.fromEntries(calls) as Client
}

async function call(
  options: ClientOptions,
  operation: Operation,
  input: Raw,
  request: RequestOptions = {},
): Promise<unknown> {
  const send = options.fetch ?? fetch
  const response = await send((options.baseUrl ?? '') + urlOf(operation, input), {
    method: operation.method,
    headers: {
      accept: 'application/json',
      ...(input.body !== undefined && { 'content-type': 'application/json' }),
      ...options.headers,
    },
    ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
    ...(request.signal && { signal: request.signal }),
  }).catch((cause: unknown) => {
    if (request.signal?.aborted) throw cause
    throw new StoreError(
      { code: 'unreachable', status: 0, detail: 'The store cannot be reached.', problems: [] },
      { cause },
    )
  })
  if (!response.ok) throw problemOf(response.status, await response.text())
  if (!operation.result) return undefined
  return readResult(operation.result as z.ZodType, response.status, await response.text())
}

/** @throws {StoreError} `unreachable` for what no store, or one of another version, has answered */
function readResult(result: z.ZodType, status: number, body: string): unknown {
  try {
    return result.parse(JSON.parse(body))
  } catch (cause) {
    throw notOfStore(status, cause)
  }
}

/** Path and query of a request, below the store's origin. */
export function urlOf(operation: Operation, input: Raw = {}): string {
  const path = operation.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name])),
  )
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(input.query ?? {}))
    if (value !== undefined && value !== '') query.set(key, String(value))
  return query.size ? `${path}?${query}` : path
}

/** The error that an unsuccessful answer stands for; an answer that is not the store's own (a proxy's page) included. */
export function problemOf(status: number, body: string): StoreError {
  try {
    return new StoreError(problemDetails.parse(JSON.parse(body)))
  } catch (cause) {
    return notOfStore(status, cause)
  }
}

function notOfStore(status: number, cause: unknown): StoreError {
  const detail = `The answer (status ${status}) is not one of the store's; something between here and there made it.`
  return new StoreError({ code: 'unreachable', status, detail, problems: [] }, { cause })
}
