import { type CookieJar, signIn } from '../sign-in.ts'
import { accountNames, accountPassword } from './account-names.ts'

/**
 * Makes accounts for the people, as the first administrator does, who becomes one of them.
 *
 * @param fullAccessRole null: everybody has full access, and there is no visitor
 */
export async function createAccounts(
  origin: string,
  oneTimePassword: string,
  fullAccessRole: string | null,
): Promise<void> {
  const credentials = { username: 'admin', password: oneTimePassword, newPassword: accountPassword }
  const jar = await signIn(origin, credentials)
  const { items } = await ask<{ items: { id: string }[] }>(jar, 'GET', `${origin}/api/accounts`)
  await ask(jar, 'PATCH', `${origin}/api/accounts/${items[0]?.id}`, person('admin'))
  const full = fullAccessRole === null ? [] : [fullAccessRole]
  await createAccount(origin, jar, { username: 'dana', roles: full })
  await createAccount(origin, jar, { username: 'uri', roles: full })
  if (fullAccessRole !== null) await createAccount(origin, jar, { username: 'vera', roles: [] })
}

async function createAccount(
  origin: string,
  jar: CookieJar,
  { username, roles }: { username: keyof typeof accountNames; roles: string[] },
): Promise<void> {
  const body = { username, ...person(username), roles }
  const made = await ask<{ oneTimePassword: string }>(jar, 'POST', `${origin}/api/accounts`, body)
  await signIn(origin, { username, password: made.oneTimePassword, newPassword: accountPassword })
}

function person(username: keyof typeof accountNames) {
  return { name: accountNames[username], email: `${username}@example.com` }
}

async function ask<T>(jar: CookieJar, method: string, url: string, body?: object): Promise<T> {
  const headers = { cookie: String(jar), 'content-type': 'application/json' }
  const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
