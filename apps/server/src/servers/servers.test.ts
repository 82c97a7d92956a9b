import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../db/database.ts'
import { DatabaseLock } from '../db/database-lock.ts'
import { openDatabase } from '../db/open-database.ts'
import { KeyRing } from '../secrets/key-ring.ts'
import { SettingRepository } from '../settings/repository.ts'
import { clusterVariable, testDatabase } from '../testing/postgres-cluster.ts'
import { DatabaseLease } from './lease.ts'
import { ServerRepository } from './server-repository.ts'
import { SharedActivity } from './shared-activity.ts'
import { shareKeys } from './shared-keys.ts'

const cluster = process.env[clusterVariable]

describe.skipIf(!cluster)('what servers share', () => {
  let db: Db
  let repository: ServerRepository
  beforeAll(async () => {
    db = await openDatabase(await testDatabase(cluster!, 'servers.test.ts'))
    repository = new ServerRepository(db)
  })
  afterAll(() => db?.destroy())

  describe('a lease', () => {
    it('is one server’s until it lets go of it, or says nothing for too long', async () => {
      expect(await repository.takeLease('a', 'one', 60_000)).toBe(true)
      expect(await repository.takeLease('a', 'other', 60_000)).toBe(false)
      expect(await repository.takeLease('a', 'one', -1)).toBe(true)
      expect(await repository.takeLease('a', 'other', 60_000)).toBe(true)
      await repository.leaveLease('a', 'one')
      expect(await repository.takeLease('a', 'one', 60_000)).toBe(false)
      await repository.leaveLease('a', 'other')
      expect(await repository.takeLease('a', 'one', 60_000)).toBe(true)
    })

    it('counts as held no longer than it was given, whatever the database says later', async () => {
      const clock = { now: 0, steady: () => clock.now }
      const taken = Promise.withResolvers<void>()
      let answers = 0
      const lease = new DatabaseLease({
        name: 'b',
        holder: 'one',
        clock,
        repository: {
          takeLease: async () => ++answers === 1 || Promise.reject(new Error('The database is away')),
          leaveLease: async () => {},
        },
        onTaken: taken.resolve,
      })
      lease.run()
      await taken.promise
      expect([lease.isHeld, lease.term]).toEqual([true, 1])
      // As after a pause of the whole process.
      clock.now = 60_000
      expect(lease.isHeld).toBe(false)
      await lease[Symbol.asyncDispose]()
    })
  })

  it('what people do with instances adds up over servers, also over those that are gone', async () => {
    const [one, other] = ['one', 'other'].map((id) => new SharedActivity(repository, id))
    one!.request('x')
    one!.socketOpened('x')
    other!.request('x')
    other!.answered('x')
    for (const activity of [one!, other!, one!]) await activity.exchange()
    const all = { requests: 2, signs: 3, answers: 1, sockets: 1 }
    expect([one!.totals('x'), other!.totals('x')]).toEqual([all, all])
    await repository.leave('one')
    await other!.exchange()
    expect(other!.totals('x')).toEqual({ ...all, sockets: 0 })
  })

  it('locks let one task at a time through, and the next one when one has failed', async () => {
    const [one, other] = [new DatabaseLock(db, 1), new DatabaseLock(db, 1)]
    const order: string[] = []
    const inside = Promise.withResolvers<void>()
    const first = one.run(async () => {
      await inside.promise
      order.push('first')
      throw new Error('It fails.')
    })
    const second = other.run(async () => void order.push('second'))
    inside.resolve()
    await expect(first).rejects.toThrow('It fails.')
    await second
    expect(order).toEqual(['first', 'second'])
  })

  it('keys are those of whoever was first, and sealed anew by a new key of the secrets', async () => {
    const kept = new SettingRepository(db)
    const [old, next] = [randomBytes(32), randomBytes(32)]
    const keysOf = (name: string) => ({ storeClientSecret: name }) as never
    expect(await shareKeys(kept, new KeyRing([old]), { own: keysOf('first'), isNew: true })).toEqual(keysOf('first'))
    expect(await shareKeys(kept, new KeyRing([old]), { own: keysOf('second'), isNew: true })).toEqual(keysOf('first'))
    expect(await kept.get('providerKeys')).not.toContain('first')
    await expect(shareKeys(kept, new KeyRing([next]), { own: keysOf('third'), isNew: true })).rejects.toThrow(
      'WAVE_STORE_SECRETS_KEY',
    )
    // One that had them before goes on with its copy.
    const copy = { own: keysOf('first'), isNew: false }
    expect(await shareKeys(kept, new KeyRing([next]), copy)).toEqual(keysOf('first'))
    expect(await shareKeys(kept, new KeyRing([next, old]), { own: keysOf('third'), isNew: true })).toEqual(
      keysOf('first'),
    )
    expect(await shareKeys(kept, new KeyRing([next]), { own: keysOf('fourth'), isNew: true })).toEqual(keysOf('first'))
  })
})
