import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { adminRole } from '../auth/accounts.ts'
import type { AppContext } from '../context.ts'
import { findAccount } from './find-account.ts'
import { mayAccounts } from './policy.ts'
import type { AccountRow } from './repository.ts'

export interface AccountChange {
  id: string
  name?: string | undefined
  email?: string | undefined
  roles?: string[] | undefined
  isDisabled?: boolean | undefined
}

/**
 * Changes an account. Somebody whose roles change or who is disabled is signed out: a session holds what the person
 * was at sign-in.
 *
 * @throws {AppError} `not_found`; `forbidden` for who would lock themselves out
 */
export async function changeAccount(
  context: Pick<AppContext, 'accounts' | 'sessions'>,
  actor: Actor,
  { id, name, email, roles, isDisabled }: AccountChange,
): Promise<AccountRow> {
  const row = await findAccount(context, actor, id)
  const losesAdmin = roles !== undefined && !roles.includes(adminRole)
  if ((isDisabled || losesAdmin) && !mayAccounts.disable(actor, row))
    throw new AppError('forbidden', 'You would lock yourself out. Another administrator can do it.')
  await context.accounts.update(id, {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(roles !== undefined && { rolesJson: JSON.stringify(roles) }),
    ...(isDisabled !== undefined && { isDisabled: Number(isDisabled) }),
  })
  const changed = await findAccount(context, actor, id)
  if (changed.rolesJson !== row.rolesJson || changed.isDisabled === 1) await context.sessions.endAllOf(id)
  return changed
}
