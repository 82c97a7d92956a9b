import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { reservedPrefix } from '../return-path.ts'

interface Asset {
  type: string
  body: Buffer
  /** Names the content, so that browsers keep it for good. */
  path: string
}

const style = readAsset('room.css', 'text/css; charset=utf-8')
const room = readAsset('room.js', 'text/javascript; charset=utf-8')
const again = readAsset('again.js', 'text/javascript; charset=utf-8')
const mark = readAsset('mark.svg', 'image/svg+xml')
const byPath = new Map([style, room, again, mark].map((asset) => [asset.path, asset]))

export const stylePath = style.path
export const roomScript = room.path
export const againScript = again.path
export const markPath = mark.path

/** Serves what our pages link to. It tells nothing about the instance, so it needs no right. */
export function sendAsset(request: IncomingMessage, response: ServerResponse): boolean {
  const asset = byPath.get(request.url!)
  if (!asset || (request.method !== 'GET' && request.method !== 'HEAD')) return false
  response.writeHead(200, {
    'Content-Type': asset.type,
    'Content-Length': asset.body.byteLength,
    'Cache-Control': 'public, max-age=31536000, immutable',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(asset.body)
  return true
}

function readAsset(name: string, type: string): Asset {
  const body = readFileSync(new URL(`./assets/${name}`, import.meta.url))
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 12)
  return { type, body, path: `${reservedPrefix}assets/${digest}/${name}` }
}
