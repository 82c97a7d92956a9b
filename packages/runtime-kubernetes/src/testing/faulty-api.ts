import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'

const statuses = [
  {
    code: 409,
    reason: 'Conflict',
    message: 'the object has been modified; please apply your changes to the latest version',
  },
  { code: 429, reason: 'TooManyRequests', message: 'too many requests' },
  { code: 500, reason: 'InternalError', message: 'an error on the server has prevented the request from succeeding' },
]

export interface FaultyApi extends AsyncDisposable {
  /** Path of a kubeconfig that leads here. */
  kubeconfig: string
  /** What was answered with an error, and how many of these had taken effect. */
  readonly faults: { answered: number; effective: number; watchesCut: number }
  /** Ends all watches at this moment. */
  cutWatches(): void
  /** From now on every call but a watch fails so often, of 1. */
  share: number
}

/**
 * Stands before a real API server: of the calls that it passes on it answers a share with an error, half of these after they
 * have taken effect. Which ones is decided by a generator with a fixed beginning.
 */
export async function startFaultyApi(kubeconfig: string): Promise<FaultyApi> {
  const config = new KubeConfig()
  config.loadFromFile(kubeconfig)
  const upstream = new URL(config.getCurrentCluster()!.server)
  const watches = new Set<ServerResponse>()
  const random = generator(20_261_201)
  const api = { share: 0, faults: { answered: 0, effective: 0, watchesCut: 0 } }
  const server = createServer(async (asked, answer) => {
    const isWatch = (asked.url ?? '').includes('watch=true')
    const isStream = isWatch || (asked.url ?? '').includes('/log')
    const fault = !isStream && random() < api.share ? statuses[Math.floor(random() * statuses.length)] : undefined
    const isEffective = fault !== undefined && random() < 0.5
    if (fault && !isEffective) {
      api.faults.answered++
      asked.resume()
      return refuse(answer, fault)
    }
    if (isWatch) {
      watches.add(answer)
      answer.on('close', () => watches.delete(answer))
    }
    const passed = await passOn(upstream, asked, answer)
    if (!passed) return
    if (fault) {
      api.faults.answered++
      api.faults.effective++
      passed.resume()
      return refuse(answer, fault)
    }
    answer.writeHead(passed.statusCode ?? 502, passed.headers)
    passed.pipe(answer)
    passed.on('error', () => answer.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const directory = mkdtempSync(path.join(tmpdir(), 'faulty-api-'))
  const file = path.join(directory, 'kubeconfig')
  const { port } = server.address() as AddressInfo
  writeFileSync(file, readFileSync(kubeconfig, 'utf8').replaceAll(upstream.origin, `http://127.0.0.1:${port}`))
  return Object.assign(api, {
    kubeconfig: file,
    cutWatches() {
      api.faults.watchesCut += watches.size
      for (const watch of watches) watch.destroy()
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      rmSync(directory, { recursive: true, force: true })
    },
  })
}

async function passOn(upstream: URL, asked: IncomingMessage, answer: ServerResponse): Promise<IncomingMessage | null> {
  const chunks: Uint8Array[] = []
  for await (const chunk of asked) chunks.push(chunk as Uint8Array)
  const send = upstream.protocol === 'https:' ? httpsRequest : httpRequest
  const headers = { ...asked.headers, host: upstream.host }
  const passing = send(new URL(asked.url ?? '/', upstream), {
    method: asked.method,
    headers,
    rejectUnauthorized: false,
  })
  answer.on('close', () => passing.destroy())
  passing.end(Buffer.concat(chunks))
  try {
    const [response] = (await once(passing, 'response')) as [IncomingMessage]
    passing.on('error', () => answer.destroy())
    return response
  } catch {
    answer.destroy()
    return null
  }
}

function refuse(answer: ServerResponse, { code, reason, message }: (typeof statuses)[number]): void {
  answer.writeHead(code, { 'content-type': 'application/json' })
  answer.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message }))
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
