/** Cookies of one origin, kept as a browser would. */
export class CookieJar {
  readonly #cookies = new Map<string, string>()

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

  /** As the `Cookie` header wants it. */
  toString(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

/**
 * Signs in with a development account through the pages that a browser sees, without a browser.
 *
 * @param origin the store's, such as `http://localhost:8080`
 * @returns the cookies to send from then on
 */
export async function signIn(origin: string, account: string): Promise<CookieJar> {
  const jar = new CookieJar()
  const page = await follow(jar, `${origin}/auth/sign-in`)
  const body = new URLSearchParams({ account })
  const chosen = await send(jar, page.url, { method: 'POST', body, headers: { origin } })
  const last = await follow(jar, new URL(chosen.headers.get('location') ?? '', page.url).href)
  if (!jar.toString().includes('wave-session'))
    throw new Error(`Sign-in of ${account} ended at ${last.url} with ${last.status}`)
  return jar
}

async function follow(jar: CookieJar, url: string): Promise<{ url: string; status: number }> {
  for (let next = url, redirects = 0; redirects < 10; redirects++) {
    const response = await send(jar, next)
    const location = response.headers.get('location')
    if (!location) return { url: next, status: response.status }
    next = new URL(location, next).href
  }
  throw new Error(`Too many redirects from ${url}`)
}

async function send(jar: CookieJar, url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie: String(jar) } })
  jar.take(response.headers.getSetCookie())
  await response.arrayBuffer()
  return response
}
