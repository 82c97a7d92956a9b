// How long a line takes from an app's write to who follows the log through the API, against `tail -f` of the same file,
// both at the same lines. npm run bench:logs [-- <lines> [<followers>]]
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { Readable as Stream } from 'node:stream'
import { buildBundle, manifestText } from '@wave-store/testing'
import { instancePaths, storePaths } from '../packages/runtime-process/src/store-paths.ts'
import { LaunchingStore } from './store/launched-samples.ts'

const lines = Number(process.argv[2] ?? 2000)
const followers = Number(process.argv[3] ?? 1)

/** Writes the time of its clock, a hundred times a second, and answers beside. */
const app = `
import http.server, threading, time
def write():
    while True:
        print('at', time.time_ns(), flush=True)
        time.sleep(0.01)
threading.Thread(target=write, daemon=True).start()
http.server.HTTPServer(('0.0.0.0', 8000), http.server.SimpleHTTPRequestHandler).serve_forever()
`

await using store = await LaunchingStore.start({ WAVE_STORE_SAMPLES: 'false' })
const instance = await store.launch(await importApp())
await store.untilAllAnswer()
const file = instancePaths(storePaths(store.store.dataDir), instance.id).currentLog
const tail = spawn('tail', ['-n', '0', '-f', file], { stdio: ['ignore', 'pipe', 'inherit'] })
const [theirs, ...ours] = await Promise.all([
  delaysOf(tail.stdout),
  ...Array.from({ length: followers }, async () => delaysOf(await follow(instance.id))),
])
tail.kill()
await store.terminateAll()
for (const [name, share] of [
  ['median', 0.5],
  ['p99', 0.99],
] as const) {
  const [own, other] = [at(ours.flat(), share), at(theirs, share)]
  console.log(
    `${name}: ${own.toFixed(2)} ms, tail -f ${other.toFixed(2)} ms, ratio ${(own / other).toFixed(2)}, ${lines} lines, followers: ${followers}`,
  )
}

async function importApp(): Promise<string> {
  const manifest = manifestText({ runtime: 'Module = "app"\nAppMode = "python"\nPort = 8000' })
  const response = await fetch(`${store.store.origin}/api/apps`, {
    method: 'POST',
    body: (await buildBundle({ manifest, files: { 'app.py': app } })) as Uint8Array<ArrayBuffer>,
    headers: { cookie: String(store.cookies), 'content-type': 'application/zip' },
  })
  if (response.status !== 201) throw new Error(await response.text())
  return ((await response.json()) as { id: string }).id
}

async function follow(id: string): Promise<Readable> {
  const response = await fetch(`${store.store.origin}/api/instances/${id}/logs?follow=true&offset=-1`, {
    headers: { cookie: String(store.cookies) },
  })
  return Stream.fromWeb(response.body as Parameters<typeof Stream.fromWeb>[0])
}

/** Milliseconds from write to arrival, of so many lines. */
async function delaysOf(output: Readable): Promise<number[]> {
  const delays: number[] = []
  for await (const line of createInterface({ input: output })) {
    const written = /^at (\d+)$/.exec(line)?.[1]
    const now = performance.timeOrigin + performance.now()
    if (written) delays.push(now - Number(written) / 1e6)
    if (delays.length === lines) break
  }
  output.on('error', () => {}).destroy()
  return delays
}

function at(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? Number.NaN
}
