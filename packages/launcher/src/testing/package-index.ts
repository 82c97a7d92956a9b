import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PackageIndex {
  /** With credentials, for settings such as `UV_DEFAULT_INDEX`. */
  url: string
  port: number
  [Symbol.asyncDispose](): Promise<void>
}

/** A package index on a loopback port that offers the given files, or answers everything with one status. */
export async function servePackages(files: Record<string, Uint8Array>, status = 200): Promise<PackageIndex> {
  const server = createServer((request, response) => {
    const [, kind, name] = new URL(request.url ?? '/', 'http://index').pathname.split('/')
    const names = Object.keys(files).filter((file) => file.toLowerCase().replaceAll('_', '-').startsWith(`${name}-`))
    const file = kind === 'files' ? files[name ?? ''] : undefined
    if (status !== 200) response.writeHead(status).end()
    else if (file) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file)
    else if (kind === 'simple' && names.length > 0) {
      const links = names.map((each) => `<a href="/files/${each}">${each}</a>`)
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><body>${links.join('')}</body></html>`)
    } else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/simple`,
    port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
