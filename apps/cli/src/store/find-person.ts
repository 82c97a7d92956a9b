import type { Client } from '@wave-store/client'
import type { Person } from '@wave-store/contract'
import { Failure } from '../failure.ts'

/** Somebody who has signed in, by name or e-mail address; for administrators. @throws {Failure} for none, or several */
export async function findPerson(client: Client, named: string): Promise<Person> {
  const isNamed = ({ name, email }: Person) => name === named || email === named
  const { items } = await client.listPeople({ query: { search: named, limit: 200 } })
  const [found, another] = items.filter(isNamed)
  if (found && !another) return found
  if (another) throw new Failure(`There are several people called “${named}”.`, { next: 'Use an e-mail address.' })
  throw new Failure(`Nobody called “${named}” has signed in here.`, {
    next: 'Name somebody by name or e-mail address, as the Users page shows them.',
  })
}
