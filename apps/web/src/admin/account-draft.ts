import type { Account } from '@wave-store/contract'
import { type FormProblems, formProblems } from '../ui/form-problems.ts'
import { joinRoles, parseRoles } from '../ui/role-list.ts'

/** An account as its form holds it. */
export interface AccountDraft {
  username: string
  name: string
  email: string
  isAdmin: boolean
  /** Roles beside the administrator's, separated by commas. */
  otherRoles: string
}

export const emptyDraft: AccountDraft = { username: '', name: '', email: '', isAdmin: false, otherRoles: '' }

/** @param adminRole the role that makes an administrator in this store */
export function draftOf({ username, name, email, roles }: Account, adminRole: string): AccountDraft {
  const otherRoles = joinRoles(roles.filter((role) => role !== adminRole))
  return { username, name, email, isAdmin: roles.includes(adminRole), otherRoles }
}

/** Every role once, the administrator's first. */
export function rolesOf({ isAdmin, otherRoles }: AccountDraft, adminRole: string): string[] {
  return [...new Set([...(isAdmin ? [adminRole] : []), ...parseRoles(otherRoles)])]
}

export const accountFields = ['username', 'name', 'email', 'roles'] as const
export type AccountField = (typeof accountFields)[number]

/** Nothing else of a new account than its username can be there already. */
export function accountProblems(error: Error | null, body: object | undefined): FormProblems<AccountField> {
  return formProblems(error, { fields: accountFields, uniqueField: 'username', body })
}
