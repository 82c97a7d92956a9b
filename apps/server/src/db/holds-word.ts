import { type RawBuilder, type SqlBool, sql } from 'kysely'

/** Whether the column holds the word; upper and lower case of ASCII letters are the same. */
export function holdsWord(column: string, word: string): RawBuilder<SqlBool> {
  const pattern = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql<SqlBool>`lower(${sql.ref(column)}) like lower(cast(${pattern} as text)) escape '\\'`
}
