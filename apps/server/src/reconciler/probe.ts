import { type IncomingMessage, request } from 'node:http'

/** Whether an HTTP server at the address answers a GET of the path with anything at all, within the time. */
export function answers(address: { host: string; port: number }, path: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request({ ...address, path, agent: false, timeout: timeoutMs }, (response: IncomingMessage) => {
      resolve(true)
      response.destroy()
    })
    probe.on('timeout', () => probe.destroy())
    probe.on('error', () => resolve(false))
    probe.end()
  })
}
