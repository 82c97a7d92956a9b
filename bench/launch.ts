// Launch request to first 200 through the gateway, environment cached, and the same for waking it, each against the same
// app started by hand from the same environment. npm run bench:launch [-- <repeats>]
import { type SampleName, sampleNames, startSample } from './by-hand/samples.ts'
import { median, ratio } from './median.ts'
import { LaunchingStore } from './store/launched-samples.ts'

const repeats = Number(process.argv[2] ?? 9)

await using store = await LaunchingStore.start({ WAVE_STORE_LAUNCHES_PER_MINUTE: '1000' })
for (const name of sampleNames) {
  const appId = await store.sample(name)
  await launchAndResume(appId)
  const byHand: number[] = []
  const launched: number[] = []
  const resumed: number[] = []
  for (let i = 0; i < repeats; i++) {
    byHand.push(await startedByHand(name))
    const { launchedMs, resumedMs } = await launchAndResume(appId)
    launched.push(launchedMs)
    resumed.push(resumedMs)
  }
  report(name, 'launched', launched, byHand)
  report(name, 'resumed', resumed, byHand)
}

/** Milliseconds from each request to the first 200; the instance is gone afterwards. */
async function launchAndResume(appId: string) {
  const begun = performance.now()
  const instance = await store.launch(appId)
  await store.untilAnswering(instance)
  const launchedMs = performance.now() - begun

  await store.suspend(instance)
  const woken = performance.now()
  await store.client.resumeInstance({ params: { instanceId: instance.id } })
  await store.untilAnswering(instance)
  const resumedMs = performance.now() - woken
  await store.terminateAll()
  return { launchedMs, resumedMs }
}

async function startedByHand(name: SampleName): Promise<number> {
  const { elapsedMs, end } = await startSample(name, store.store.dataDir)
  await end()
  return elapsedMs
}

function report(name: string, what: string, ours: number[], theirs: number[]): void {
  const [own, other] = [ours, theirs].map((values) => `${Math.round(median(values).middle)} ms`)
  console.log(`${name}: ${what} ${own}, by hand ${other}, ratio ${ratio(ours, theirs)}, ${repeats} runs`)
}
