import { expect, it } from 'vitest'
import { Places } from './places.ts'

const never = new AbortController().signal

it('gives places in the order of asking, and no more than there are', async () => {
  const places = new Places(1)
  const leave = await places.take(never)
  const order: string[] = []
  const second = places.take(never).finally(() => order.push('second'))
  const third = places.take(never).finally(() => order.push('third'))
  await Promise.resolve()
  expect(order).toEqual([])
  leave()
  leave()
  const leaveSecond = await second
  expect(order).toEqual(['second'])
  leaveSecond()
  await third
  expect(order).toEqual(['second', 'third'])
})

it('lets one that waits go away without taking a place along', async () => {
  const places = new Places(1)
  const leave = await places.take(never)
  const controller = new AbortController()
  const waiting = places.take(controller.signal)
  controller.abort(new Error('gone'))
  await expect(waiting).rejects.toThrow('gone')
  leave()
  const leaveAgain = await places.take(never)
  leaveAgain()
})
