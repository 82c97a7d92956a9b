import { readFileSync, statSync } from 'node:fs'
import type { Runtime } from '@wave-store/runtime'
import { askableApp, startAskable } from '@wave-store/runtime/testing'
import type { SupervisorFile } from '../protocol.ts'
import { instancePaths, storePaths } from '../store-paths.ts'
import type { StoreBench } from './store-bench.ts'

/** Each line is as long, so that bytes tell lines. */
const lineBytes = 100
const linesAtOnce = 1000

export interface Flood {
  /** Bytes that were written. */
  written: number
  /** Bytes that a follower got, and was told that it did not get. */
  got: number
  told: number
  /** Lines at another place than their number and what was told of others say. */
  gaps: string[]
  /** What it took when all was over. */
  leftBytes: number
  /** The most that the log took of the disk at any look. */
  mostBytes: number
  /** How much larger the supervisor was at any look than before. */
  grownBytes: number
}

/** Lets an app write numbered lines as fast as it can, or with a rest after each thousand, while somebody follows. */
export async function floodLog(
  bench: StoreBench,
  { bytes, restSeconds = 0 }: { bytes: number; restSeconds?: number },
): Promise<Flood> {
  await using runtime = await bench.open()
  const spec = bench.specOf(askableApp)
  const store = storePaths(bench.dataDir)
  const { pid } = JSON.parse(readFileSync(store.supervisorFile, 'utf8')) as SupervisorFile
  const { currentLog } = instancePaths(store, spec.id)
  const { ask } = await startAskable(runtime, spec)
  const before = residentBytes(pid)
  const start = statSync(currentLog).size
  const flood: Flood = { written: 0, got: 0, told: 0, gaps: [], leftBytes: 0, mostBytes: 0, grownBytes: 0 }
  const looks = setInterval(() => {
    flood.mostBytes = Math.max(flood.mostBytes, statSync(currentLog).blocks * 512)
    flood.grownBytes = Math.max(flood.grownBytes, residentBytes(pid) - before)
  }, 10)
  const reading = follow(runtime, spec.id, start, flood)
  const count = Math.ceil(bytes / lineBytes / linesAtOnce)
  flood.written = (await ask(`
import os, time
result = 0
for first in range(0, ${count * linesAtOnce}, ${linesAtOnce}):
    lines = b''.join(b'%0${lineBytes - 1}d\\n' % number for number in range(first, first + ${linesAtOnce}))
    result += os.write(1, lines)
    if ${restSeconds}: time.sleep(${restSeconds})`)) as number
  await runtime.stop(spec.id, { data: 'keep', graceMs: 2000 })
  await reading
  clearInterval(looks)
  flood.leftBytes = statSync(currentLog).blocks * 512
  return flood
}

async function follow(runtime: Runtime, id: string, offset: number, flood: Flood): Promise<void> {
  let rest = ''
  let next = 0
  for await (const chunk of runtime.logs(id, { follow: true, offset })) {
    const lines = (rest + Buffer.from(chunk).toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const dropped = /^# runtime: .*: (\d+) bytes were dropped here(?:, from within a line)?$/.exec(line)
      if (dropped) {
        flood.told += Number(dropped[1])
        next += Number(dropped[1]) / lineBytes
      } else if (/^\d+$/.test(line)) {
        // One that was cut off ends where the word of it begins, and not where it ended in the log.
        const bytes = line.length === lineBytes - 1 ? lineBytes : line.length
        if (bytes === lineBytes && Number(line) !== Math.round(next)) flood.gaps.push(`${next}: ${line}`)
        flood.got += bytes
        next += bytes / lineBytes
      }
    }
  }
}

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}
