import type { Kysely } from 'kysely'
import { newToken } from '../token.ts'

type Before = { alias: { name: string; moves: number; moveMark: string | null } }

/** Marks of moves that no page can guess, instead of their number. Browsers forget once more what an app has left. */
export async function aliasMarks(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('alias').addColumn('moveMark', 'text').execute()
  const aliases = db.withTables<Before>()
  for (const { name } of await aliases.selectFrom('alias').select('name').where('moves', '>', 0).execute())
    await aliases.updateTable('alias').set({ moveMark: newToken() }).where('name', '=', name).execute()
  await db.schema.alterTable('alias').dropColumn('moves').execute()
}
