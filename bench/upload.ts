// A 1 GB bundle through import, against cp and sha256sum of the same file. npm run bench:upload [-- <repeats>]
import { execFileSync, spawnSync } from 'node:child_process'
import { openAsBlob, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@wave-store/client'
import { signIn, startRealStore } from '@wave-store/testing'
import { median, ratio } from './median.ts'

const repeats = Number(process.argv[2] ?? 5)
const folder = await mkdtemp(join(tmpdir(), 'bench-upload-'))
const bundle = join(folder, 'large.wave')
makeBundle()

await using store = await startRealStore({ WAVE_STORE_SAMPLES: 'false' })
const cookie = String(await signIn(store.origin, 'dana'))
const client = createClient({ baseUrl: store.origin, headers: { cookie } })

const ours: number[] = []
const theirs: number[] = []
const growth: number[] = []
for (let i = 0; i < repeats; i++) {
  theirs.push(
    time(() =>
      execFileSync('sh', ['-c', `cp ${bundle} ${folder}/copy && sync ${folder}/copy && sha256sum ${folder}/copy`]),
    ),
  )
  ours.push(await upload())
}
const mebibytes = Math.max(...growth) / 1024
console.log(
  `upload: ${Math.round(median(ours).middle)} ms, cp + sha256sum ${Math.round(median(theirs).middle)} ms, ratio ${ratio(ours, theirs)}, ${repeats} runs`,
)
console.log(`memory of the server above idle, at most: ${mebibytes.toFixed(0)} MiB`)
await rm(folder, { recursive: true })

async function upload(): Promise<number> {
  const idle = residentKib()
  let peak = idle
  const watch = setInterval(() => {
    peak = Math.max(peak, residentKib())
  }, 20)
  const begun = performance.now()
  const response = await fetch(`${store.origin}/api/apps`, {
    method: 'POST',
    body: await openAsBlob(bundle),
    headers: { cookie, 'content-type': 'application/zip' },
  })
  const elapsed = performance.now() - begun
  clearInterval(watch)
  growth.push(peak - idle)
  if (response.status !== 201) throw new Error(await response.text())
  const { id } = (await response.json()) as { id: string }
  await client.deleteApp({ params: { appId: id } })
  return elapsed
}

function residentKib(): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${store.pid()}/status`, 'utf8'))?.[1])
}

function time(work: () => void): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

/** Twenty files of 50 MiB that do not compress, stored as they are, beside a manifest. */
function makeBundle(): void {
  const script = `
import os, sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as bundle:
    bundle.writestr('app.toml', '[App]\\nName = "bench.large"\\nVersion = "1.0.0"\\n[Runtime]\\nModule = "app"\\n')
    bundle.writestr('app.py', '')
    for number in range(20):
        with bundle.open(f'data/{number}.bin', 'w') as part:
            for _ in range(50):
                part.write(os.urandom(1 << 20))
`
  const { status } = spawnSync('python3', ['-c', script, bundle], { stdio: 'inherit' })
  if (status !== 0) throw new Error('The bundle could not be made')
}
