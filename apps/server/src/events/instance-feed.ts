import type { ServerResponse } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import { type StoreEvent, storeEvent } from '@wave-store/contract'
import type { Actor, Reader } from '../actor.ts'
import type { AppContext } from '../context.ts'
import { may } from '../instances/policy.ts'
import { presentInstance } from '../instances/present-instance.ts'
import type { InstanceRow } from '../instances/repository.ts'
import { Serial } from '../serial.ts'
import type { Rows } from './event-streams.ts'

/** What somebody wants to be told of: one instance, those of one app, or their own. */
export interface Scope {
  instanceId?: string | undefined
  appId?: string | undefined
}

type Needs = Parameters<typeof presentInstance>[0] & Pick<AppContext, 'logger'>

const recheckMs = 1000
/** Who leaves so much unread is dropped, and reads anew when they come back. */
const mostUnreadBytes = 1 << 20

/** Tells one reader of instances for as long as they may know of them. */
export class InstanceFeed {
  readonly #context: Needs
  readonly #response: ServerResponse
  readonly #scope: Scope
  readonly #again: () => Promise<Reader>
  readonly #turns = new Serial()
  readonly #recheck: NodeJS.Timeout
  #actor: Actor
  /** Instances that the reader knows of. */
  #known: Set<string>

  constructor(
    context: Needs,
    response: ServerResponse,
    reader: { actor: Actor; again: () => Promise<Reader>; scope: Scope; known: string[] },
  ) {
    this.#context = context
    this.#response = response
    this.#actor = reader.actor
    this.#again = reader.again
    this.#scope = reader.scope
    this.#known = new Set(reader.known)
    this.#recheck = setInterval(() => this.#inTurn(() => this.#askAgain()), recheckMs).unref()
    response.once('close', () => clearInterval(this.#recheck))
  }

  hello(): void {
    this.#send({ kind: 'hello' })
  }

  beat(): void {
    this.#write(':\n\n')
  }

  changed(rows: Rows): void {
    this.#inTurn(async () => {
      for (const [id, row] of rows) await this.#tell(id, row)
    })
  }

  /** What the reader may see may be different by now. */
  lookAgain(): void {
    this.#inTurn(() => this.#lookAtAll())
  }

  end(): void {
    this.#response.end()
  }

  #inTurn(work: () => Promise<void>): void {
    this.#turns
      .run(async () => {
        if (!this.#response.destroyed && !this.#response.writableEnded) await work()
      })
      .catch((cause: unknown) => {
        this.#context.logger.error({ err: cause }, 'Somebody could not be told of an instance')
        this.#response.destroy()
      })
  }

  async #askAgain(): Promise<void> {
    const actor = await this.#again()
    if (!actor) return void this.#response.end()
    const isSame = isDeepStrictEqual(actor, this.#actor)
    this.#actor = actor
    if (!isSame) await this.#lookAtAll()
  }

  async #lookAtAll(): Promise<void> {
    const rows = await inScope(this.#context, this.#actor, this.#scope)
    const ids = new Set(rows.map(({ id }) => id))
    for (const id of this.#known) if (!ids.has(id)) await this.#tell(id, undefined)
    for (const row of rows) await this.#tell(row.id, row)
  }

  async #tell(id: string, row: InstanceRow | undefined): Promise<void> {
    if (row && isInScope(this.#actor, this.#scope, row)) {
      this.#known.add(id)
      this.#send({ kind: 'instance', instance: await presentInstance(this.#context, this.#actor, row) })
    } else if (this.#known.delete(id)) this.#send({ kind: 'instance-gone', instanceId: id })
  }

  #send(event: StoreEvent): void {
    this.#write(`event: ${event.kind}\ndata: ${JSON.stringify(storeEvent.parse(event))}\n\n`)
  }

  #write(text: string): void {
    if (this.#response.destroyed || this.#response.writableEnded) return
    this.#response.write(text)
    if (this.#response.writableLength > mostUnreadBytes) this.#response.destroy()
  }
}

/** The instances that somebody is told of, as they are now. */
export async function inScope(
  { instances }: Pick<AppContext, 'instances'>,
  actor: Actor,
  scope: Scope,
): Promise<InstanceRow[]> {
  const { appId, instanceId } = scope
  if (instanceId === undefined) {
    const rows = appId === undefined ? await instances.ownedBy(actor.id) : await instances.ofApp(appId)
    return rows.filter((row) => isInScope(actor, scope, row))
  }
  const row = await instances.byId(instanceId)
  return row && isInScope(actor, scope, row) ? [row] : []
}

function isInScope(actor: Actor, { appId, instanceId }: Scope, row: InstanceRow): boolean {
  if (!may.see(actor, row)) return false
  if (instanceId !== undefined) return row.id === instanceId
  return appId === undefined ? row.ownerId === actor.id : row.appId === appId
}
