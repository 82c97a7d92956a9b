import type { Server } from 'node:http'
import { appOf } from './open-gateway.ts'

/** An app that answers with everything that it received. */
export function mirror(): Server {
  return appOf(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method, url, rawHeaders } = request
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ method, url, headers: pairsOf(rawHeaders), body }))
  })
}

export function pairsOf(raw: string[]): [string, string][] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1]!]] : []))
}

/** What an app received, by lower-case name. */
export const seen = (body: string) =>
  JSON.parse(body) as { method: string; url: string; headers: [string, string][]; body: string }
export const valuesOf = (body: string, name: string) =>
  seen(body)
    .headers.filter(([key]) => key === name)
    .map(([, value]) => value)
