import { createClient, problemOf, StoreError, urlOf } from '@wave-store/client'
import type { Operation } from '@wave-store/contract'
import type { Cli } from '../cli.ts'
import { closeSettings, readSettings, type Settings, settingsPath } from '../config/config-file.ts'
import { exitCodes, Failure } from '../failure.ts'
import { parseUrl } from '../parse-url.ts'
import { type Authorization, authorizationOf } from './authorization.ts'
import { reach } from './reach.ts'
import type { BytesRequest, Store } from './store.ts'
import { unreachable } from './unreachable.ts'

/** @throws {Failure} when it is not known which store to talk to, or as whom */
export async function connect(cli: Cli): Promise<Store> {
  const settings = await loadSettings(cli)
  const endpoint = endpointOf(cli, settings)
  const authorization = authorizationOf(cli, settings)
  const ask = (url: string, init: RequestInit = {}) => authorized(cli, authorization, url, init)
  const withReason = (error: unknown) => {
    if (!(error instanceof StoreError) || error.code !== 'unreachable') throw error
    // Nothing was asked where nobody is signed in.
    throw error.cause instanceof Failure ? error.cause : unreachable(error, endpoint)
  }
  const client = createClient({ baseUrl: endpoint, fetch: (url, init) => ask(String(url), init) })
  return {
    endpoint,
    client: mapCalls(client, (call) => call.catch(withReason)),
    send: (operation, request) => send(ask, endpoint, operation, request).catch(withReason),
  }
}

/** What the file says; nothing where there is none. A file that others may read is closed to them. */
export async function loadSettings(cli: Cli): Promise<Settings> {
  const path = settingsPath(cli)
  const settings = await readSettings(path)
  if (!settings) return {}
  const wasOpen =
    settings.Token !== undefined && cli.platform !== 'win32' && (await closeSettings(path).catch(() => false))
  if (wasOpen) cli.say(`Warning: others could read ${path}; now only you can.`)
  return settings
}

/** `H2O_ENDPOINT` beats the settings. */
export function endpointOf(cli: Cli, settings: Settings): string {
  const named = cli.env.H2O_ENDPOINT || settings.Endpoint
  if (!named)
    throw new Failure('There are no settings yet: which store to talk to is not known.', {
      exitCode: exitCodes.notSignedIn,
      next: 'Run: h2o config setup',
    })
  return originOf(named)
}

/** @throws {Failure} when it is no address of the web */
export function originOf(address: string): string {
  const url = parseUrl(/^[a-z]+:\/\//i.test(address) ? address : `https://${address}`)
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Failure(`“${address}” is no address of a store.`, {
      exitCode: exitCodes.usage,
      next: 'It looks like https://store.example.com. Set it with: h2o config setup',
    })
  return url.origin
}

async function authorized(cli: Cli, authorization: Authorization, url: string, init: RequestInit): Promise<Response> {
  const ask = async (token: string | undefined) => {
    const headers = { ...(init.headers as Record<string, string>), ...(token && { authorization: `Bearer ${token}` }) }
    return reach(url, { ...init, headers, signal: signalOf(cli, init) }, cli.options.requestTimeoutMs)
  }
  const token = await authorization.token()
  const response = await ask(token)
  // A body that is a stream is used up; the token was good a moment ago.
  if (response.status !== 401 || init.body instanceof ReadableStream) return response
  const renewed = await authorization.token(token)
  if (renewed === token) return response
  await response.body?.cancel()
  return ask(renewed)
}

function signalOf(cli: Cli, init: RequestInit): AbortSignal {
  return init.signal ? AbortSignal.any([init.signal, cli.interrupted]) : cli.interrupted
}

async function send(
  ask: (url: string, init: RequestInit) => Promise<Response>,
  endpoint: string,
  operation: Operation,
  { params, query, ...init }: BytesRequest = {},
): Promise<Response> {
  const url = endpoint + urlOf(operation, { ...(params && { params }), ...(query && { query }) })
  const duplex = init.body instanceof ReadableStream ? { duplex: 'half' } : {}
  const response = await ask(url, { method: operation.method, ...init, ...duplex }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    throw new StoreError(
      { code: 'unreachable', status: 0, detail: 'The store cannot be reached.', problems: [] },
      { cause },
    )
  })
  if (!response.ok) throw problemOf(response.status, await response.text())
  return response
}

/** The same functions, with something done to what each returns. */
function mapCalls<C extends object>(client: C, after: (call: Promise<unknown>) => Promise<unknown>): C {
  const calls = Object.entries(client) as [string, (...args: unknown[]) => Promise<unknown>][]
  return Object.fromEntries(calls.map(([name, call]) => [name, (...args: unknown[]) => after(call(...args))])) as C
}
