import type { Runtime } from '@wave-store/runtime'
import { askableApp, startAskable } from '@wave-store/runtime/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noSandboxes } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'

const mib = 1 << 20

describe.skipIf(noSandboxes)('what an instance uses', () => {
  let bench: StoreBench
  let runtime: Runtime

  beforeAll(async () => {
    bench = new StoreBench()
    runtime = await bench.open()
  })
  afterAll(async () => {
    await runtime?.[Symbol.asyncDispose]()
    await bench?.dispose()
  })

  const start = async () => {
    const spec = bench.specOf(askableApp, { volume: { path: '/data', sizeBytes: 64 * mib } })
    const { ask } = await startAskable(runtime, spec)
    const used = async () => (await runtime.stats()).find(({ id }) => id === spec.id)!
    return { spec, ask, used }
  }

  it('counts processor time of processes that have ended as well', async () => {
    const { ask, used } = await start()
    const before = await used()
    const burn = `import time\nwhile time.process_time() < 0.3: pass`
    await ask(`import subprocess\nsubprocess.run(['/usr/bin/python3', '-c', ${JSON.stringify(burn)}])`)
    expect((await used()).cpuMs - before.cpuMs).toBeGreaterThanOrEqual(250)
  })

  it('counts memory that is held, and not the files that the kernel keeps at hand', async () => {
    const { ask, used } = await start()
    const before = await used()
    expect(before.memoryBytes).toBeGreaterThan(4 * mib)
    await ask(`open('/tmp/file', 'wb').write(b'x' * (16 << 20))\nfor _ in range(3): open('/tmp/file', 'rb').read()
for _ in range(5): open('/tmp/file', 'ab').write(b'x' * (16 << 20))`)
    expect((await used()).memoryBytes - before.memoryBytes).toBeLessThan(48 * mib)
    await ask(`import builtins\nbuiltins.held = bytearray(b'x' * (64 << 20))`)
    expect((await used()).memoryBytes - before.memoryBytes).toBeGreaterThan(60 * mib)
  })

  it('counts processes, and not their threads', async () => {
    const { ask, used } = await start()
    const before = await used()
    await ask(`import subprocess, threading
for _ in range(5): subprocess.Popen(['sleep', '1000'])
for _ in range(3): threading.Thread(target=threading.Event().wait, daemon=True).start()`)
    expect((await used()).processes - before.processes).toBe(5)
  })

  it('counts what is on its volume', async () => {
    const { ask, used } = await start()
    const before = (await used()).volumeBytes!
    await ask(`import os\nopen('/data/file', 'wb').write(b'x' * (16 << 20))\nos.sync()`)
    expect((await used()).volumeBytes! - before).toBeGreaterThanOrEqual(16 * mib)
    expect((await used()).volumeBytes! - before).toBeLessThan(17 * mib)
  })
})
