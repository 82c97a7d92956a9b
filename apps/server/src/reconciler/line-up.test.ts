import { describe, expect, it } from 'vitest'
import { lineUp, type Room } from './line-up.ts'

const gibi = 2 ** 30
const room = (changes: Partial<Room> = {}): Room => ({
  starts: 2,
  maxStarts: 2,
  capacity: 8 * gibi,
  reserved: 0,
  ...changes,
})
const waits = (id: string, turn: number, reservation = gibi) => ({ id, turn, reservation })

describe('those who wait for a start', () => {
  it('are started in the order they asked, as many as may', () => {
    const line = lineUp([waits('c', 3), waits('a', 1), waits('d', 4), waits('b', 2)], room())
    expect(line.admitted).toEqual(['a', 'b'])
    expect([...line.places].map(([id, place]) => [id, place.position, place.reason])).toEqual([
      ['c', 1, 'starts'],
      ['d', 2, 'starts'],
    ])
    expect(line.places.get('c')!.message).toBe('2 instances are starting, as many as this store starts at a time.')
  })

  it('wait while all starts are taken, and while what runs holds the memory', () => {
    expect(lineUp([waits('a', 1)], room({ starts: 0 })).admitted).toEqual([])
    const line = lineUp([waits('a', 1, 3 * gibi)], room({ reserved: 6.5 * gibi }))
    expect(line.places.get('a')).toEqual({
      position: 1,
      reason: 'memory',
      message: 'It reserves 3 GiB of memory; 1.5 GiB of 8 GiB are free until another instance is suspended or ends.',
    })
  })

  it('count what is started in the same moment', () => {
    const line = lineUp([waits('a', 1, 5 * gibi), waits('b', 2, 5 * gibi)], room())
    expect(line.admitted).toEqual(['a'])
    expect(line.places.get('b')).toMatchObject({ position: 1, reason: 'memory' })
  })

  it('do not pass a big one that waits for memory', () => {
    const line = lineUp([waits('big', 1, 6 * gibi), waits('small', 2, 1)], room({ reserved: 4 * gibi }))
    expect(line.admitted).toEqual([])
    expect(line.places.get('small')).toMatchObject({
      position: 2,
      reason: 'memory',
      message: expect.stringContaining('The first in the queue reserves 6 GiB'),
    })
  })

  it('do not wait for one that no machine here could hold', () => {
    const line = lineUp([waits('huge', 1, 9 * gibi), waits('small', 2)], room())
    expect(line).toEqual({ admitted: ['small'], impossible: ['huge'], places: new Map() })
  })
})
