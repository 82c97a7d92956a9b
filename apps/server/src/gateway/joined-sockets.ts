import type { Duplex } from 'node:stream'

/** How long one side may stay open after the other has said its last. */
const halfOpenMs = 10_000

/**
 * Carries bytes between two sockets until either breaks, or both have ended. `onEnd` is called once; both are
 * destroyed by then.
 */
export function joinSockets(client: Duplex, app: Duplex, onEnd: () => void): { close(): void } {
  let grace: NodeJS.Timeout | undefined
  let isOpen = true
  const close = () => {
    if (!isOpen) return
    isOpen = false
    clearTimeout(grace)
    client.destroy()
    app.destroy()
    onEnd()
  }
  const carry = (from: Duplex, to: Duplex) => {
    from.once('error', close)
    from.once('end', () => {
      grace ??= setTimeout(close, halfOpenMs).unref()
    })
    from.once('close', () => {
      if (!from.readableEnded || to.destroyed) close()
    })
    from.pipe(to)
  }
  carry(client, app)
  carry(app, client)
  return { close }
}
