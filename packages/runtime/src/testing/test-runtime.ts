import { Buffer } from 'node:buffer'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LogOptions, ObservedInstance, Runtime } from '../runtime.ts'
import type { RuntimeHarness } from './runtime-harness.ts'

/** The conformance suite: what every driver of the runtime port must do. */
export function testRuntime(name: string, create: () => Promise<RuntimeHarness>): void {
  describe(`${name} as a runtime`, () => {
    let harness: RuntimeHarness
    let runtime: Runtime

    beforeAll(async () => {
      harness = await create()
      runtime = await harness.open()
    })
    afterAll(async () => {
      await runtime?.[Symbol.asyncDispose]()
      await harness?.dispose()
    })

    const started = async (app: Parameters<RuntimeHarness['spec']>[0], phase: ObservedInstance['phase']) => {
      const spec = await harness.spec(app)
      await runtime.start(spec)
      return { spec, seen: await reaches(runtime, spec.id, phase) }
    }

    it('tells what it can do', async () => {
      const can = await runtime.capabilities()
      expect(can.driver).not.toBe('')
      expect(can.pythons.length).toBeGreaterThan(0)
    })

    it('runs an app and tells where it is reached', async () => {
      const { spec, seen } = await started({ does: 'serves' }, 'running')
      expect(seen).toMatchObject({ id: spec.id, generation: 1, phase: 'running' })
      expect(seen.address?.port).toBeGreaterThan(0)
      expect(seen.exit).toBeUndefined()
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('tells that something has changed, where it can tell', async ({ skip }) => {
      if (!runtime.onChange) return skip()
      let next = Promise.withResolvers<void>()
      runtime.onChange(() => next.resolve())
      const spec = await harness.spec({ does: 'serves' })
      await runtime.start(spec)
      // Looks only when told: it would wait for ever if a change were not told.
      while ((await observed(runtime, spec.id))?.phase !== 'running') {
        await next.promise
        next = Promise.withResolvers()
      }
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
      await next.promise
      expect(await observed(runtime, spec.id)).toBeUndefined()
    })

    it('tells what a running instance uses, and nothing of one that has ended', async () => {
      const { spec } = await started({ does: 'counts' }, 'running')
      const used = async () => (await runtime.stats()).find(({ id }) => id === spec.id)
      const first = await used()
      expect(first).toMatchObject({ id: spec.id, generation: 1 })
      expect(first?.processes).toBeGreaterThan(0)
      expect((await used())?.cpuMs).toBeGreaterThanOrEqual(first!.cpuMs)
      await runtime.stop(spec.id, { data: 'keep', graceMs: 2000 })
      expect(await used()).toBeUndefined()
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('knows of no environment by a key that is not there', async ({ skip }) => {
      const { environments } = runtime
      if (!environments) return skip()
      expect(await environments.packages('../nothing')).toEqual([])
      await environments.discard('../nothing')
      expect((await environments.list()).map(({ key }) => key)).not.toContain('../nothing')
    })

    it('lists the environment that an instance runs in, which keeps it when it is discarded', async ({ skip }) => {
      const { spec, seen } = await started({ does: 'serves' }, 'running')
      const { environments } = runtime
      const key = seen.environmentKey
      if (!environments || key === undefined) return skip()
      const listed = async () => (await environments.list()).find((each) => each.key === key)
      expect((await listed())?.inUse).toBeGreaterThan(0)
      await environments.discard(key)
      expect(await listed()).toBeUndefined()
      expect((await observed(runtime, spec.id))?.phase).toBe('running')

      await runtime.start({ ...spec, generation: 2 })
      await reaches(runtime, spec.id, 'running', 2)
      expect((await listed())?.inUse).toBeGreaterThan(0)
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('changes nothing when a start is repeated', async () => {
      const { spec, seen } = await started({ does: 'serves' }, 'running')
      await runtime.start(spec)
      expect(await observed(runtime, spec.id)).toEqual(seen)
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('starts one process when the same start is asked twice at once', async () => {
      const spec = await harness.spec({ does: 'counts' })
      await Promise.all([runtime.start(spec), runtime.start(spec)])
      await reaches(runtime, spec.id, 'running')
      expect(await textOf(runtime, spec.id)).toContain('count 1\n')
      expect((await runtime.inspect()).filter((each) => each.id === spec.id)).toHaveLength(1)
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('starts afresh on a larger generation and keeps the volume', async () => {
      const { spec } = await started({ does: 'counts' }, 'running')
      await runtime.start({ ...spec, generation: 2 })
      const seen = await reaches(runtime, spec.id, 'running', 2)
      expect(seen.generation).toBe(2)
      expect(await textOf(runtime, spec.id)).toContain('count 2\n')
      expect(await textOf(runtime, spec.id, { process: 'previous' })).toContain('count 1\n')
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('tells the exit code of an app that ends, and its output', async () => {
      const { spec, seen } = await started({ does: 'ends', output: 'so long\n', code: 3 }, 'exited')
      expect(seen.exit).toMatchObject({ reason: 'exited', code: 3 })
      expect(seen.exit?.message).not.toBe('')
      expect(await textOf(runtime, spec.id, { follow: true })).toContain('so long\n')
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('names a module that does not exist', async () => {
      const { spec, seen } = await started({ does: 'missing' }, 'exited')
      expect(seen.exit?.reason).toBe('module_not_found')
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('keeps volume and log of an instance that was stopped to be kept', async () => {
      const { spec } = await started({ does: 'counts' }, 'running')
      await runtime.stop(spec.id, { data: 'keep', graceMs: 2000 })
      expect((await observed(runtime, spec.id))?.exit?.reason).toBe('stopped')
      expect(await textOf(runtime, spec.id)).toContain('count 1\n')

      await runtime.start({ ...spec, generation: 2 })
      await reaches(runtime, spec.id, 'running', 2)
      expect(await textOf(runtime, spec.id)).toContain('count 2\n')
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('forgets an instance that was stopped to be deleted', async () => {
      const { spec } = await started({ does: 'counts' }, 'running')
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
      expect(await observed(runtime, spec.id)).toBeUndefined()
      expect(await textOf(runtime, spec.id)).toBe('')

      await runtime.start(spec)
      await reaches(runtime, spec.id, 'running')
      expect(await textOf(runtime, spec.id)).toContain('count 1\n')
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('takes a repeated stop, and one of an unknown id, as done', async () => {
      const { spec } = await started({ does: 'serves' }, 'running')
      await runtime.stop(spec.id, { data: 'keep', graceMs: 2000 })
      await runtime.stop(spec.id, { data: 'keep', graceMs: 2000 })
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
      await runtime.stop('00000000-0000-4000-8000-000000000000', { data: 'delete', graceMs: 2000 })
      expect(await observed(runtime, spec.id)).toBeUndefined()
    })

    it('follows a log until the process has ended', async () => {
      const { spec } = await started({ does: 'serves' }, 'running')
      const whole = textOf(runtime, spec.id, { follow: true })
      await runtime.stop(spec.id, { data: 'keep', graceMs: 2000 })
      expect(await whole).toContain('ready\n')
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('follows a log from the moment of the start, and only that of the newest process', async () => {
      const spec = await harness.spec({ does: 'counts' })
      for (const generation of [1, 2]) {
        await runtime.start({ ...spec, generation })
        const followed = textOf(runtime, spec.id, { follow: true })
        await reaches(runtime, spec.id, 'running', generation)
        await runtime.stop(spec.id, { data: 'keep', graceMs: 2000 })
        const text = await followed
        expect(text).toContain(`count ${generation}\n`)
        expect(text).not.toContain(`count ${3 - generation}\n`)
      }
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('names the process whose log it is, as the current one and as the previous one', async () => {
      const spec = await harness.spec({ does: 'ends', output: 'done\n', code: 0 })
      const nameOf = async (process: 'current' | 'previous') => {
        const names: string[] = []
        await textOf(runtime, spec.id, { process, onOpen: (name) => names.push(name) })
        return names
      }
      await runtime.start(spec)
      await textOf(runtime, spec.id, { follow: true })
      const [first] = await nameOf('current')
      expect(await nameOf('current')).toEqual([first])
      await runtime.start({ ...spec, generation: 2 })
      await textOf(runtime, spec.id, { follow: true })
      expect(await nameOf('previous')).toEqual([first])
      const [second] = await nameOf('current')
      expect(second).not.toBe(first)
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
      expect(await nameOf('current')).toEqual([])
    })

    it('ends a followed log when its reader aborts', async () => {
      const { spec } = await started({ does: 'serves' }, 'running')
      const controller = new AbortController()
      const chunks: Uint8Array[] = []
      for await (const chunk of runtime.logs(spec.id, { follow: true, signal: controller.signal })) {
        chunks.push(chunk)
        if (Buffer.concat(chunks).includes('ready\n')) controller.abort()
      }
      expect((await observed(runtime, spec.id))?.phase).toBe('running')
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('passes over as many bytes of a log as it is asked to', async () => {
      const { spec } = await started({ does: 'ends', output: 'first\nsecond\n', code: 0 }, 'exited')
      const whole = await textOf(runtime, spec.id, { follow: true })
      const offset = whole.indexOf('second')
      expect(await textOf(runtime, spec.id, { offset })).toBe(whole.slice(offset))
      expect(await textOf(runtime, spec.id, { offset: whole.length + 10 })).toBe('')
      expect(await textOf(runtime, spec.id, { offset: -5 })).toBe(whole.slice(-5))
      expect(await textOf(runtime, spec.id, { offset: -whole.length - 10 })).toBe(whole)
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('parts the lines of an app and of its Wave server', async () => {
      const output = 'first\n[wave] second\nthird\n'
      const { spec } = await started({ does: 'ends', output, code: 0 }, 'exited')
      expect(await textOf(runtime, spec.id, { source: 'all' })).toContain(output)
      expect(await textOf(runtime, spec.id, { source: 'wave', follow: true })).toBe('second\n')
      const app = await textOf(runtime, spec.id, { source: 'app' })
      expect(app).toContain('first\nthird\n')
      expect(app).not.toContain('second')
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })

    it('yields nothing for the log of an unknown id', async () => {
      expect(await textOf(runtime, '00000000-0000-4000-8000-000000000000', { follow: true })).toBe('')
    })

    it('shows a new object what an earlier one started', async () => {
      const { spec, seen } = await started({ does: 'serves' }, 'running')
      await using second = await harness.open()
      expect(await observed(second, spec.id)).toEqual(seen)
      await second.stop(spec.id, { data: 'delete', graceMs: 2000 })
      expect(await observed(runtime, spec.id)).toBeUndefined()
    })

    it('leaves running instances alone when it is let go', async () => {
      const first = await harness.open()
      const spec = await harness.spec({ does: 'serves' })
      await first.start(spec)
      await first[Symbol.asyncDispose]()
      await reaches(runtime, spec.id, 'running')
      await runtime.stop(spec.id, { data: 'delete', graceMs: 2000 })
    })
  })
}

/** Waits until `id` is seen in `phase` (of at least `generation`), or fails after 30 s with what was seen last. */
export async function reaches(
  runtime: Runtime,
  id: string,
  phase: ObservedInstance['phase'],
  generation = 1,
): Promise<ObservedInstance> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const seen = await observed(runtime, id)
    if (seen?.phase === phase && seen.generation >= generation) return seen
    if (Date.now() > deadline || (seen?.phase === 'exited' && seen.generation >= generation)) {
      throw new Error(`Instance ${id} does not get to ${phase}: ${JSON.stringify(seen)}`)
    }
    await delay(10)
  }
}

export async function observed(runtime: Runtime, id: string): Promise<ObservedInstance | undefined> {
  return (await runtime.inspect()).find((each) => each.id === id)
}

export async function textOf(runtime: Runtime, id: string, options: LogOptions = {}): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of runtime.logs(id, options)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
