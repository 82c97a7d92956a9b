import { accountPassword } from './store-test/account-names.ts'
import { isOfStoreTest } from './store-test/names.ts'

/** Cookies of one origin, kept as a browser would. */
export class CookieJar {
  readonly #cookies = new Map<string, string>()
  /** Sent beside the cookies. */
  readonly headers: Record<string, string>

  constructor(headers: Record<string, string> = {}) {
    this.headers = headers
  }

  /** @param setCookie values of `Set-Cookie`, one a header */
  take(setCookie: string[]): void {
    for (const cookie of setCookie) {
      const [pair = '', ...attributes] = cookie.split(';')
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      const expired = attributes.some((one) => /^\s*expires=thu, 01 jan 1970/i.test(one) || /^\s*max-age=0$/i.test(one))
      if (expired) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }

  /** As `take` takes them. */
  pairs(): string[] {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`)
  }

  /** As the `Cookie` header wants it. */
  toString(): string {
    return this.pairs().join('; ')
  }
}

/** A development account by its name, or one with a password; `newPassword` follows where the password was good once. */
export type Credentials = string | { username: string; password: string; newPassword?: string }

/**
 * Signs in through the pages that a browser sees, without a browser.
 *
 * @param origin the store's, such as `http://localhost:8080`
 * @param jar cookies that the browser has already
 * @returns the cookies to send from then on
 */
export async function signIn(
  origin: string,
  credentials: Credentials,
  headers: Record<string, string> = {},
  jar = new CookieJar(headers),
): Promise<CookieJar> {
  const page = await follow(jar, `${origin}/auth/sign-in`)
  let last = await submit(jar, page.url, fieldsOf(origin, credentials))
  if (typeof credentials === 'object' && credentials.newPassword !== undefined)
    last = await submit(jar, last.url, { newPassword: credentials.newPassword, repeated: credentials.newPassword })
  if (!jar.toString().includes('wave-session')) throw new Error(`Sign-in ended at ${last.url} with ${last.status}`)
  return jar
}

function fieldsOf(origin: string, credentials: Credentials): Record<string, string> {
  if (typeof credentials !== 'string') return { username: credentials.username, password: credentials.password }
  const isKnownByPassword = isOfStoreTest(new URL(origin).hostname)
  return isKnownByPassword ? { username: credentials, password: accountPassword } : { account: credentials }
}

/** A page as a browser without script shows it, after every redirect. */
export interface ShownPage {
  url: string
  status: number
  body: string
}

/** Sends a form as the page at `url` would. */
export async function submit(jar: CookieJar, url: string, fields: Record<string, string>): Promise<ShownPage> {
  const headers = { origin: new URL(url).origin }
  const answer = await send(jar, url, { method: 'POST', body: new URLSearchParams(fields), headers })
  const location = answer.headers.get('location')
  return location ? follow(jar, new URL(location, url).href) : { url, status: answer.status, body: await answer.text() }
}

/** Opens an address with the cookies of a jar; a redirect to another origin is where it ends. */
export async function follow(jar: CookieJar, url: string, headers: Record<string, string> = {}): Promise<ShownPage> {
  for (let next = url, redirects = 0; redirects < 10; redirects++) {
    if (new URL(next).origin !== new URL(url).origin) return { url: next, status: 0, body: '' }
    const response = await send(jar, next, { headers })
    const location = response.headers.get('location')
    if (!location) return { url: next, status: response.status, body: await response.text() }
    next = new URL(location, next).href
  }
  throw new Error(`Too many redirects from ${url}`)
}

async function send(jar: CookieJar, url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, {
    ...init,
    redirect: 'manual',
    headers: { ...(init.headers as Record<string, string>), ...jar.headers, cookie: String(jar) },
  })
  jar.take(response.headers.getSetCookie())
  // Read to its end, so that no connection is left waiting.
  return new Response(await response.arrayBuffer(), response)
}
