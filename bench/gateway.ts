// What a request, a WebSocket message and a large body cost in the gateway, its guard on a real database, against
// other proxies in front of the same app, and against no proxy. npm run bench:gateway [-- <repeats>]
// All processes run throughout and take turns; CPU is that of the proxy's process alone, user and system.
import { startChild } from './child.ts'
import { hasProgram } from './debian.ts'
import { ofACore, type Subject, scenarios } from './gateway-scenarios.ts'
import { startTransferLoad } from './load/transfer.ts'
import { median, ratio } from './median.ts'
import { residentMiB } from './process-usage.ts'
import { startConfigurableHttpProxy, startNginx } from './proxies/proxies.ts'
import { startBenchStore } from './store/bench-store.ts'

const repeats = Number(process.argv[2] ?? 9)

if (!hasProgram('wrk', 'wrk')) process.exit(1)
await using unwind = new AsyncDisposableStack()
const app = unwind.use(await startChild<{ port: number }>('proxies/upstream-process.ts'))
const store = unwind.use(await startBenchStore(app.ready.port))
const peer = unwind.use(await startConfigurableHttpProxy(app.ready.port))
const nginx = hasProgram('nginx', 'nginx-light') ? [unwind.use(await startNginx(app.ready.port))] : []
const load = unwind.use(await startTransferLoad())

const { headers } = store.guarded
const subjects: Subject[] = [
  { name: 'gateway', pid: store.pid, idleMiB: residentMiB(store.pid), target: store.guarded },
  ...[peer, ...nginx].map(({ name, pid, port }) => ({
    name,
    pid,
    idleMiB: residentMiB(pid),
    target: { port, headers },
  })),
  { name: 'no proxy', pid: null, idleMiB: 0, target: { port: app.ready.port, headers } },
]

for (const scenario of scenarios(load)) {
  const results = new Map(subjects.map(({ name }) => [name, new Map<string, number[]>()]))
  for (const subject of subjects) await scenario.measure(subject)
  for (let i = 0; i < repeats; i++) {
    for (const subject of subjects) {
      for (const [metric, value] of Object.entries(await scenario.measure(subject))) {
        const known = results.get(subject.name)!
        known.set(metric, [...(known.get(metric) ?? []), value])
      }
    }
  }
  report(scenario.name, results)
}

function report(title: string, results: Map<string, Map<string, number[]>>): void {
  const theirs = results.get(peer.name)!
  console.log(`\n${title}, ${repeats} runs`)
  for (const [name, metrics] of results) {
    const values = [...metrics].map(([metric, runs]) => `${round(median(runs).middle)} ${metric}`)
    console.log(`  ${name}: ${values.join(', ')}`)
  }
  for (const [metric, ours] of results.get('gateway')!)
    if (metric !== ofACore) console.log(`  ${metric}, gateway / ${peer.name}: ${ratio(ours, theirs.get(metric)!)}`)
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
