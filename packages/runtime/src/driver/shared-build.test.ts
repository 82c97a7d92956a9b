import { Buffer } from 'node:buffer'
import { expect, it } from 'vitest'
import { type BuildResult, type Listener, SharedBuild } from './shared-build.ts'

const never = new AbortController().signal

it('shows everybody the whole output and the phase, whenever they come', async () => {
  const work = Promise.withResolvers<BuildResult>()
  let told: Listener | undefined
  const build = new SharedBuild(async (listener) => {
    told = listener
    return await work.promise
  })
  const early = recorder()
  const first = build.join(early, never)
  told?.onPhase('installing')
  told?.onOutput(Buffer.from('one '))
  const late = recorder()
  const second = build.join(late, never)
  told?.onOutput(Buffer.from('two'))
  work.resolve({ built: true })
  expect(await Promise.all([first, second])).toEqual([{ built: true }, { built: true }])
  expect(early.seen).toEqual(['queued', 'installing', 'one ', 'two'])
  expect(late.seen).toEqual(['installing', 'one ', 'two'])
})

it('goes on while anybody waits, and is ended when the last has left', async () => {
  let aborted = false
  const build = new SharedBuild(
    (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true
          reject(signal.reason)
        })
      }),
  )
  const [one, two] = [new AbortController(), new AbortController()]
  const first = build.join(recorder(), one.signal)
  const second = build.join(recorder(), two.signal)
  one.abort(new Error('left'))
  await expect(first).rejects.toThrow('left')
  expect(aborted).toBe(false)
  two.abort(new Error('left too'))
  await expect(second).rejects.toThrow('left too')
  expect(aborted).toBe(true)
})

function recorder(): Listener & { seen: string[] } {
  const seen: string[] = []
  return { seen, onPhase: (phase) => seen.push(phase), onOutput: (chunk) => seen.push(Buffer.from(chunk).toString()) }
}
