// What the store itself costs while nobody does anything: with 0, 50 and 200 instances of samples/hello running.
// Processor and memory of the server, of the supervisor, and of what stands around each app (launcher, bubblewrap), beside
// those of the apps. npm run bench:idle [-- <seconds> [<instances> …]]
import { setTimeout as pause } from 'node:timers/promises'
import { cpuNs, proportionalMiB } from './process-usage.ts'
import { LaunchingStore } from './store/launched-samples.ts'
import { partsOf } from './store/parts-of-store.ts'

const seconds = Number(process.argv[2] ?? 20)
const given = process.argv.slice(3).map(Number)
const counts = given.length > 0 ? given : [0, 50, 200]
/** Starts are over, and what was made ahead is made. */
const settleMs = 10_000

await using store = await LaunchingStore.start({
  WAVE_STORE_INSTANCES_PER_USER: '200',
  WAVE_STORE_LAUNCHES_PER_MINUTE: '10000',
  WAVE_STORE_MEMORY_OVERCOMMIT_PERCENT: '1000',
})
const appId = await store.sample('hello')
let running = 0
for (const count of counts) {
  await Promise.all(Array.from({ length: count - running }, () => store.launch(appId)))
  running = count
  await store.untilAllAnswer()
  await pause(settleMs)
  await report(count)
}
await store.terminateAll()

async function report(count: number): Promise<void> {
  const parts = Object.entries(partsOf(store.store))
  const before = parts.map(([, pids]) => sum(pids, cpuNs))
  await pause(seconds * 1000)
  console.log(`${count} instances, ${seconds} s without a request`)
  for (const [index, [name, pids]] of parts.entries()) {
    const busyNs = sum(pids, cpuNs) - before[index]!
    const percent = (busyNs / (seconds * 1e9)) * 100
    const mebibytes = sum(pids, proportionalMiB)
    console.log(
      `  ${name}: ${percent.toFixed(2)} % of a core, ${mebibytes.toFixed(1)} MiB in ${pids.length} processes` +
        (count > 0 ? `, for each instance ${(mebibytes / count).toFixed(2)} MiB` : ''),
    )
  }
}

function sum(pids: number[], of: (pid: number) => number): number {
  return pids.reduce((total, pid) => total + of(pid), 0)
}
