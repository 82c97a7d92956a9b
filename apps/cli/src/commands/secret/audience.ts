import type { Client } from '@wave-store/client'
import type { SecretAudience } from '@wave-store/contract'
import type { Command } from 'commander'
import { usageError } from '../../failure.ts'
import { findPerson } from '../../store/find-person.ts'
import { commaList } from '../comma-list.ts'

export interface AudienceOptions {
  forPeople?: string[]
  forApps?: string[]
  forEveryone?: boolean
}

/** Who gets a shared secret; one's own is for one's own apps. */
export function withAudienceOptions(command: Command): Command {
  return command
    .option('--for-people <names>', 'only for apps of these people: names or e-mail addresses, with commas', commaList)
    .option('--for-apps <names>', 'only for these apps, in every version, with commas', commaList)
    .option('--for-everyone', 'for every app of everybody')
}

/**
 * Undefined: nothing was said.
 *
 * @throws {Failure} for a person whom the store does not know, or of whom there are several
 */
export async function audienceOf(
  client: Client,
  { forPeople, forApps, forEveryone }: AudienceOptions,
): Promise<SecretAudience | undefined> {
  const isForSome = forPeople !== undefined || forApps !== undefined
  if (forEveryone && isForSome) throw usageError('A secret is for everyone, or for some; not for both.')
  if (forEveryone) return { kind: 'everyone' }
  if (!isForSome) return undefined
  const people = await Promise.all((forPeople ?? []).map((name) => findPerson(client, name)))
  return { kind: 'some', people: people.map(({ id }) => id), apps: forApps ?? [] }
}
