import type { AppContext } from '../context.ts'

/** Ends a person's sessions, with the tickets that came from them, and what command lines and apps hold. API tokens stay. */
export async function signOutEverywhere(
  { grants, sessions }: Pick<AppContext, 'grants' | 'sessions'>,
  personId: string,
): Promise<void> {
  await sessions.endAllOf(personId)
  await grants.endAllOf(personId)
}
