import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toldAbility } from '../testing/access/access-abilities.ts'
import { attempt, consuming, inhabitant, operationOf } from '../testing/access/access-attempts.ts'
import { makeThings } from '../testing/access/access-things.ts'
import { AccessWorld } from '../testing/access/access-world.ts'
import { type ActorKind, accessTable, expectedOf, type Outcome, type TableKey } from './access-table.ts'

let world: AccessWorld
beforeAll(async () => {
  world = await AccessWorld.create()
})
afterAll(() => world[Symbol.asyncDispose]())

const outcomeOf = (status: number): Outcome | number => {
  if (status < 300 || status === 304) return 'allowed'
  return ({ 401: 'unauthenticated', 403: 'forbidden', 404: 'not_found' } as const)[status] ?? status
}

/** Ends what everything else needs. */
const last: TableKey = 'endAllSessions'
const keys = (Object.keys(accessTable) as TableKey[]).filter((key) => key !== last)

describe('access', () => {
  it.each([...keys, last])('to %s is as the table says, and as `can` tells', async (key) => {
    const row = accessTable[key]
    const { audit } = world.store.store.context
    const expected: string[] = []
    const found: string[] = []
    const things = new Map<string, Awaited<ReturnType<typeof makeThings>>>()
    for (const { actor, thing, outcome } of expectedOf(row)) {
      const its = things.get(thing) ?? (await makeThings(world, row.on, thing))
      things.set(thing, its)
      const scene = { world, who: inhabitant(world, actor), like: thing, things: its }
      const told = await toldAbility(row, scene)
      const before = await audit.lastId()
      const got = outcomeOf(await attempt(key, scene))
      const compare = (wanted: string, is: string) => {
        const label = `${key} by ${actor} on ${thing}: `
        expected.push(label + wanted)
        found.push(label + is)
      }
      compare(outcome, String(got))
      const isToBeTold = row.can && scene.who && outcome === 'allowed' && operationOf(key)
      if (told !== undefined || isToBeTold) compare(`can.${row.can} ${outcome === 'allowed'}`, `can.${row.can} ${told}`)
      compare(recorded(key, actor, outcome), await lastRecorded(key, before))
      if (got === 'allowed' && consuming.includes(key)) things.delete(thing)
    }
    expect(found).toEqual(expected)
  })
})

/** What the audit log has to hold of an outcome. */
function recorded(key: TableKey, actor: ActorKind, outcome: Outcome): string {
  const operation = operationOf(key)
  const isSeen = outcome === 'allowed' || outcome === 'forbidden'
  const isForeign = key === 'downloadBundle' || (key === 'readLogs' && actor !== 'instanceOwner')
  const isWrite = operation !== undefined && operation.method !== 'GET' && key !== 'markNewsRead'
  const isTold = isWrite ? outcome !== 'unauthenticated' : isForeign && isSeen
  return isTold ? `recorded as ${operation!.id} ${outcome === 'allowed' ? 'done' : outcome}` : 'not recorded'
}

async function lastRecorded(key: TableKey, before: number): Promise<string> {
  const everything = { person: null, words: [], byAddress: false, outcome: 'any', from: null, until: null } as const
  const rows = await world.store.store.context.audit.list({ ...everything, words: [], before: 2 ** 40, limit: 5 })
  const event = rows.find((row) => row.id > before && row.action === operationOf(key)?.id)
  return event ? `recorded as ${event.action} ${event.outcome}` : 'not recorded'
}
