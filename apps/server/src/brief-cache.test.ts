import { expect, test } from 'vitest'
import { BriefCache } from './brief-cache.ts'

function open(maxEntries = 100, keeps?: (answer: number) => boolean) {
  const clock = { ms: 0 }
  const cache = new BriefCache<number>({ ttlMs: 250, maxEntries, ...(keeps && { keeps }), now: () => clock.ms })
  const lookUps: PromiseWithResolvers<number>[] = []
  const ask = (key = 'a') =>
    cache.get(key, () => {
      const lookUp = Promise.withResolvers<number>()
      lookUps.push(lookUp)
      return lookUp.promise
    })
  return { clock, cache, lookUps, ask }
}

test('many who ask at once share one look-up, and its answer for 250 ms from its beginning', async () => {
  const { clock, lookUps, ask } = open()
  const answers = [ask(), ask(), ask()]
  clock.ms = 100
  lookUps[0]!.resolve(1)
  expect(await Promise.all(answers)).toEqual([1, 1, 1])
  clock.ms = 249
  expect(await ask()).toBe(1)
  clock.ms = 250
  const next = ask()
  lookUps[1]!.resolve(2)
  expect(await next).toBe(2)
  expect(lookUps).toHaveLength(2)
})

test('whoever asks while an old look-up is under way gets a later answer, from one look-up for all', async () => {
  const { clock, lookUps, ask } = open()
  const early = ask()
  clock.ms = 300
  const late = [ask(), ask(), ask()]
  expect(lookUps).toHaveLength(1)
  lookUps[0]!.resolve(1)
  expect(await early).toBe(1)
  await expect.poll(() => lookUps.length).toBe(2)
  lookUps[1]!.resolve(2)
  expect(await Promise.all(late)).toEqual([2, 2, 2])
  expect(lookUps).toHaveLength(2)
})

test('a failure is told to who waited for it, and not kept', async () => {
  const { lookUps, ask } = open()
  const waiting = [ask(), ask()]
  lookUps[0]!.reject(new Error('the database is away'))
  for (const one of waiting) await expect(one).rejects.toThrow('the database is away')
  const next = ask()
  lookUps[1]!.resolve(1)
  expect(await next).toBe(1)
})

test('an answer that is not to be kept is shared by who waits for it, and looked up anew after', async () => {
  const { lookUps, ask } = open(100, (answer) => answer > 1)
  const waiting = [ask(), ask()]
  lookUps[0]!.resolve(1)
  expect(await Promise.all(waiting)).toEqual([1, 1])
  const next = ask()
  lookUps[1]!.resolve(2)
  expect(await next).toBe(2)
  expect(await ask()).toBe(2)
  expect(lookUps).toHaveLength(2)
})

test('what is forgotten is looked up anew, also while an old look-up is under way', async () => {
  const { lookUps, ask, cache } = open()
  const early = ask()
  cache.forget()
  const late = ask()
  lookUps[1]!.resolve(2)
  lookUps[0]!.resolve(1)
  expect([await early, await late, await ask()]).toEqual([1, 2, 2])
})

test('no more is kept than was allowed, and nothing that is out of date', async () => {
  const { clock, cache, lookUps, ask } = open(10)
  for (let index = 0; index < 50; index += 1) void ask(`key ${index}`)
  expect(cache.size).toBe(10)
  for (const { resolve } of lookUps) resolve(1)
  await expect(ask('key 49')).resolves.toBe(1)
  clock.ms = 300
  void ask('another')
  expect(cache.size).toBe(1)
})
