import { StoreError } from '@wave-store/client'
import type { Account, ProblemItem } from '@wave-store/contract'

export const adminRole = 'admin'

/** An account as its form holds it. */
export interface AccountDraft {
  username: string
  name: string
  email: string
  isAdmin: boolean
  /** Roles beside the administrator's, separated by commas. */
  otherRoles: string
}

export type AccountField = 'username' | 'name' | 'email' | 'roles'

export const emptyDraft: AccountDraft = { username: '', name: '', email: '', isAdmin: false, otherRoles: '' }

export function draftOf({ username, name, email, roles }: Account): AccountDraft {
  const otherRoles = roles.filter((role) => role !== adminRole).join(', ')
  return { username, name, email, isAdmin: roles.includes(adminRole), otherRoles }
}

/** Every role once, the administrator's first. */
export function rolesOf({ isAdmin, otherRoles }: AccountDraft): string[] {
  const others = otherRoles.split(',').map((role) => role.trim())
  return [...new Set([...(isAdmin ? [adminRole] : []), ...others])].filter(Boolean)
}

/** What the store said against an account: at its fields, and what belongs to none of them. */
export interface AccountProblems {
  fields: Partial<Record<AccountField, string>>
  rest: Error | null
}

/** @param roles as they were sent, because a problem names a role by its position */
export function accountProblems(error: Error | null, roles: readonly string[]): AccountProblems {
  if (!(error instanceof StoreError)) return { fields: {}, rest: error }
  // Nothing else of a new account can be there already.
  if (error.code === 'conflict') return { fields: { username: error.message }, rest: null }
  const fields: AccountProblems['fields'] = {}
  for (const problem of error.problems) {
    const field = fieldOf(problem)
    if (field) fields[field] ??= messageOf(problem, roles)
  }
  const isPlaced = error.problems.length > 0 && error.problems.every(fieldOf)
  return { fields, rest: isPlaced ? null : error }
}

function fieldOf({ place }: ProblemItem): AccountField | undefined {
  return /^body\.(username|name|email|roles)\b/.exec(place.entry ?? '')?.[1] as AccountField | undefined
}

function messageOf({ message, place }: ProblemItem, roles: readonly string[]): string {
  const position = /^body\.roles\.(\d+)$/.exec(place.entry ?? '')?.[1]
  return position === undefined ? message : `“${roles[Number(position)]}”: ${message}`
}
