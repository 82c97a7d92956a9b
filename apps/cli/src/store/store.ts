import type { Client } from '@wave-store/client'
import type { Operation } from '@wave-store/contract'

/** Path parameters, query and body of an operation that carries or returns bytes. */
export interface BytesRequest {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  headers?: Record<string, string>
  body?: BodyInit
  signal?: AbortSignal
}

/** A store with somebody signed in. */
export interface Store {
  /** Its origin. */
  endpoint: string
  /** @see createClient */
  client: Client
  /**
   * An operation that carries or returns bytes.
   *
   * @throws {StoreError} for every answer but success
   */
  send: (operation: Operation, request?: BytesRequest) => Promise<Response>
}
