import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { type KeyRing, prefixLength } from './key-ring.ts'

/**
 * Seals with the current key what another key of the ring sealed; the rest stays as it is. It may be cut off anywhere:
 * the next time goes on.
 *
 * @returns how many values were sealed
 */
export async function sealAnew(db: Db, ring: KeyRing): Promise<number> {
  if (!ring.canSeal) return 0
  const stale = await db
    .selectFrom('secretValue')
    .select(['secretId', 'key'])
    .where(sql`substr("sealed", 1, ${prefixLength})`, '!=', ring.currentPrefix)
    .execute()
  let count = 0
  for (const { secretId, key } of stale) {
    const row = await db
      .selectFrom('secretValue')
      .select('sealed')
      .where('secretId', '=', secretId)
      .where('key', '=', key)
      .executeTakeFirst()
    const value = row && ring.open(row.sealed, { secretId, key })
    if (!value) continue
    await db
      .updateTable('secretValue')
      .set({ sealed: ring.seal(value, { secretId, key }) })
      .where('secretId', '=', secretId)
      .where('key', '=', key)
      .where('sealed', '=', row.sealed)
      .execute()
    count += 1
  }
  return count
}
