// 50 launches of samples/hello asked for at one moment, until the store has had an answer of each, against starting the
// same 50 by hand, two at a time: as plain processes, and in a sandbox and a network of its own each, by a shell script.
// npm run bench:burst [-- <repeats> [<instances>]]
import { startHello, startHelloSandboxed } from './by-hand/samples.ts'
import type { StartedByHand } from './by-hand/started-by-hand.ts'
import { hasProgram } from './debian.ts'
import { median, ratio } from './median.ts'
import { LaunchingStore } from './store/launched-samples.ts'

const repeats = Number(process.argv[2] ?? 3)
const count = Number(process.argv[3] ?? 50)
const atOnce = 2

const isSandboxed = process.getuid?.() === 0 && hasProgram('bwrap', 'bubblewrap')
await using store = await LaunchingStore.start({
  WAVE_STORE_INSTANCES_PER_USER: String(count),
  WAVE_STORE_LAUNCHES_PER_MINUTE: '10000',
  WAVE_STORE_MAX_STARTS: String(atOnce),
  WAVE_STORE_MEMORY_OVERCOMMIT_PERCENT: '1000',
})
const appId = await store.sample('hello')
await launched(2)
const ours: number[] = []
const plain: number[] = []
const sandboxed: number[] = []
for (let i = 0; i < repeats; i++) {
  plain.push(await startedByHand(startHello))
  ours.push(await launched(count))
  if (isSandboxed) sandboxed.push(await startedByHand(startHelloSandboxed))
}
const seconds = (values: number[]) => `${(median(values).middle / 1000).toFixed(2)} s`
console.log(`${count} launches: ${seconds(ours)}, ${repeats} runs`)
console.log(`by hand, ${atOnce} at a time: ${seconds(plain)}, ratio ${ratio(ours, plain)}`)
if (isSandboxed) console.log(`by hand, sandboxed: ${seconds(sandboxed)}, ratio ${ratio(ours, sandboxed)}`)

/** Milliseconds until all answered; they are gone afterwards. */
async function launched(instances: number): Promise<number> {
  const begun = performance.now()
  const all = await Promise.all(Array.from({ length: instances }, () => store.launch(appId)))
  await store.untilAllAnswer()
  const elapsed = performance.now() - begun
  for (const instance of all) await store.untilAnswering(instance)
  await store.terminateAll()
  return elapsed
}

async function startedByHand(start: () => Promise<StartedByHand>): Promise<number> {
  const started: StartedByHand[] = []
  let left = count
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) started.push(await start())
    }),
  )
  const elapsed = performance.now() - begun
  await Promise.all(started.map(({ end }) => end()))
  return elapsed
}
