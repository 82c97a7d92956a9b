// What the guard costs a proxied request: session, ticket and instance asked of a real database, against the same
// gateway in the same process with a guard that permits all. npm run bench:authz [-- <repeats>]
// Rounds are short and take turns, so that what else the machine does falls on both.
import { startChild } from './child.ts'
import { hasProgram } from './debian.ts'
import type { Target } from './load/transfer.ts'
import { wrk } from './load/wrk.ts'
import { median, ratio } from './median.ts'
import { cpuMs } from './process-usage.ts'
import { startBenchStore } from './store/bench-store.ts'

const repeats = Number(process.argv[2] ?? 30)
const connections = 32

if (!hasProgram('wrk', 'wrk')) process.exit(1)
await using unwind = new AsyncDisposableStack()
const app = unwind.use(await startChild<{ port: number }>('proxies/upstream-process.ts'))
const store = unwind.use(await startBenchStore(app.ready.port))

for (const target of [store.guarded, store.permitting]) await wrk(target, connections, 3)
const guarded: number[] = []
const permitting: number[] = []
for (let i = 0; i < repeats; i++) {
  guarded.push(await cpuOfRequest(store.guarded))
  permitting.push(await cpuOfRequest(store.permitting))
}
const [ours, theirs] = [guarded, permitting].map((values) => `${median(values).middle.toFixed(0)} µs`)
console.log(
  `CPU of a proxied request: ${ours}, permitting all ${theirs}, ratio ${ratio(guarded, permitting)}, ${repeats} runs`,
)

/** Microseconds, user and system. */
async function cpuOfRequest(target: Target): Promise<number> {
  const before = cpuMs(store.pid)
  const { requests } = await wrk(target, connections)
  return ((cpuMs(store.pid) - before) * 1000) / requests
}
