import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Dispatcher } from 'undici'
import { isConnectionLost, reasonOf, refusalOf } from './app-failure.ts'
import { appRequestHeaders } from './app-request-headers.ts'
import { appResponseHeaders } from './app-response-headers.ts'
import type { GatewayScope } from './gateway-scope.ts'
import type { OpenConnection } from './open-connections.ts'
import { plainPage } from './pages/plain-page.ts'
import { decodeHeaders } from './raw-headers.ts'
import { noSuchInstance, notAnswering } from './refusals.ts'
import { RequestBody } from './request-body.ts'
import { type Refusal, sendRefusal } from './respond.ts'
import { safeReturnPath } from './return-path.ts'
import { hasBody } from './stalled-clients.ts'
import { factsOf, type OpenVisit } from './visit.ts'

const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'])

/** One request and its answer between a browser and an app, streamed both ways at the pace of the slower side. */
export class ProxiedRequest implements Dispatcher.DispatchHandler {
  readonly #scope: GatewayScope
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  readonly #visit: OpenVisit
  readonly #expectsContinue: boolean
  readonly #open: OpenConnection
  #body: RequestBody | null = null
  #controller: Dispatcher.DispatchController | undefined
  #isRetry = false
  #isCutOff = false
  #hasWritten = false

  constructor(
    scope: GatewayScope,
    incoming: { request: IncomingMessage; response: ServerResponse; expectsContinue: boolean },
    visit: OpenVisit,
  ) {
    this.#scope = scope
    this.#request = incoming.request
    this.#response = incoming.response
    this.#expectsContinue = incoming.expectsContinue
    this.#visit = visit
    const { instance, label, ticket, user } = visit
    this.#open = {
      instanceId: instance.id,
      label,
      ticket,
      userId: user?.id ?? null,
      isOfApp: true,
      close: () => this.#cutOff(),
    }
  }

  begin(): void {
    this.#scope.connections.add(this.#open)
    this.#scope.activity.request(this.#visit.instance.id)
    this.#response.on('drain', () => this.#goOn()).once('close', () => this.#end())
    if (hasBody(this.#request)) {
      if (this.#expectsContinue) this.#response.writeContinue()
      this.#body = new RequestBody(this.#request)
    }
    if (this.#visit.instance.address) this.#dispatch(this.#visit.instance.address)
    else this.#refuse(notAnswering)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#response.destroyed) controller.abort(new Error('The client went away'))
  }

  /** Interim answers such as Early Hints are for browsers over HTTP/2 only: they end here. */
  onResponseStart(controller: Dispatcher.DispatchController, status: number, _headers: unknown, text = ''): void {
    if (status < 200) return
    this.#scope.activity.answered(this.#visit.instance.id)
    const headers = appResponseHeaders(decodeHeaders(controller.rawHeaders), status)
    this.#response.writeHead(status, /^[\t\x20-\x7e]+$/.test(text) ? text : '', headers)
    process.nextTick(() => this.#flushHead())
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#hasWritten = true
    if (this.#response.write(chunk)) return
    controller.pause()
    this.#scope.stalled.unread(this.#response)
  }

  onResponseEnd(): void {
    this.#hasWritten = true
    this.#response.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#response.destroyed) return
    if (this.#response.headersSent) {
      // The answer cannot be taken back; cutting it short is the only way to say that it is not whole.
      this.#scope.logger.info(
        { reason: reasonOf(error), instanceId: this.#visit.instance.id },
        'an app ended within an answer',
      )
      this.#response.destroy()
    } else if (this.#mayTryAgain(error)) {
      this.#isRetry = true
      this.#dispatch(this.#visit.instance.address!)
    } else {
      this.#scope.logger.info({ reason: reasonOf(error), instanceId: this.#visit.instance.id }, 'an app did not answer')
      this.#refuse(this.#isCutOff ? noSuchInstance : refusalOf(error))
    }
  }

  #dispatch(app: { host: string; port: number }): void {
    const { instance } = this.#visit
    const facts = factsOf(this.#scope, this.#visit)
    const options = {
      method: this.#request.method!,
      path: this.#request.url!,
      headers: appRequestHeaders(this.#request, facts, this.#body !== null),
      body: this.#body,
    }
    if (this.#isRetry) this.#scope.pools.dispatchAlone(app, options, this)
    else this.#scope.pools.for(instance.id, app).dispatch(options, this)
  }

  /** A head without a body yet, as of an event stream, must not wait for its first event. */
  #flushHead(): void {
    if (!this.#hasWritten && !this.#response.destroyed) this.#response.flushHeaders()
  }

  #mayTryAgain(error: Error): boolean {
    return !this.#isRetry && this.#body === null && idempotent.has(this.#request.method!) && isConnectionLost(error)
  }

  /** The right to it ended. An answer that has begun can only be cut short. */
  #cutOff(): void {
    if (this.#response.headersSent || !this.#controller) return void this.#response.destroy()
    this.#isCutOff = true
    this.#controller.abort(new Error('The right to it ended'))
  }

  #goOn(): void {
    this.#scope.stalled.read(this.#response)
    this.#controller?.resume()
  }

  #end(): void {
    this.#scope.connections.delete(this.#open)
    this.#scope.stalled.read(this.#response)
    if (this.#response.writableFinished) return
    const error = new Error('The client went away')
    this.#controller?.abort(error)
    this.#body?.destroy(error)
  }

  #refuse(refusal: Refusal): void {
    const exchange = { request: this.#request, response: this.#response }
    sendRefusal(exchange, refusal, () => notAnsweringPage(refusal, this.#request.url!))
  }
}

/** Only an app that takes no connection is asked again by the page itself; what failed otherwise may be costly. */
function notAnsweringPage(refusal: Refusal, target: string): string {
  const link = { href: safeReturnPath(target), text: 'Try again' }
  if (refusal === noSuchInstance) return plainPage({ title: 'No longer open to you', text: refusal.detail, link })
  const title = 'The app is not answering'
  if (refusal !== notAnswering) return plainPage({ title, text: refusal.detail, link })
  const text = 'It runs, but takes no connection. This page tries again by itself.'
  return plainPage({ title, text, again: { afterSeconds: 2, target } })
}
