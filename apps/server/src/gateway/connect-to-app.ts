import type { Socket } from 'node:net'
import { buildConnector } from 'undici'

/**
 * Connects as undici does, with one difference: an app that answers in the middle of an upload and closes (`413`) makes
 * the next write fail, which would destroy the socket together with the answer that lies unread in it. What cannot be
 * written any more is thrown away instead, and reading decides how the exchange ended.
 */
export function connectToApp(timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs })
  return (options, callback) =>
    connect(options, (...[error, socket]: buildConnector.CallbackArgs) => {
      if (error) return callback(error, null)
      keepReading(socket as Socket)
      callback(null, socket)
    })
}

function keepReading(socket: Socket): void {
  const write = socket._write.bind(socket)
  const writev = socket._writev?.bind(socket)
  let isBroken = false
  const unless = (done: (error?: Error | null) => void) => (error?: Error | null) => {
    isBroken ||= isClosedByPeer(error)
    done(isBroken ? null : error)
  }
  socket._write = (chunk, encoding, done) => (isBroken ? done() : write(chunk, encoding, unless(done)))
  if (writev) socket._writev = (chunks, done) => (isBroken ? done() : writev(chunks, unless(done)))
}

function isClosedByPeer(error: Error | null | undefined): boolean {
  return !!error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ECONNRESET')
}
