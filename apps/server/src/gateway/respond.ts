import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ErrorCode, ProblemDetails } from '@wave-store/contract'
import { endSocket } from './end-socket.ts'

/** What the gateway itself answers, in one voice: pages for people, problem details for programs. */
export interface Refusal {
  status: number
  code: ErrorCode
  detail: string
  retryAfterSeconds?: number
}

export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
}

/** Nothing of our pages comes from elsewhere, runs inline or may be framed, whatever an app's title holds. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': contentSecurityPolicy,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

export function sendPage(response: ServerResponse, page: { status: number; html: string; retryAfterSeconds?: number }) {
  const body = Buffer.from(page.html)
  response.writeHead(page.status, {
    ...pageHeaders,
    ...retryAfter(page.retryAfterSeconds),
    'Content-Length': body.byteLength,
  })
  response.end(body)
}

export function sendJson(response: ServerResponse, value: unknown) {
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': body.byteLength,
  })
  response.end(body)
}

export function sendProblem(response: ServerResponse, refusal: Refusal) {
  const body = Buffer.from(JSON.stringify(problemOf(refusal)))
  response.writeHead(refusal.status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...retryAfter(refusal.retryAfterSeconds),
    'Content-Length': body.byteLength,
  })
  response.end(body)
}

/** A page to a person, which is only made when it is needed; a problem to a program. */
export function sendRefusal(exchange: Exchange, refusal: Refusal, page: () => string) {
  const { request, response } = exchange
  if (!isNavigation(request)) return sendProblem(response, refusal)
  const { status, retryAfterSeconds } = refusal
  sendPage(response, { status, html: page(), ...(retryAfterSeconds ? { retryAfterSeconds } : {}) })
}

export function redirect(
  response: ServerResponse,
  to: { status: 302 | 307; location: string; cookies?: string[]; headers?: Record<string, string> },
) {
  response.writeHead(to.status, {
    Location: to.location,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'Content-Length': 0,
    ...to.headers,
    ...(to.cookies ? { 'Set-Cookie': to.cookies } : {}),
  })
  response.end()
}

/** Answers a WebSocket handshake that is not let through; a browser's script only sees that it failed. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal) {
  const body = JSON.stringify(problemOf(refusal))
  endSocket(
    socket,
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n` +
      'Connection: close\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\n' +
      (refusal.retryAfterSeconds ? `Retry-After: ${refusal.retryAfterSeconds}\r\n` : '') +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** Whether a person waits for a page, rather than a script for an answer. */
export function isNavigation(request: IncomingMessage): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  const mode = request.headers['sec-fetch-mode']
  return mode === undefined ? (request.headers.accept ?? '').includes('text/html') : mode === 'navigate'
}

/** A navigation of a whole tab; a redirect through the store inside a frame would lead nowhere. */
export function isTopLevelNavigation(request: IncomingMessage): boolean {
  const destination = request.headers['sec-fetch-dest']
  return isNavigation(request) && (destination === undefined || destination === 'document')
}

function problemOf(refusal: Refusal): ProblemDetails {
  return {
    type: 'about:blank',
    title: STATUS_CODES[refusal.status] ?? 'Error',
    status: refusal.status,
    code: refusal.code,
    detail: refusal.detail,
    requestId: randomUUID(),
    problems: [],
  }
}

function retryAfter(seconds: number | undefined) {
  return seconds === undefined ? {} : { 'Retry-After': seconds }
}
