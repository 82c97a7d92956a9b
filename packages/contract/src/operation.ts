import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'

/** What a request carries or an answer returns when it is not JSON. */
export interface Bytes {
  bytes: readonly [string, ...string[]]
}

/** What an API token may be made for; `read` is every look, the others are changes. */
export const tokenScopes = ['read', 'apps', 'instances', 'admin'] as const
export type TokenScope = (typeof tokenScopes)[number]

/** One thing a caller can ask of the store. The server mounts it, the client calls it, OpenAPI is made from it. */
export interface Operation {
  /** `noun.verb`, unique. */
  id: string
  summary: string
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the store's origin; parameters as `:name`. */
  path: string
  /** What an API token needs for it; `self`: sessions and signed-in programs only, no API token. */
  scope: TokenScope | 'self'
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType | Bytes
  /** Absent: 204, no content. */
  result?: z.ZodType | Bytes
  /** Status of success when it is not 200 (or 204 without a result). */
  status?: 201 | 202
  /** Besides `invalid_request`, `unauthenticated` and `internal`, which any operation may answer. */
  errors: readonly ErrorCode[]
  /** Readable without signing in. */
  anonymous?: boolean
}

export function isBytes(part: z.ZodType | Bytes | undefined): part is Bytes {
  return part !== undefined && 'bytes' in part
}

export function operation<const O extends Operation>(definition: O): O {
  return definition
}

type Input<T> = T extends z.ZodType ? z.input<T> : never
type Output<T> = T extends z.ZodType ? z.output<T> : never

/** What a caller passes: path parameters, query and JSON body side by side. */
export type OperationInput<O extends Operation> = (O['params'] extends z.ZodObject
  ? { params: Input<O['params']> }
  : unknown) &
  (O['query'] extends z.ZodObject ? { query?: Input<O['query']> } : unknown) &
  (O['body'] extends z.ZodType ? { body: Input<O['body']> } : unknown)

/** What a handler receives: the same, after parsing. */
export type ParsedInput<O extends Operation> = {
  params: O['params'] extends z.ZodObject ? Output<O['params']> : Record<string, never>
  query: O['query'] extends z.ZodObject ? Output<O['query']> : Record<string, never>
  body: O['body'] extends z.ZodType ? Output<O['body']> : undefined
}

export type OperationResult<O extends Operation> = O['result'] extends z.ZodType ? Output<O['result']> : undefined
/** What a handler returns, before the contract checks it; nothing where there is no result or the handler sends bytes. */
// biome-ignore lint/suspicious/noConfusingVoidType: it stands for what an async function returns
export type OperationAnswer<O extends Operation> = O['result'] extends z.ZodType ? Input<O['result']> : void
