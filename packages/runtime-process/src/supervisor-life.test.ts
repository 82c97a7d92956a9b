import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { askableApp, observed, reaches, servingApp, startAskable, textOf } from '@wave-store/runtime/testing'
import { afterEach, describe, expect, it } from 'vitest'
import type { SupervisorFile } from './protocol.ts'
import { stopSupervisor } from './stop-supervisor.ts'
import { storePaths } from './store-paths.ts'
import { noSandboxes } from './testing/skip.ts'
import { StoreBench } from './testing/store-bench.ts'
import { tracesOf } from './testing/traces.ts'

const startAndHold = fileURLToPath(new URL('./testing/start-and-hold.ts', import.meta.url))

describe.skipIf(noSandboxes)('the supervisor', () => {
  const benches: StoreBench[] = []
  const newBench = (...args: ConstructorParameters<typeof StoreBench>) => {
    const bench = new StoreBench(...args)
    benches.push(bench)
    return bench
  }
  afterEach(async () => {
    for (const bench of benches.splice(0)) await bench.dispose()
  })

  it('keeps instances and their logs going when the server that started them is killed', async () => {
    const bench = newBench()
    const spec = bench.specOf(tickingApp)
    const server = spawn(process.execPath, [startAndHold, JSON.stringify({ options: bench.options, specs: [spec] })], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(server.stdout, 'data')
    await using first = await bench.open()
    const before = await reaches(first, spec.id, 'running')
    const pids = processIds(before.address!)
    expect(pids).not.toEqual([])
    server.kill('SIGKILL')
    await once(server, 'exit')
    await first[Symbol.asyncDispose]()

    await using second = await bench.open()
    const sizeBefore = (await textOf(second, spec.id)).length
    expect(await observed(second, spec.id)).toEqual(before)
    expect(processIds(before.address!)).toEqual(pids)
    await expect.poll(async () => (await textOf(second, spec.id)).length).toBeGreaterThan(sizeBefore)
  })

  it('that was killed is followed by one that removes what is left and reports its instances as lost', async () => {
    const bench = newBench()
    await using runtime = await bench.open()
    const spec = bench.specOf(servingApp, { volume: { path: '/data', sizeBytes: 1024 } })
    await runtime.start(spec)
    await reaches(runtime, spec.id, 'running')

    process.kill(supervisorOf(bench).pid, 'SIGKILL')
    const seen = await eventually(() => observed(runtime, spec.id))
    expect(seen).toMatchObject({ generation: 1, phase: 'exited', exit: { reason: 'lost', code: null } })
    expect(
      tracesOf(bench.dataDir, bench.options.uidRange!).filter((it) => /^process \d+ 4\d{5}|wv.*i\d/.test(it)),
    ).toEqual([])
    expect(existsSync(path.join(storePaths(bench.dataDir).instances, spec.id, 'scratch'))).toBe(false)

    await runtime.start({ ...spec, generation: 2 })
    await reaches(runtime, spec.id, 'running', 2)
  })

  it('reports an instance whose record is damaged as lost instead of forgetting it', async () => {
    const bench = newBench()
    const spec = bench.specOf(servingApp)
    const first = await bench.open()
    await first.start(spec)
    await reaches(first, spec.id, 'running')
    await first[Symbol.asyncDispose]()
    await stopSupervisor(bench.dataDir)
    writeFileSync(path.join(storePaths(bench.dataDir).instances, spec.id, 'record.json'), '{"id":')

    await using second = await bench.open()
    expect(await observed(second, spec.id)).toMatchObject({ phase: 'exited', exit: { reason: 'lost' } })
  })

  it('is one only, however many start it at the same moment', async () => {
    const bench = newBench()
    const runtimes = await Promise.all(Array.from({ length: 4 }, () => bench.open()))
    const supervisors = () =>
      tracesOf(bench.dataDir, bench.options.uidRange!).filter((it) => it.includes('supervisor/main.ts'))
    // Those that came second are on their way out.
    await expect.poll(() => supervisors().length).toBe(1)
    for (const runtime of runtimes) await runtime[Symbol.asyncDispose]()
  })

  it('leaves nothing behind when it is told to end', async () => {
    const bench = newBench()
    const first = await bench.open()
    const spec = bench.specOf(servingApp)
    await first.start(spec)
    await reaches(first, spec.id, 'running')
    await first[Symbol.asyncDispose]()
    expect(await stopSupervisor(bench.dataDir)).toBe(true)
    expect(tracesOf(bench.dataDir, bench.options.uidRange!)).toEqual([])
    expect(await stopSupervisor(bench.dataDir)).toBe(false)

    await using second = await bench.open()
    expect((await observed(second, spec.id))?.exit?.reason).toBe('lost')
    expect(await textOf(second, spec.id)).toContain('ready')
  })

  it('ends with its drivers where it is asked to, and before that what a driver had started that is gone', async () => {
    const bench = newBench({ endWithDriver: true })
    const [one, other] = [bench.specOf(servingApp), bench.specOf(servingApp)]
    const first = spawn(process.execPath, [startAndHold, JSON.stringify({ options: bench.options, specs: [one] })], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(first.stdout, 'data')
    const second = await bench.open()
    await second.start(other)
    await reaches(second, one.id, 'running')
    await reaches(second, other.id, 'running')
    first.kill('SIGKILL')
    await expect.poll(() => observed(second, one.id), { timeout: 10_000 }).toBeUndefined()
    expect((await observed(second, other.id))?.phase).toBe('running')

    await second[Symbol.asyncDispose]()
    await expect.poll(() => tracesOf(bench.dataDir, bench.options.uidRange!), { timeout: 10_000 }).toEqual([])
    expect(readdirSync(storePaths(bench.dataDir).instances)).toEqual([])
  })

  it('is there for a driver that comes as the one before it ends', async () => {
    const bench = newBench({ endWithDriver: true })
    for (let round = 0; round < 5; round++) {
      await using runtime = await bench.open()
      expect(await runtime.inspect()).toEqual([])
    }
  })

  it('is stopped by several at once, and as it ends by itself', async () => {
    for (let round = 0; round < 5; round++) {
      const bench = newBench({ endWithDriver: true })
      await (await bench.open())[Symbol.asyncDispose]()
      await Promise.all(Array.from({ length: 5 }, () => stopSupervisor(bench.dataDir)))
      expect(await stopSupervisor(bench.dataDir)).toBe(false)
    }
  })

  it('begins nothing any more when it is ending, whatever it is asked as soon as an instance has ended', async () => {
    const bench = newBench()
    const first = await bench.open()
    const spec = bench.specOf(servingApp)
    await first.start(spec)
    await reaches(first, spec.id, 'running')
    const asked = Promise.withResolvers<string>()
    first.onChange!(() => {
      first.start({ ...spec, generation: 2 }).then(
        () => asked.resolve('taken'),
        ({ code }) => asked.resolve(code),
      )
    })
    expect(await stopSupervisor(bench.dataDir)).toBe(true)
    expect(await asked.promise).toBe('unavailable')
    await first[Symbol.asyncDispose]()
    expect(tracesOf(bench.dataDir, bench.options.uidRange!)).toEqual([])
  })

  it('leaves nothing of an instance that is stopped to be deleted, even when it holds on', async () => {
    const bench = newBench()
    await using runtime = await bench.open()
    const before = tracesOf(bench.dataDir, bench.options.uidRange!)
    const spec = bench.specOf(stubbornApp, { volume: { path: '/data', sizeBytes: 1024 } })
    await startAskable(runtime, spec)
    expect(tracesOf(bench.dataDir, bench.options.uidRange!).length).toBeGreaterThan(before.length)

    await runtime.stop(spec.id, { data: 'delete', graceMs: 200 })
    expect(tracesOf(bench.dataDir, bench.options.uidRange!)).toEqual(before)
    expect(readdirSync(storePaths(bench.dataDir).instances)).toEqual([])
  })

  it('works for a data directory that is deep, below one that only root may enter', async () => {
    const bench = newBench({}, `closed/${'deep/'.repeat(40)}`)
    rmSync(path.join(bench.root, 'closed'), { recursive: true })
    mkdirSync(path.join(bench.root, 'closed'), { mode: 0o700 })
    await using runtime = await bench.open()
    const spec = bench.specOf(servingApp)
    await runtime.start(spec)
    await reaches(runtime, spec.id, 'running')
  })

  it('runs a bundle that only its owner may read', async () => {
    const bench = newBench()
    await using runtime = await bench.open()
    const spec = { ...bench.specOf(servingApp), bundle: bench.bundle({ 'app.py': servingApp }, 0o600) }
    await runtime.start(spec)
    await reaches(runtime, spec.id, 'running')
    expect(statSync(spec.bundle.path).mode & 0o777).toBe(0o600)
  })

  it('keeps its socket to its own user', async () => {
    const bench = newBench()
    await using _ = await bench.open()
    const { socket } = supervisorOf(bench)
    expect(statSync(socket).mode & 0o777).toBe(0o600)
    expect(statSync(path.dirname(socket)).mode & 0o777).toBe(0o700)
  })

  it('does not show what it was told in its command line', async () => {
    const bench = newBench({ index: { url: 'http://someone:password@127.0.0.1:9/simple' } })
    await using _ = await bench.open()
    const { pid } = supervisorOf(bench)
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain('password')
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('password')
  })

  it('of another version is named, with what to do', async () => {
    const bench = newBench()
    const { socket } = storePaths(bench.dataDir)
    mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 })
    const older = createServer((connection) =>
      connection.once('data', () => connection.write('{"id":1,"result":{"protocol":0,"pid":42}}\n')),
    ).listen(socket)
    await once(older, 'listening')
    await expect(bench.open()).rejects.toThrow(/Process 42.*version 0.*npm run stop/)
    older.close()
    rmSync(storePaths(bench.dataDir).run, { recursive: true, force: true })
  })
})

const tickingApp = servingApp.replace(
  'server.serve_forever()',
  `
import threading, time
def tick():
    while True:
        print('tick', flush=True)
        time.sleep(0.05)
threading.Thread(target=tick, daemon=True).start()
server.serve_forever()`,
)

/** Ignores SIGTERM, and has children in sessions of their own that do too. */
const stubbornApp = `
import os, signal, subprocess, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for _ in range(3):
    subprocess.Popen(['sleep', '1000'], start_new_session=True)
${askableApp}`

/** Processes in the network whose own address it is; the machine's network knows it as a way to there. */
function processIds({ host }: { host: string }): string[] {
  const own = new RegExp(`\\|-- ${host.replaceAll('.', '\\.')}\\n\\s+/32 host LOCAL`)
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return own.test(readFileSync(`/proc/${pid}/net/fib_trie`, 'utf8'))
    } catch {
      return false
    }
  })
}

function supervisorOf(bench: StoreBench): SupervisorFile {
  return JSON.parse(readFileSync(storePaths(bench.dataDir).supervisorFile, 'utf8'))
}

/** The first answer of a call that may still meet the dead supervisor's connection. */
async function eventually<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (!String(error).includes('went away')) throw error
    }
  }
}
