// The app behind every proxy: answers 1 KB, sends and takes large bodies, echoes WebSockets.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { largeBytes } from '../load/transfer.ts'

const small = Buffer.alloc(1024, 'a')
const large = Buffer.alloc(largeBytes, 'b')

const server = createServer((request, response) => {
  const body = request.url === '/large' ? large : small
  const answer = () => {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': body.byteLength })
    response.end(body)
  }
  if (request.method === 'POST') request.resume().once('end', answer)
  else answer()
})
new WebSocketServer({ server }).on('connection', (socket) =>
  socket.on('message', (message, isBinary) => socket.send(message, { binary: isBinary })),
)
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }))
process.once('disconnect', () => process.exit())
