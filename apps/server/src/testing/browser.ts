import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { CookieJar } from '@wave-store/testing'

export interface BrowserAnswer {
  status: number
  url: string
  headers: Record<string, string | string[] | undefined>
  body: string
}

const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
const script = { accept: '*/*', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' }

/** Somebody who goes between the store and instances as a browser does, with cookies for each host of its own. */
export class TestBrowser {
  readonly #jars = new Map<string, CookieJar>()

  /** @param store where the person is signed in, if they are */
  constructor(store?: { origin: string; cookies: CookieJar }) {
    if (store) this.#jars.set(new URL(store.origin).host, store.cookies)
  }

  cookieAt(host: string): string {
    return String(this.#jar(host))
  }

  /** Opens a page, and follows where it leads. `hops` are all addresses on the way. */
  async open(url: string): Promise<BrowserAnswer & { hops: BrowserAnswer[] }> {
    const hops: BrowserAnswer[] = []
    let answer = await this.#send(url, navigation)
    while (answer.headers.location && hops.length < 20) {
      hops.push(answer)
      answer = await this.#send(new URL(String(answer.headers.location), answer.url).href, navigation)
    }
    return { ...answer, hops }
  }

  /** What a script of a page at that address asks for. */
  fetch(url: string): Promise<BrowserAnswer> {
    return this.#send(url, script)
  }

  #jar(host: string): CookieJar {
    const jar = this.#jars.get(host) ?? new CookieJar()
    this.#jars.set(host, jar)
    return jar
  }

  #send(address: string, headers: Record<string, string>): Promise<BrowserAnswer> {
    const url = new URL(address)
    const jar = this.#jar(url.host)
    const path = url.pathname + url.search
    const sent = { ...headers, host: url.host, cookie: String(jar) }
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: url.port, path, headers: sent }, async (response) => {
        jar.take(response.headers['set-cookie'] ?? [])
        const body = await text(response)
        resolve({ status: response.statusCode ?? 0, url: url.href, headers: response.headers, body })
      })
      asked.on('error', reject).end()
    })
  }
}
