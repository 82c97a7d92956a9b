import { type RawBuilder, type SqlBool, sql } from 'kysely'

/** Whether the column holds the word; upper and lower case of ASCII letters are the same. */
export function holdsWord(column: string, word: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} like ${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`
}
