import type { AppContext } from '../context.ts'

/** Ends a person's sessions, with the tickets that came from them, and what command lines and apps hold. API tokens stay. */
export async function signOutEverywhere(
  { db, sessions }: Pick<AppContext, 'db' | 'sessions'>,
  personId: string,
): Promise<void> {
  await sessions.endAllOf(personId)
  await db.deleteFrom('providerState').where('accountId', '=', personId).execute()
}
