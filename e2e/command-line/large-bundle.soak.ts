import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LiveStore, startLiveStore } from '../live/live-store.ts'
import { cells, program, running, Shell } from './h2o.ts'

const gibi = 1024 ** 3
const mebi = 1024 ** 2

let live: LiveStore
let shell: Shell
beforeAll(async () => {
  live = await startLiveStore({ WAVE_STORE_BUNDLE_MAX_BYTES: '4Gi' })
  shell = await Shell.of(live.store.origin, await live.store.as('dana'))
})
afterAll(async () => {
  await shell?.[Symbol.asyncDispose]()
  await live?.[Symbol.asyncDispose]()
})

/** Nothing in it repeats within the reach of a compressor. */
async function writeNoise(path: string, bytes: number): Promise<void> {
  const piece = randomBytes(8 * mebi)
  await using file = await open(join(shell.home, path), 'w')
  for (let written = 0; written < bytes; written += piece.length) await file.write(piece)
}

/** A command that succeeds, with the most memory that it held, in MiB. */
async function measured(...args: string[]): Promise<{ stdout: string; peak: number }> {
  const child = spawn(process.execPath, [program, ...args], { cwd: shell.home, env: shell.env })
  const { ended } = running(child)
  let peak = 0
  let isOver = false
  const watching = (async () => {
    for (; !isOver; await delay(100)) peak = Math.max(peak, peakOf(child.pid!))
  })()
  const { exitCode, stdout, stderr } = await ended
  isOver = true
  await watching
  expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('Error')])
  return { stdout, peak }
}

function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

describe('a bundle of more than 2 GB', () => {
  it('is packed, imported and fetched again whole, in memory that does not grow with it', async () => {
    await shell.write(
      'app.toml',
      '[App]\nName = "large"\nVersion = "1.0.0"\nTitle = "Large"\nDescription = "x"\n\n[Runtime]\nAppMode = "python"\nModule = "app"\nPort = 8000\n',
    )
    await shell.write('app.py', '')
    await writeNoise('data.bin', 2.1 * gibi)
    const packing = await measured('bundle', '--file', 'large.wave')
    expect((await stat(join(shell.home, 'large.wave'))).size).toBeGreaterThan(2 * gibi)
    await rm(join(shell.home, 'data.bin'))
    const importing = await measured('app', 'import', 'large.wave')
    const id = cells(importing.stdout)[0]![1]!
    const fetching = await measured('app', 'download', id, '--file', 'fetched.wave')
    const same = spawn('cmp', ['large.wave', 'fetched.wave'], { cwd: shell.home })
    expect((await running(same).ended).exitCode).toBe(0)
    const peaks = [packing, importing, fetching].map(({ peak }) => Math.round(peak))
    console.log('peak memory in MiB:', peaks.join(', '))
    expect(Math.max(...peaks)).toBeLessThan(400)
  })
})
