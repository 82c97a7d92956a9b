import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import type { Db } from './database.ts'

const channel = 'wave_store'
/** PostgreSQL takes no longer ones. */
const longestBytes = 7900
/** A connection that goes nowhere is noticed by this, as nothing else is ever sent on it. */
const askEveryMs = 15_000
const longestAnswerMs = 5000
const firstPauseMs = 200
const longestPauseMs = 5000

interface NoticesParts {
  db: Db
  url: string
  /** Tells this server's notices from those of others. */
  serverId: string
  onNotice: (words: string[]) => void
  /** Some may have been missed: since when is not known. */
  onGap: () => void
}

/**
 * Short words from each server to all others, by LISTEN and NOTIFY. Hints: what is told while a connection is away is not
 * told again, only that something may have been.
 */
export class Notices implements AsyncDisposable {
  readonly #parts: NoticesParts
  readonly #end = new AbortController()
  readonly #unsent = new Set<string>()
  #sending: Promise<void> | undefined
  #listening: Promise<void> | undefined

  constructor(parts: NoticesParts) {
    this.#parts = parts
  }

  run(): void {
    this.#listening ??= this.#listen()
  }

  tell(word: string): void {
    this.#unsent.add(word)
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort()
    await this.#listening
    await this.#sending
  }

  /** What comes while one is on its way goes with the next. */
  async #send(): Promise<void> {
    while (this.#unsent.size > 0 && !this.#end.signal.aborted) {
      const text = this.#nextText()
      // Nobody hears of it where the database is away; whoever listens finds a gap then.
      await sql`select pg_notify(${channel}, ${text})`.execute(this.#parts.db).catch(() => {})
    }
  }

  #nextText(): string {
    const words: string[] = []
    let length = this.#parts.serverId.length
    for (const word of this.#unsent) {
      length += word.length + 1
      if (length > longestBytes && words.length > 0) break
      words.push(word)
      this.#unsent.delete(word)
    }
    return [this.#parts.serverId, ...words].join(' ')
  }

  async #listen(): Promise<void> {
    const { signal } = this.#end
    let pauseMs = firstPauseMs
    while (!signal.aborted) {
      const heard = await this.#hear().catch(() => false)
      if (signal.aborted) return
      pauseMs = heard ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs)
      this.#parts.onGap()
      await delay(pauseMs, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  /** Until the connection breaks. @returns whether there was one */
  async #hear(): Promise<boolean> {
    const { onGap, onNotice, serverId, url } = this.#parts
    const { signal } = this.#end
    const client = new pg.Client({ connectionString: url, application_name: 'wave-app-store notices', keepAlive: true })
    const broken = Promise.withResolvers<void>()
    client.on('error', () => broken.resolve())
    client.on('end', () => broken.resolve())
    client.on('notification', ({ payload = '' }) => {
      const [from, ...words] = payload.split(' ')
      if (from !== serverId) onNotice(words)
    })
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      onGap()
      const stop = () => broken.resolve()
      signal.addEventListener('abort', stop, { once: true })
      const asking = setInterval(() => void answers(client).then((does) => does || stop()), askEveryMs).unref()
      if (!signal.aborted) await broken.promise
      clearInterval(asking)
      signal.removeEventListener('abort', stop)
      return true
    } finally {
      await within(longestAnswerMs, client.end()).catch(() => {})
    }
  }
}

async function answers(client: pg.Client): Promise<boolean> {
  return await within(longestAnswerMs, client.query('select 1')).then(
    () => true,
    () => false,
  )
}

async function within(timeMs: number, work: Promise<unknown>): Promise<void> {
  const timer = new AbortController()
  const late = delay(timeMs, undefined, { signal: timer.signal, ref: false }).then(() => {
    throw new Error('The database does not answer')
  })
  late.catch(() => {})
  try {
    await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}
