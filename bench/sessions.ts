// Looking up a session, and a ticket with its session, among 100,000 that are live, against 100. Same settings of the
// database, warm, in random order. npm run bench:sessions [-- <repeats>]

import { median, ratio } from './median.ts'
import { openSessions } from './store/live-sessions.ts'

const repeats = Number(process.argv[2] ?? 15)
const lookups = 4000

await using unwind = new AsyncDisposableStack()
const few = unwind.use(await openSessions(100))
const many = unwind.use(await openSessions(100_000))

for (const kind of ['session', 'ticket'] as const) {
  const times = { few: [] as number[], many: [] as number[] }
  for (const sessions of [few, many]) await timed(() => sessions.lookUp(kind, lookups))
  for (let i = 0; i < repeats; i++) {
    times.few.push(await timed(() => few.lookUp(kind, lookups)))
    times.many.push(await timed(() => many.lookUp(kind, lookups)))
  }
  const [ours, theirs] = [times.many, times.few].map((values) => `${median(values).middle.toFixed(1)} µs`)
  console.log(
    `${kind}: ${ours} among ${many.count}, ${theirs} among ${few.count}, ratio ${ratio(times.many, times.few)}, ${repeats} runs of ${lookups}`,
  )
}

/** Microseconds a look-up. */
async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return ((performance.now() - begun) * 1000) / lookups
}
