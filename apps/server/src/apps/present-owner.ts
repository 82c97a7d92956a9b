import type { Person } from '@wave-store/contract'
import type { Reader } from '../actor.ts'
import { can } from './policy.ts'

/** Whose thing it is; the address is for people with full access. */
export function presentOwner(reader: Reader, row: { ownerId: string; ownerName: string; ownerEmail: string }): Person {
  return { id: row.ownerId, name: row.ownerName, email: can.seeAddresses(reader) ? row.ownerEmail : '' }
}
