import type { OwnSession } from '@wave-store/contract'
import type { AppContext } from '../context.ts'
import { hashToken } from '../token.ts'
import { cliClient, cliClientId } from './clients.ts'

type Needs = Pick<AppContext, 'grants' | 'sessions'>

/**
 * Where a person is signed in: browsers, then command lines, latest first.
 *
 * @param currentToken of the session that asks
 */
export async function ownSessions(
  { grants, sessions }: Needs,
  personId: string,
  currentToken: string | undefined,
): Promise<OwnSession[]> {
  const current = currentToken && hashToken(currentToken)
  const browsers = (await sessions.listOf(personId)).map((row) => ({
    id: row.id,
    kind: 'browser' as const,
    agent: row.agent,
    address: row.address,
    createdAt: time(row.createdAt),
    lastUsedAt: time(row.lastUsedAt),
    expiresAt: time(Math.min(row.expiresAt, row.lastUsedAt + sessions.lifetimes.idleMs)),
    isCurrent: row.tokenHash === current,
  }))
  const commandLines = (await grants.listOf(personId, cliClientId)).map((grant) => ({
    id: grant.id,
    kind: 'command_line' as const,
    agent: cliClient.client_name ?? '',
    address: '',
    createdAt: time(grant.createdAt),
    lastUsedAt: time(grant.lastUsedAt),
    expiresAt: time(grant.expiresAt),
    isCurrent: false,
  }))
  return [...browsers, ...commandLines]
}

/** @returns whether the person had such a session */
export async function endOwnSession({ grants, sessions }: Needs, personId: string, id: string): Promise<boolean> {
  return (await sessions.endById(personId, id)) || (await grants.end(personId, id))
}

function time(at: number): string {
  return new Date(at).toISOString()
}
