import type { Actor } from '../actor.ts'
import type { AccountRow } from './repository.ts'

type AccountFacts = Pick<AccountRow, 'id'>

/** Who may do what with local accounts. */
export const mayAccounts = {
  administer: (actor: Actor) => actor.isAdmin,
  /** Nobody locks themselves out. */
  disable: (actor: Actor, account: AccountFacts) => actor.isAdmin && actor.subject !== account.id,
}
