import { createClient } from '@wave-store/client'
import type { Session } from '@wave-store/contract'
import type { CookieJar } from '@wave-store/testing'

/** Whom the store takes a browser for. */
export async function userOf({ store, cookies }: { store: string; cookies: CookieJar }): Promise<Session['user']> {
  return (await createClient({ baseUrl: store, headers: { cookie: String(cookies) } }).getSession()).user
}
