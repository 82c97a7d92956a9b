import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { WebSocket } from 'ws'
import { hashToken, newToken } from '../../token.ts'
import type { Scene } from './access-attempts.ts'

/** A page of the instance, with a ticket that the person got while they were welcome. */
export async function openInstance(scene: Scene): Promise<number> {
  const { port, headers } = await addressOf(scene)
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    })
      .on('error', reject)
      .end()
  })
}

/** A WebSocket to the instance, with such a ticket; 200 stands for one that opened. */
export async function openWebSocket(scene: Scene): Promise<number> {
  const { port, headers } = await addressOf(scene)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/_s/`, { headers })
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      socket.terminate()
      resolve(200)
    })
    socket.on('unexpected-response', (_request, response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    socket.on('error', reject)
  })
}

/** The way through the store on which a browser gets a ticket; 401 stands for being sent to sign in. */
export async function enterInstance({ world, who, things }: Scene): Promise<number> {
  const query = new URLSearchParams({ instance: things.instanceId, nonce: hashToken('nonce'), return_to: '/' })
  const response = await fetch(`${world.store.origin}/auth/instance?${query}`, {
    redirect: 'manual',
    headers: { cookie: String(who?.cookies ?? '') },
  })
  await response.arrayBuffer()
  const location = response.headers.get('location')
  if (location?.startsWith('/auth/sign-in')) return 401
  return location?.includes(things.instanceId) ? 200 : response.status
}

async function addressOf({ world, who, things: { instanceId } }: Scene) {
  const { host, port } = new URL(world.store.origin)
  const { tickets } = world.store.store.context
  const cookies: Record<string, string> = {}
  if (who) {
    const nonce = newToken()
    const sessionToken = /__Host-wave-session=([^;]+)/.exec(String(who.cookies))![1]!
    const nonceHash = createHash('sha256').update(nonce).digest('base64url')
    const code = await tickets.issueCode({ sessionToken, instanceId, nonceHash })
    cookies.cookie = `__Host-wave-ticket=${(await tickets.redeem({ code, instanceId, nonce }))!.ticket}`
  }
  return { port, headers: { host: `${instanceId}.${host}`, ...cookies } }
}
