import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InMemoryRuntime } from '@wave-store/runtime/testing'
import { freePort, signIn } from '@wave-store/testing'
import { readConfig } from '../../apps/server/src/config/read-config.ts'
import type { AppContext } from '../../apps/server/src/context.ts'
import { startStore } from '../../apps/server/src/start-store.ts'
import { hashToken, newToken } from '../../apps/server/src/token.ts'
import { launch } from './bench-store.ts'

export interface LiveSessions extends AsyncDisposable {
  count: number
  /** So many, one after the other, each of another token by chance. */
  lookUp: (kind: 'session' | 'ticket', times: number) => Promise<void>
}

interface Tokens {
  session: string
  ticket: string
}

const sessionsOfPerson = 10
const batchSize = 1000
const lifetimeMs = 3_600_000
const address = '127.0.0.1'

/** A store in this process in which so many people's sessions are live, each with a ticket for one instance. */
export async function openSessions(count: number): Promise<LiveSessions> {
  await using unwind = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-sessions-'))
  unwind.defer(() => rm(dataDir, { recursive: true, force: true }))
  const settings = {
    WAVE_STORE_PORT: String(await freePort()),
    WAVE_STORE_DATA_DIR: dataDir,
    WAVE_STORE_SAMPLES: 'false',
    WAVE_STORE_LOG_LEVEL: 'warn',
  }
  const { context } = unwind.use(await startStore(readConfig(settings, '/'), { runtime: new InMemoryRuntime() }))
  const { origin } = context.config.publicUrl
  const { id: instanceId } = await launch(origin, await signIn(origin, 'dana'))
  const tokens = Array.from({ length: count }, (): Tokens => ({ session: newToken(), ticket: newToken() }))
  for (let at = 0; at < count; at += batchSize) await insert(context, instanceId, tokens.slice(at, at + batchSize))
  const opened = unwind.move()
  return {
    count,
    async lookUp(kind, times) {
      for (let i = 0; i < times; i++) {
        const token = tokens[randomInt(count)]![kind]
        const holder = await (kind === 'session'
          ? context.sessions.actorOf(token, address)
          : context.tickets.holderOf(token, instanceId))
        if (!holder) throw new Error(`A ${kind} is not live`)
      }
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

async function insert({ db, clock }: AppContext, instanceId: string, tokens: Tokens[]): Promise<void> {
  const now = clock.now()
  const expiresAt = now + lifetimeMs
  const people = Array.from({ length: Math.ceil(tokens.length / sessionsOfPerson) }, () => {
    const id = randomUUID()
    return { id, issuer: 'bench', subject: id, name: 'Dana', email: `${id}@example.com`, rolesJson: '[]' }
  })
  await db
    .insertInto('person')
    .values(people.map((person) => ({ ...person, newsSeen: 0, createdAt: now })))
    .execute()
  const sessions = tokens.map(({ session }, index) => ({
    id: randomUUID(),
    tokenHash: hashToken(session),
    personId: people[Math.floor(index / sessionsOfPerson)]!.id,
    agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    address,
    createdAt: now,
    // Ahead of the clock, so that no look-up turns into a write.
    lastUsedAt: expiresAt,
    expiresAt,
  }))
  await db.insertInto('session').values(sessions).execute()
  const tickets = tokens.map(({ session, ticket }) => ({
    ticketHash: hashToken(ticket),
    sessionHash: hashToken(session),
    instanceId,
    expiresAt,
  }))
  await db.insertInto('instanceTicket').values(tickets).execute()
}
