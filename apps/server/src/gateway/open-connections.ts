import type { Logger } from 'pino'
import { Bag, type BagMember } from './bag.ts'
import type { Admission, GatewayPorts } from './ports.ts'

/** Something that lasts: a WebSocket, or a request whose answer is not at its end. */
export interface OpenConnection extends BagMember {
  instanceId: string
  label: string
  ticket: string | undefined
  /** Whom the app took it for; null: nobody in particular. */
  userId: string | null
  /** Goes to the app, and ends with it; the others are of pages of our own. */
  isOfApp: boolean
  /** Ends it at once; called at most once. */
  close(): void
}

/** Rights asked for at the same time in one round. */
const batchSize = 32

/**
 * Everything that is open to an instance. Whoever holds a ticket that lost its right, or is connected to an instance
 * that ended, is cut off by the next round: within `recheckMs` and the time of one question.
 */
export class OpenConnections {
  readonly #ports: GatewayPorts
  readonly #logger: Logger
  readonly #open = new Bag<OpenConnection>()
  readonly #timer: NodeJS.Timeout
  #round: Promise<void> | undefined

  constructor(options: { ports: GatewayPorts; logger: Logger; recheckMs: number }) {
    this.#ports = options.ports
    this.#logger = options.logger
    this.#timer = setInterval(() => this.#beginRound(), options.recheckMs).unref()
  }

  add(connection: OpenConnection): void {
    this.#open.add(connection)
  }

  delete(connection: OpenConnection): void {
    this.#open.delete(connection)
  }

  get size(): number {
    return this.#open.size
  }

  closeAll(): void {
    for (const connection of this.#open.all()) this.#end(connection)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await this.#round
    this.closeAll()
  }

  #beginRound(): void {
    if (this.#open.size === 0 || this.#round) return
    this.#round = this.#checkAll().finally(() => {
      this.#round = undefined
    })
  }

  async #checkAll(): Promise<void> {
    const groups = [...Map.groupBy(this.#open.all(), ({ label, ticket }) => `${label} ${ticket ?? ''}`).values()]
    for (let index = 0; index < groups.length; index += batchSize) {
      await Promise.all(groups.slice(index, index + batchSize).map((group) => this.#check(group)))
    }
  }

  /** A store that cannot answer cannot have taken a right away either: what is open stays so. */
  async #check(group: OpenConnection[]): Promise<void> {
    const [{ instanceId, label, ticket }] = group as [OpenConnection]
    try {
      const [instance, admission] = await Promise.all([this.#ports.find(label), this.#ports.admit(instanceId, ticket)])
      const isThere = instance?.id === instanceId
      const isUp = isThere && instance.status === 'DEPLOYED'
      for (const connection of group) {
        const isServed = connection.isOfApp ? isUp : isThere
        if (!isServed || !isGoodFor(connection, admission)) this.#end(connection)
      }
    } catch (error) {
      this.#logger.warn({ err: error, instanceId }, 'could not ask again for the right of open connections')
    }
  }

  #end(connection: OpenConnection): void {
    if (this.#open.delete(connection)) connection.close()
  }
}

/** Where an instance is open to all, somebody who signed out may come back as nobody, but does not stay who they were. */
function isGoodFor({ userId }: OpenConnection, admission: Admission): boolean {
  return admission.kind === 'open' && (admission.user?.id ?? null) === userId
}
