import { expect, it } from 'vitest'
import { exitVerdict, stopped, troubleVerdict } from './exit-verdict.ts'

const end = { stop: null, outOfMemory: false, memoryBytes: 64 << 20, claim: undefined, end: { code: 1, signal: null } }

it('believes the kernel about memory before the launcher', () => {
  const claim = { event: 'failed', reason: 'exited', message: 'All is well.', code: 0 }
  expect(exitVerdict({ ...end, outOfMemory: true, claim })).toEqual({
    reason: 'out_of_memory',
    message: 'The app used more memory than its limit of 64 MiB.',
    code: null,
  })
})

it('is stopped when we stopped it, whatever the launcher says', () => {
  expect(exitVerdict({ ...end, stop: stopped, claim: { reason: 'exited', message: 'x', code: 1 } })).toBe(stopped)
})

it('takes over what the launcher says of the app', () => {
  const claim = { reason: 'import_error', message: 'No module named flask', code: 1 }
  expect(exitVerdict({ ...end, claim })).toEqual(claim)
})

it.each(['stopped', 'lost', 'out_of_memory', 'os_package_missing', 'nonsense', 3, null])(
  'does not let the launcher say %s',
  (reason) => {
    const verdict = exitVerdict({ ...end, claim: { reason, message: 'x', code: 0 }, end: { code: 143, signal: null } })
    expect(verdict).toMatchObject({ reason: 'killed', code: null })
  },
)

it('keeps a message to one line of bearable length and an exit code to a number', () => {
  const claim = { reason: 'exited', message: `a\u001b[2J\nb${'c'.repeat(5000)}`, code: 'many' }
  const { message, code } = exitVerdict({ ...end, claim })
  expect(message).toMatch(/^a \[2J bc+$/)
  expect(message.length).toBe(1000)
  expect(code).toBeNull()
})

it.each([1e300, -1, 256, 1.5, Number.NaN])('takes %s for no exit code', (code) => {
  expect(exitVerdict({ ...end, claim: { reason: 'exited', message: 'x', code } }).code).toBeNull()
})

it('knows a signal behind 128 and above', () => {
  expect(exitVerdict({ ...end, end: { code: 137, signal: null } }).message).toContain('signal 9')
  expect(exitVerdict({ ...end, end: { code: null, signal: 'SIGKILL' } }).message).toContain('SIGKILL')
})

it('says that the sandbox itself failed when it ended without a word', () => {
  expect(exitVerdict(end)).toMatchObject({ reason: 'internal', code: null })
})

it('names a full disk', () => {
  expect(troubleVerdict(Object.assign(new Error('x'), { code: 'ENOSPC' })).reason).toBe('disk_full')
})
