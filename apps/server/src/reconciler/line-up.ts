import type { QueuePlace } from '@wave-store/contract'
import { formatBytes } from './format-bytes.ts'

/** Somebody who waits for a start. */
export interface Waiting {
  id: string
  /** Who has the smallest is the first. */
  turn: number
  /** Bytes of memory. */
  reservation: number
}

export interface Room {
  /** How many more may be on their way. */
  starts: number
  maxStarts: number
  /** Bytes that all may reserve together, and those that are reserved. */
  capacity: number
  reserved: number
}

export interface LineUp {
  /** Whose turn it is, in order. */
  admitted: string[]
  /** No machine of this store could ever hold them. */
  impossible: string[]
  /** The others, with their places. */
  places: Map<string, QueuePlace>
}

/**
 * Who may start now; pure. The order is strict: nobody passes one who waits for memory, so that a big one is not kept
 * out for ever by small ones that come after it.
 */
export function lineUp(waiting: Waiting[], room: Room): LineUp {
  const possible = waiting.filter(({ reservation }) => reservation <= room.capacity)
  const inOrder = possible.sort((a, b) => a.turn - b.turn)
  let { starts, reserved } = room
  let admitted = 0
  for (const { reservation } of inOrder) {
    if (starts <= 0 || reserved + reservation > room.capacity) break
    starts -= 1
    reserved += reservation
    admitted += 1
  }
  const rest = inOrder.slice(admitted)
  const cause = starts <= 0 ? startsTaken(room) : memoryTaken(rest, { ...room, reserved })
  return {
    admitted: inOrder.slice(0, admitted).map(({ id }) => id),
    impossible: waiting.filter((one) => !possible.includes(one)).map(({ id }) => id),
    places: new Map(rest.map(({ id }, index) => [id, { position: index + 1, ...cause(index) }])),
  }
}

type Cause = (index: number) => Omit<QueuePlace, 'position'>

function startsTaken({ maxStarts }: Room): Cause {
  const message =
    maxStarts === 1
      ? 'Another instance is starting; this store starts one at a time.'
      : `${maxStarts} instances are starting, as many as this store starts at a time.`
  return () => ({ reason: 'starts', message })
}

function memoryTaken([head]: Waiting[], { capacity, reserved }: Room): Cause {
  const free = formatBytes(Math.max(0, capacity - reserved))
  const needs = formatBytes(head?.reservation ?? 0)
  const state = `${free} of ${formatBytes(capacity)} are free until another instance is suspended or ends.`
  return (index) => ({
    reason: 'memory',
    message: `${index === 0 ? 'It' : 'The first in the queue'} reserves ${needs} of memory; ${state}`,
  })
}
