// Makes the load that wrk cannot: WebSockets and large bodies.
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { WebSocket } from 'ws'
import { largeBytes, type Target, type Transfer, type Transferred } from './transfer.ts'

const message = Buffer.alloc(100, 'm')
const large = Buffer.alloc(largeBytes, 'u')

process.on('message', async (transfer: Transfer) => process.send!(await run(transfer)))
process.once('disconnect', () => process.exit())
process.send!({})

async function run(transfer: Transfer): Promise<Transferred> {
  if (transfer.kind === 'echo') return echo(transfer)
  using agent = disposable(new Agent({ keepAlive: true, maxSockets: transfer.connections }))
  const begun = performance.now()
  await Promise.all(Array.from({ length: transfer.times }, () => carry(transfer.kind, transfer.target, agent.value)))
  return { count: transfer.times, elapsedMs: performance.now() - begun }
}

async function echo({ target, connections, durationMs }: Extract<Transfer, { kind: 'echo' }>): Promise<Transferred> {
  const { port, headers } = target
  const sockets = Array.from({ length: connections }, () => new WebSocket(`ws://127.0.0.1:${port}/echo`, { headers }))
  await Promise.all(sockets.map((socket) => once(socket, 'open')))
  let count = 0
  const begun = performance.now()
  const end = begun + durationMs
  const rounds = sockets.map(
    (socket) =>
      new Promise<void>((resolve, reject) => {
        socket.on('error', reject).on('close', () => reject(new Error('A WebSocket was closed')))
        socket.on('message', () => {
          count++
          if (performance.now() < end) socket.send(message)
          else resolve()
        })
        socket.send(message)
      }),
  )
  await Promise.all(rounds)
  const elapsedMs = performance.now() - begun
  for (const socket of sockets) socket.removeAllListeners('close').terminate()
  return { count, elapsedMs }
}

async function carry(kind: 'down' | 'up', { port, headers }: Target, agent: Agent): Promise<void> {
  const method = kind === 'up' ? 'POST' : 'GET'
  const path = kind === 'up' ? '/small' : '/large'
  const length = kind === 'up' ? { 'content-length': largeBytes } : {}
  const outgoing = request({ host: '127.0.0.1', port, method, path, agent, headers: { ...headers, ...length } })
  outgoing.end(kind === 'up' ? large : undefined)
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  let received = 0
  response.on('data', (chunk: Buffer) => {
    received += chunk.byteLength
  })
  await once(response, 'end')
  const isWhole = received === (kind === 'up' ? 1024 : largeBytes)
  if (response.statusCode !== 200 || !isWhole) throw new Error(`${kind}: ${response.statusCode}, ${received} bytes`)
}

function disposable(agent: Agent) {
  return { value: agent, [Symbol.dispose]: () => agent.destroy() }
}
