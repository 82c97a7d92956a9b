import { afterAll, beforeAll, expect, it } from 'vitest'
import { FaultyStore } from './faulty-store.ts'
import { type Deed, KillEverywhere } from './kill-everywhere.ts'

let store: FaultyStore
let faults: KillEverywhere
beforeAll(async () => {
  store = await FaultyStore.open('file')
  faults = await KillEverywhere.begin(store, 'file')
})
afterAll(() => store[Symbol.asyncDispose]())

it.each<Deed>(['launch', 'suspend and resume', 'restart and terminate'])(
  'a store that is killed in the midst of a %s comes to an end of it when it starts again',
  async (deed) => {
    const before = faults.kills
    await faults.during(deed, 'after', 6)
    expect(faults.kills).toBeGreaterThan(before)
  },
)

it('nothing of its instances is left when they are terminated', () => faults.clean())
