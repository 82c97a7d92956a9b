import type { AppContext } from '../context.ts'
import { hashPassword, newOneTimePassword } from './password.ts'

const username = 'admin'

/**
 * Somebody has to be able to sign in where there are no development accounts: makes the first administrator, and gives
 * a new one-time password for as long as none was used. Null once the person has chosen a password.
 */
export async function ensureFirstAdmin({
  accounts,
  config,
  directory,
}: Pick<AppContext, 'accounts' | 'config' | 'directory'>): Promise<{
  username: string
  oneTimePassword: string
} | null> {
  const { source, roles } = config.identity
  if (source.kind === 'upstream' || directory.development.length > 0) return null
  const all = await accounts.all()
  const admin = all.find((row) => row.username === username)
  if (all.length > 0 && !(all.length === 1 && admin?.mustChangePassword === 1)) return null
  const oneTimePassword = newOneTimePassword()
  const passwordHash = await hashPassword(oneTimePassword)
  if (admin) await accounts.setPassword(admin.id, passwordHash, true)
  else await accounts.insert({ username, name: 'Administrator', email: '', roles: [roles.adminRole], passwordHash })
  return { username, oneTimePassword }
}
