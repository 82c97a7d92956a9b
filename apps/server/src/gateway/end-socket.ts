import type { Duplex } from 'node:stream'

/** How long a client may take to read its last answer and to close. */
const closingMs = 2_000

/** Says the last word on a connection. A client that does not close its side then is not waited for without end. */
export function endSocket(socket: Duplex, lastWords = ''): void {
  const timer = setTimeout(() => socket.destroy(), closingMs).unref()
  socket.once('close', () => clearTimeout(timer))
  socket.end(lastWords)
}
