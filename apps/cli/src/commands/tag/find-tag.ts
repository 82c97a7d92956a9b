import type { Client } from '@wave-store/client'
import type { Tag } from '@wave-store/contract'
import { Failure } from '../../failure.ts'

/** @param tag its id or name. @throws {Failure} when there is none */
export async function findTag(client: Client, tag: string): Promise<Tag> {
  const { items } = await client.listTags()
  const found = items.find(({ id }) => id === tag) ?? items.find(({ name }) => name.toLowerCase() === tag.toLowerCase())
  if (!found) throw new Failure(`There is no tag “${tag}”.`, { next: 'See which there are with: h2o tag list' })
  return found
}
