import { isPassword, nobodysPassword } from '../accounts/password.ts'
import type { AccountRepository, AccountRow } from '../accounts/repository.ts'
import type { RoleRules } from '../actor.ts'
import type { Config } from '../config/config.ts'

/** Somebody whom this store itself vouches for. */
export interface Account {
  /** What the store calls the account, for good. */
  subject: string
  name: string
  email: string
  roles: string[]
}

/** For trying the store out; no password, so never where another machine can reach it. */
export function developmentAccounts({ adminRole, fullAccessRole }: RoleRules): Account[] {
  const full = fullAccessRole === null ? [] : [fullAccessRole]
  const visitor = { subject: 'vera', name: 'Vera Visitor', email: 'vera@example.com', roles: [] }
  return [
    { subject: 'admin', name: 'Ada Admin', email: 'admin@example.com', roles: [adminRole] },
    { subject: 'dana', name: 'Dana Developer', email: 'dana@example.com', roles: full },
    { subject: 'uri', name: 'Uri User', email: 'uri@example.com', roles: full },
    ...(fullAccessRole === null ? [] : [visitor]),
  ]
}

/** Everybody whom this store itself vouches for. */
export class AccountDirectory {
  readonly development: readonly Account[]
  readonly #local: AccountRepository

  /** @param appsReachLoopback whether apps get at what this machine alone should: they could sign in without a password */
  constructor(local: AccountRepository, { source, roles }: Config['identity'], appsReachLoopback: boolean) {
    this.#local = local
    const exist = source.kind === 'local' && source.development && (source.isDevelopmentStated || !appsReachLoopback)
    this.development = exist ? developmentAccounts(roles) : []
  }

  /** Somebody whom this store itself vouches for, by the subject. */
  async find(subject: string): Promise<Account | undefined> {
    const development = this.development.find((account) => account.subject === subject)
    if (development) return development
    const row = await this.#local.byId(subject)
    return row && row.isDisabled === 0 ? accountOf(row) : undefined
  }

  /**
   * Who the password proves somebody to be; null when it proves nothing, for whatever reason. Of a password that is good
   * once it gives the hash, which `replaceOneTimePassword` wants.
   */
  async check(username: string, password: string): Promise<{ account: Account; oneTimeHash: string | null } | null> {
    const row = await this.#local.byUsername(username)
    // Checked where there is no such person, too, so that the time an answer takes tells nothing.
    const isRight = await isPassword(password, row?.passwordHash ?? nobodysPassword)
    if (!row || !isRight || row.isDisabled === 1) return null
    return { account: accountOf(row), oneTimeHash: row.mustChangePassword === 1 ? row.passwordHash : null }
  }
}

function accountOf(row: AccountRow): Account {
  return { subject: row.id, name: row.name, email: row.email, roles: JSON.parse(row.rolesJson) as string[] }
}
