import { expect, it } from 'vitest'
import { describeInstance } from './instance-status.ts'

const running = { status: 'DEPLOYED', phase: 'running', silentSince: null } as const

it.each([
  ['Running', running],
  ['Not answering', { ...running, silentSince: '2026-01-01T00:00:00Z' }],
  ['Stopping', { ...running, phase: 'stopping' }],
  ['Installing', { ...running, status: 'PENDING', phase: 'installing' }],
  ['Waiting after a crash', { ...running, status: 'PENDING', phase: 'backing_off' }],
  ['Going to sleep', { ...running, status: 'SUSPENDED', phase: 'stopping' }],
  ['Asleep', { ...running, status: 'SUSPENDED', phase: 'exited' }],
  ['Failed', { ...running, status: 'FAILED', phase: 'exited' }],
] as const)('says “%s”', (label, instance) => {
  expect(describeInstance(instance).label).toBe(label)
})
