import type { AppContext } from '../context.ts'
import { hashPassword, isPassword, newOneTimePassword, nobodysPassword } from './password.ts'

const username = 'admin'

/**
 * Somebody has to be able to sign in where there are no development accounts: makes the first administrator, and gives
 * a one-time password until it was used, the same at every start and every server. Null once the person has chosen a password.
 */
export async function ensureFirstAdmin({
  accounts,
  config,
  derive,
  directory,
}: Pick<AppContext, 'accounts' | 'config' | 'derive' | 'directory'>): Promise<{
  username: string
  oneTimePassword: string
} | null> {
  const { source, roles } = config.identity
  if (source.kind === 'upstream' || directory.development.length > 0) return null
  const all = await accounts.all()
  const known = all.find((row) => row.username === username)
  if (all.length > 0 && !(all.length === 1 && known?.mustChangePassword === 1)) return null
  const first = { username, name: 'Administrator', email: '', roles: [roles.adminRole] }
  const { id, passwordHash } = known ?? (await accounts.insert({ ...first, passwordHash: nobodysPassword }))
  const oneTimePassword = newOneTimePassword(derive(`first administrator ${id}`))
  // Whoever has just signed in with it goes on.
  if (!(await isPassword(oneTimePassword, passwordHash)))
    await accounts.setPassword(id, await hashPassword(oneTimePassword), true)
  return { username, oneTimePassword }
}
