import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { CookieJar } from './sign-in.ts'

export interface InstanceAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

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

  /** Goes the way through the store that gives a browser its ticket. */
  async enter(path = '/'): Promise<InstanceAnswer> {
    const toStore = await this.get(path, {
      accept: 'text/html',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    })
    const entrance = await fetch(String(toStore.headers.location), {
      redirect: 'manual',
      headers: { cookie: String(this.#storeCookies) },
    })
    const back = new URL(entrance.headers.get('location') ?? '')
    return this.get(back.pathname + back.search)
  }

  get(path: string, headers: Record<string, string> = {}): Promise<InstanceAnswer> {
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: this.#url.port,
          path,
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
  const set = response.headers['set-cookie'] ?? []
  cookies.take(new Response(null, { headers: set.map((one): [string, string] => ['set-cookie', one]) }))
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) }
}
