import { type IncomingMessage, request as requestPlainly } from 'node:http'
import { request as requestSecurely } from 'node:https'
import { text } from 'node:stream/consumers'
import { CookieJar } from './sign-in.ts'

export interface InstanceAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

/**
 * Somebody who visits an instance at its own address without a browser. Names below `localhost` resolve in browsers
 * only, so the connection goes to this machine and the name into the Host header.
 */
export class InstanceVisitor {
  readonly #url: URL
  readonly #storeCookies: CookieJar
  readonly #cookies = new CookieJar()

  /** @param url the instance's own, such as `http://<id>.localhost:8080/` */
  constructor(url: string, storeCookies: CookieJar) {
    this.#url = new URL(url)
    this.#storeCookies = storeCookies
  }

  /** What the visitor sends, the ticket included, as the `Cookie` header wants it. */
  get cookie(): string {
    return String(this.#cookies)
  }

  /** @param setCookie as `CookieJar.take` */
  take(setCookie: string[]): void {
    this.#cookies.take(setCookie)
  }

  /** Opens a page as a browser's address bar does, by the way through the store that gives a ticket where there is none. */
  async open(path = '/'): Promise<InstanceAnswer> {
    let answer = await this.get(path, navigation)
    for (let redirects = 0; answer.headers.location && redirects < 5; redirects++) {
      const target = new URL(String(answer.headers.location), this.#url)
      const onward = target.host === this.#url.host ? target : await this.#throughStore(target)
      answer = await this.get(onward.pathname + onward.search, navigation)
    }
    return answer
  }

  async #throughStore(entrance: URL): Promise<URL> {
    const response = await fetch(entrance, { redirect: 'manual', headers: { cookie: String(this.#storeCookies) } })
    await response.arrayBuffer()
    return new URL(response.headers.get('location') ?? '', entrance)
  }

  get(path: string, headers: Record<string, string> = {}): Promise<InstanceAnswer> {
    return new Promise((resolve, reject) => {
      const request = this.#url.protocol === 'https:' ? requestSecurely : requestPlainly
      const asked = request(
        {
          host: '127.0.0.1',
          servername: this.#url.hostname,
          port: this.#url.port,
          path,
          // A connection of its own: one that was kept may lead to a server that is gone.
          agent: false,
          headers: { host: this.#url.host, cookie: String(this.#cookies), ...headers },
        },
        (response) => read(response, this.#cookies).then(resolve, reject),
      )
      asked.on('error', reject)
      asked.end()
    })
  }
}

async function read(response: IncomingMessage, cookies: CookieJar): Promise<InstanceAnswer> {
  cookies.take(response.headers['set-cookie'] ?? [])
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) }
}
