import type { Operation } from '@wave-store/contract'
import type { Reader } from '../actor.ts'
import { AppError } from '../app-error.ts'
import type { AuditEntry, AuditTarget } from './event.ts'

/** Refusals that say nothing of what somebody tried to do to a thing. */
const notRecorded = ['invalid_request', 'rate_limited', 'unauthenticated']
/** Looks that are recorded; and the one change that is not, as it is about nothing but having looked. */
const recordedReads = ['app.download', 'instance.logs']
const unrecordedWrites = ['audit.mark-read']

/** Adds an event to the log; where from is known to it. */
export type Append = (event: Omit<AuditEntry, 'address'>) => Promise<void>

/** What one call of an operation is about, and how it ended. */
export class Recorder {
  readonly #operation: Operation
  readonly #append: Append
  readonly #caller: { actor: Reader; via: string }
  #target: AuditTarget | null
  #detail = ''
  #others: AuditTarget[] = []
  #isDone = false

  /** @param params of the request: they name the thing until the handler has found it */
  constructor(call: {
    operation: Operation
    caller: { actor: Reader; via: string }
    params: Record<string, unknown>
    append: Append
  }) {
    this.#operation = call.operation
    this.#caller = call.caller
    this.#append = call.append
    this.#target = named(call.params)
  }

  /** Says what the call is about, once it is known that the actor may see it. `detail` holds no secret. */
  about(target: AuditTarget, detail = this.#detail): void {
    this.#target = target
    this.#detail = detail
  }

  /** Other people's things that what was done had an effect on: each is an event of its own, so that they are told. */
  alsoAbout(targets: AuditTarget[]): void {
    this.#others = targets
  }

  /** For handlers that answer by themselves: before the first byte. Otherwise the end of the handler is what counts. */
  async done(): Promise<void> {
    await this.#end('done')
  }

  async failed(cause: unknown): Promise<void> {
    await this.#end(cause instanceof AppError ? cause.code : 'internal')
  }

  async #end(outcome: string): Promise<void> {
    if (this.#isDone || notRecorded.includes(outcome) || !this.#isRecorded()) return
    this.#isDone = true
    const { actor, via } = this.#caller
    const event = { via, action: this.#operation.id, outcome, detail: this.#detail }
    for (const target of [this.#target, ...this.#others])
      await this.#append({ ...event, actor: actor && { id: actor.id, name: actor.name }, target })
  }

  /** Reading the logs of one's own instance is nobody's business. */
  #isRecorded(): boolean {
    const { id, method } = this.#operation
    if (method !== 'GET') return !unrecordedWrites.includes(id)
    return recordedReads.includes(id) && !!this.#target?.ownerId && !this.#isOwnLog(id, this.#target)
  }

  #isOwnLog(id: string, target: AuditTarget): boolean {
    return id === 'instance.logs' && target.ownerId === this.#caller.actor?.id
  }
}

/** What a request names, whether or not there is such a thing. */
function named(params: Record<string, unknown>): AuditTarget | null {
  const kinds = {
    appId: 'app',
    instanceId: 'instance',
    tagId: 'tag',
    secretId: 'secret',
    accountId: 'account',
    tokenId: 'token',
    sessionId: 'session',
    name: 'alias',
  } as const
  for (const [parameter, kind] of Object.entries(kinds))
    if (params[parameter] !== undefined) return { kind, id: String(params[parameter]), name: '', ownerId: null }
  return null
}
