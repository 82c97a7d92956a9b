import type { ExitReason, ObservedInstance } from '@wave-store/runtime'
import { describe, expect, it } from 'vitest'
import { longestDelayMs, plan as planBy, soundRunMs, type Wanted } from './plan.ts'

const now = 1_000_000
const rules = { maxRestarts: 3, restartDelayMs: 1000 }
const plan = (wanted: Wanted, seen?: ObservedInstance, at = now) => planBy(wanted, seen, at, rules)

const wanted = (changes: Partial<Wanted> = {}): Wanted => ({
  wanted: 'running',
  generation: 1,
  status: 'PENDING',
  phase: 'queued',
  phaseSince: now,
  restarts: 0,
  nextStartAt: null,
  hasFailure: false,
  ...changes,
})
const deployed = (changes: Partial<Wanted> = {}) => wanted({ status: 'DEPLOYED', phase: 'running', ...changes })
const seen = (changes: Partial<ObservedInstance> = {}): ObservedInstance => ({
  id: 'a',
  generation: 1,
  phase: 'starting',
  phaseSince: 0,
  ...changes,
})
const address = { host: '10.0.0.2', port: 10101 }
const running = seen({ phase: 'running', address })
const ended = (reason: ExitReason, generation = 1) =>
  seen({ phase: 'exited', generation, exit: { reason, message: '', code: 1, at: 0 } })
const again = (changes: object = {}) => ({ kind: 'again', generation: 2, restarts: 0, wasLost: false, ...changes })

describe('a start', () => {
  it('is asked for where nothing is there', () => {
    expect(plan(wanted())).toEqual({ kind: 'start' })
    expect(plan(wanted({ generation: 2 }), ended('stopped'))).toEqual({ kind: 'start' })
  })

  it('waits until an earlier process has ended', () => {
    expect(plan(wanted({ generation: 2 }), running)).toEqual({ kind: 'end' })
  })

  it('is believed to have come up only after a probe', () => {
    expect(plan(wanted(), seen({ phase: 'starting', address }))).toEqual({ kind: 'record' })
    expect(plan(wanted(), running)).toEqual({ kind: 'probe', address })
  })

  it('takes a number that the runtime has not seen, where what is kept is older than what it holds', () => {
    expect(plan(wanted(), seen({ generation: 7 }))).toEqual({ kind: 'end' })
    expect(plan(wanted(), ended('stopped', 7))).toEqual(again({ generation: 8 }))
  })

  it('that fails is final, and never tried again by itself', () => {
    expect(plan(wanted(), ended('import_error'))).toEqual({ kind: 'fail' })
    expect(plan(wanted({ status: 'FAILED' }))).toEqual({ kind: 'nothing' })
    expect(plan(wanted({ status: 'FAILED' }), ended('import_error'))).toEqual({ kind: 'nothing' })
    expect(plan(wanted({ status: 'FAILED' }), running)).toEqual({ kind: 'end' })
  })
})

describe('an instance that ran', () => {
  it('is left alone, by a new server too', () => {
    expect(plan(deployed(), running)).toEqual({ kind: 'nothing' })
  })

  it.each<[string, ObservedInstance | undefined, number]>([
    ['the machine', undefined, 2],
    ['the runtime', ended('lost'), 2],
    ['something unknown', ended('stopped'), 2],
    ['an older state of the runtime', ended('exited', 0), 2],
  ])('starts again when it went down with %s', (_what, it, generation) => {
    expect(plan(deployed(), it)).toEqual(again({ generation, wasLost: true }))
  })

  it('and was on its way when it was lost starts again, as if it had never answered', () => {
    expect(plan(wanted(), ended('lost'))).toEqual(again())
  })
})

describe('a crash', () => {
  it.each<ExitReason>(['exited', 'killed', 'out_of_memory', 'wave_server_failed', 'disk_full', 'internal'])(
    'of an app that had answered (%s) is followed by a wait',
    (reason) => {
      expect(plan(deployed(), ended(reason))).toEqual({ kind: 'crash', nextStartAt: now + 1000 })
    },
  )

  it('doubles the wait with each in a row, up to the longest, and is final after so many', () => {
    expect(plan(deployed({ restarts: 2 }), ended('killed'))).toEqual({ kind: 'crash', nextStartAt: now + 4000 })
    const patient = { maxRestarts: 100, restartDelayMs: 1000 }
    const late = planBy(deployed({ restarts: 60 }), ended('killed'), now, patient)
    expect(late).toEqual({ kind: 'crash', nextStartAt: now + longestDelayMs })
    expect(plan(deployed({ restarts: 3 }), ended('killed'))).toEqual({ kind: 'fail' })
  })

  it('in the start that follows counts as another', () => {
    const starting = wanted({ restarts: 1, hasFailure: true, phase: 'starting' })
    expect(plan(starting, ended('import_error'))).toEqual({ kind: 'crash', nextStartAt: now + 2000 })
  })

  it('is followed by a start when the wait is over, and not before', () => {
    const waiting = wanted({ phase: 'backing_off', nextStartAt: now + 1, hasFailure: true })
    for (const it of [ended('killed'), undefined]) {
      expect(plan(waiting, it)).toEqual({ kind: 'nothing' })
      expect(plan(waiting, it, now + 1)).toEqual(again({ restarts: 1 }))
    }
  })

  it('is not waited for by a clock that has gone back by hours', () => {
    const waiting = wanted({ phase: 'backing_off', nextStartAt: now + 3_600_000, hasFailure: true })
    expect(plan(waiting, ended('killed'))).toEqual(again({ restarts: 1 }))
  })

  it('is forgotten after a run that was long enough', () => {
    const recovered = deployed({ restarts: 1, hasFailure: true })
    expect(plan(recovered, running)).toEqual({ kind: 'nothing' })
    expect(plan(recovered, running, now + soundRunMs)).toEqual({ kind: 'settle' })
  })
})

describe('sleep', () => {
  const falling = wanted({ wanted: 'suspended', status: 'SUSPENDED', phase: 'stopping' })

  it('ends the process, whatever it is at, and is said when nothing runs', () => {
    for (const it of [running, seen({ phase: 'installing' }), seen({ phase: 'queued', generation: 0 })])
      expect(plan(falling, it)).toEqual({ kind: 'end' })
    for (const it of [ended('stopped'), ended('killed'), ended('lost'), undefined])
      expect(plan(falling, it)).toEqual({ kind: 'asleep' })
  })

  it('is left alone, after a loss of the machine too', () => {
    for (const it of [ended('lost'), undefined])
      expect(plan({ ...falling, phase: 'exited' }, it)).toEqual({ kind: 'nothing' })
  })
})

describe('the end of an instance', () => {
  it('removes it, seen or not, whatever became of it before', () => {
    for (const status of ['PENDING', 'DEPLOYED', 'FAILED', 'SUSPENDED'] as const)
      for (const it of [running, seen(), ended('killed'), undefined])
        expect(plan(wanted({ wanted: 'gone', status }), it)).toEqual({ kind: 'remove' })
  })
})
