import type { Actor } from '../actor.ts'
import { notFound } from '../app-error.ts'
import type { AppContext } from '../context.ts'
import { mayAccounts } from './policy.ts'
import type { AccountRow } from './repository.ts'

/** @throws {AppError} `not_found`, also for everybody who is no administrator */
export async function findAccount(
  { accounts }: Pick<AppContext, 'accounts'>,
  actor: Actor,
  id: string,
): Promise<AccountRow> {
  const row = mayAccounts.administer(actor) ? await accounts.byId(id) : undefined
  if (!row) throw notFound('account', id)
  return row
}
