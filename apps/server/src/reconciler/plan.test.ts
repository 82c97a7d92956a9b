import type { ObservedInstance } from '@wave-store/runtime'
import { describe, expect, it } from 'vitest'
import { plan, type Wanted } from './plan.ts'

const wanted = (changes: Partial<Wanted> = {}): Wanted => ({
  wanted: 'running',
  generation: 1,
  status: 'PENDING',
  ...changes,
})
const seen = (changes: Partial<ObservedInstance> = {}): ObservedInstance => ({
  id: 'a',
  generation: 1,
  phase: 'starting',
  phaseSince: 0,
  ...changes,
})
const address = { host: '10.0.0.2', port: 10101 }
const exit = (reason: 'exited' | 'lost') => ({ reason, message: '', code: 1, at: 0 })

describe('plan', () => {
  it('starts what is wanted and not there', () => {
    expect(plan(wanted(), undefined)).toEqual({ kind: 'start' })
  })

  it('starts again what ran before the machine went down', () => {
    expect(plan(wanted({ status: 'DEPLOYED' }), undefined)).toEqual({ kind: 'restart' })
    expect(plan(wanted({ status: 'DEPLOYED' }), seen({ generation: 0 }))).toEqual({ kind: 'restart' })
    expect(plan(wanted({ status: 'DEPLOYED' }), seen({ phase: 'exited', exit: exit('lost') }))).toEqual({
      kind: 'restart',
    })
  })

  it('starts a wanted generation that is newer than what runs', () => {
    expect(plan(wanted({ generation: 2 }), seen({ phase: 'running', address }))).toEqual({ kind: 'start' })
  })

  it('believes that an app answers only after a probe', () => {
    expect(plan(wanted(), seen({ phase: 'starting', address }))).toEqual({ kind: 'record' })
    expect(plan(wanted(), seen({ phase: 'running', address }))).toEqual({ kind: 'probe', address })
  })

  it('leaves a running instance alone, found again by a new server too', () => {
    expect(plan(wanted({ status: 'DEPLOYED' }), seen({ phase: 'running', address }))).toEqual({ kind: 'nothing' })
  })

  it('keeps the failure of what ended, and never retries by itself', () => {
    expect(plan(wanted({ status: 'DEPLOYED' }), seen({ phase: 'exited', exit: exit('exited') }))).toEqual({
      kind: 'fail',
    })
    expect(plan(wanted({ status: 'FAILED' }), undefined)).toEqual({ kind: 'nothing' })
  })

  it('ends the process of what is put to sleep, once', () => {
    const asleep = wanted({ wanted: 'suspended', status: 'SUSPENDED' })
    expect(plan(asleep, seen({ phase: 'running', address }))).toEqual({ kind: 'suspend' })
    expect(plan(asleep, seen({ phase: 'exited', exit: exit('exited') }))).toEqual({ kind: 'nothing' })
    expect(plan(asleep, undefined)).toEqual({ kind: 'nothing' })
  })

  it('removes what is no longer wanted, seen or not', () => {
    expect(plan(wanted({ wanted: 'gone' }), seen())).toEqual({ kind: 'remove' })
    expect(plan(wanted({ wanted: 'gone', status: 'FAILED' }), undefined)).toEqual({ kind: 'remove' })
  })
})
