import type { Actor } from '../actor.ts'
import { AppError } from '../app-error.ts'
import { signOutEverywhere } from '../auth/sign-out-everywhere.ts'
import type { AppContext } from '../context.ts'
import { localIssuer } from '../people/local-issuer.ts'
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
 * Changes an account. Somebody whose roles change or who is disabled is signed out, here and on command lines; nothing
 * that a disabled person holds counts any longer.
 *
 * @throws {AppError} `not_found`; `forbidden` for who would lock themselves out
 */
export async function changeAccount(
  context: Pick<AppContext, 'accounts' | 'config' | 'grants' | 'people' | 'sessions'>,
  actor: Actor,
  { id, name, email, roles, isDisabled }: AccountChange,
): Promise<AccountRow> {
  const row = await findAccount(context, actor, id)
  const losesAdmin = roles !== undefined && !roles.includes(context.config.identity.roles.adminRole)
  if ((isDisabled || losesAdmin) && !mayAccounts.disable(actor, row))
    throw new AppError('forbidden', 'You would lock yourself out. Another administrator can do it.')
  await context.accounts.update(id, {
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(roles !== undefined && { rolesJson: JSON.stringify(roles) }),
    ...(isDisabled !== undefined && { isDisabled: Number(isDisabled) }),
  })
  const changed = await findAccount(context, actor, id)
  const { name: newName, email: newEmail, rolesJson } = changed
  const confirmedUntil = changed.isDisabled === 1 ? 0 : null
  const person = { issuer: localIssuer, subject: id }
  await context.people.update(person, { name: newName, email: newEmail, rolesJson, confirmedUntil })
  if (rolesJson !== row.rolesJson || changed.isDisabled === 1) await signOutAccount(context, id)
  return changed
}

/** Signs the person of an account out everywhere; somebody who was never here is nowhere signed in. */
export async function signOutAccount(
  context: Pick<AppContext, 'grants' | 'people' | 'sessions'>,
  accountId: string,
): Promise<void> {
  const personId = await context.people.idOf({ issuer: localIssuer, subject: accountId })
  if (personId) await signOutEverywhere(context, personId)
}
