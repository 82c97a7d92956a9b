import { CookieJar, follow, type ShownPage, submit } from '../sign-in.ts'

/** A browser that signs in to the store through its upstream issuer. */
export class UpstreamVisitor {
  readonly store: string
  /** Its cookies of the store. */
  readonly cookies = new CookieJar()
  /** Its cookies of the issuer, which knows it by them. */
  readonly issuerCookies = new CookieJar()

  constructor(store: string) {
    this.store = store
  }

  /** Goes as far as the issuer's page. */
  async goToIssuer(returnTo = '/'): Promise<ShownPage> {
    const left = await follow(this.cookies, `${this.store}/auth/sign-in?return_to=${encodeURIComponent(returnTo)}`)
    return left.status === 0 ? follow(this.issuerCookies, left.url) : left
  }

  /** Fills in the issuer's page. @returns the address at the store to which the issuer sends the browser */
  async logIn(page: ShownPage, username: string): Promise<string> {
    // An issuer that knows the browser does not ask.
    if (page.status === 0) return page.url
    const sent = await submit(this.issuerCookies, page.url, { username })
    return sent.url
  }

  /** The whole way. @returns where it ends */
  async signIn(username: string, returnTo = '/'): Promise<ShownPage> {
    return follow(this.cookies, await this.logIn(await this.goToIssuer(returnTo), username), { accept: 'text/html' })
  }
}
