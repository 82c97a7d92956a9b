import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GatewayScope } from './gateway-scope.ts'
import { splitTarget } from './instance-path.ts'
import { Room } from './room.ts'
import type { OpenVisit } from './visit.ts'

/** So many pages wait at most that are told by a stream; who comes after them asks by itself. */
const maxStreams = 10_000

/** The pages that wait for instances and are told what becomes of them: for each instance one look for all of them. */
export class RoomStreams {
  readonly #rooms = new Map<string, Room>()
  #size = 0
  #isClosed = false

  /** @returns false: there are too many; the page asks by itself then */
  open(
    scope: GatewayScope,
    { request, response }: { request: IncomingMessage; response: ServerResponse },
    visit: OpenVisit,
  ): boolean {
    if (this.#isClosed || this.#size >= maxStreams) return false
    const { instance, label, ticket, user, readLogs } = visit
    const connection = {
      instanceId: instance.id,
      label,
      ticket,
      userId: user?.id ?? null,
      isOfApp: false,
      close: () => void response.destroy(),
    }
    const wantsLog = readLogs && new URLSearchParams(splitTarget(request.url!).query).has('log')
    const room = this.#rooms.get(instance.id) ?? new Room(scope, instance.id)
    this.#rooms.set(instance.id, room)
    this.#size += 1
    scope.connections.add(connection)
    const leave = room.enter({ response, readLogs, wantsLog })
    response.once('close', () => {
      this.#size -= 1
      leave()
      scope.connections.delete(connection)
      if (room.size === 0 && this.#rooms.get(instance.id) === room) this.#rooms.delete(instance.id)
    })
    return true
  }

  get size(): number {
    return this.#size
  }

  /** Ends every stream: pages come back by themselves. */
  [Symbol.dispose](): void {
    this.#isClosed = true
    for (const room of this.#rooms.values()) room.close()
  }
}
