import { noSandboxes } from '@wave-store/runtime-process/testing/skip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FaultyStore } from './faulty-store.ts'
import { deeds, KillEverywhere } from './kill-everywhere.ts'

const fewestKills = 200
let total = 0

describe.each(noSandboxes ? (['file'] as const) : (['file', 'process'] as const))(
  'a store whose instances are held by a %s, killed at every write',
  (kind) => {
    let store: FaultyStore
    let faults: KillEverywhere
    beforeAll(async () => {
      store = await FaultyStore.open(kind)
      faults = await KillEverywhere.begin(store, kind)
    })
    afterAll(async () => {
      total += faults.kills
      await store[Symbol.asyncDispose]()
    })

    it.each(deeds.flatMap((deed) => [[deed, 'before'] as const, [deed, 'after'] as const]))(
      'of a %s (%s it) finishes it or leaves things as they were when it starts again',
      async (deed, when) => {
        const before = faults.kills
        await faults.during(deed, when)
        expect(faults.kills).toBeGreaterThan(before)
      },
    )

    it('leaves nothing of its instances when they are terminated', () => faults.clean())
  },
)

it(`was killed often enough`, () => {
  console.log(`${total} kills`)
  if (!noSandboxes) expect(total).toBeGreaterThanOrEqual(fewestKills)
})
