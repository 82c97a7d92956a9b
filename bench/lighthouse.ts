// What Lighthouse says of the Catalog and of an app's page, in its desktop profile: the middle of a few runs, as one alone says
// little. It is fetched by npx; it starts Debian's Chromium itself. npm run bench:lighthouse [-- <runs>]
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@wave-store/client'
import { signIn, startRealStore } from '@wave-store/testing'
import { median } from './median.ts'

const runs = Number(process.argv[2] ?? 5)
const lighthouse = 'lighthouse@13.5.0'
const categories = ['performance', 'accessibility', 'best-practices'] as const

await using unwind = new AsyncDisposableStack()
const store = unwind.use(await startRealStore())
const cookie = String(await signIn(store.origin, 'dana'))
const client = createClient({ baseUrl: store.origin, headers: { cookie } })
const { items } = await client.listApps({ query: { search: 'hello' } })
const folder = await mkdtemp(join(tmpdir(), 'lighthouse-'))
unwind.defer(() => rm(folder, { recursive: true, force: true }))

for (const path of ['/catalog', `/apps/${items[0]!.id}`]) {
  const scores: Awaited<ReturnType<typeof scoresOf>>[] = []
  for (let run = 0; run < runs; run++) scores.push(await scoresOf(path))
  const words = categories.map((category) => {
    const values = scores.map((score) => score[category])
    return `${category} ${median(values).middle} (${Math.min(...values)} to ${Math.max(...values)})`
  })
  console.log(`${path.replace(items[0]!.id, '<id>')}: ${words.join(', ')}, ${runs} runs`)
}

async function scoresOf(path: string): Promise<Record<(typeof categories)[number], number>> {
  const output = join(folder, 'report.json')
  const settings = [
    '--preset=desktop',
    '--quiet',
    '--output=json',
    `--output-path=${output}`,
    `--only-categories=${categories.join(',')}`,
    `--extra-headers=${JSON.stringify({ Cookie: cookie })}`,
    '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
  ]
  await promisify(execFile)('npx', ['--yes', lighthouse, store.origin + path, ...settings], {
    env: {
      ...process.env,
      CHROME_PATH: '/usr/bin/chromium',
      PATH: `${process.execPath.replace(/\/node$/, '')}:${process.env.PATH}`,
    },
  })
  const report = JSON.parse(await readFile(output, 'utf8')) as { categories: Record<string, { score: number }> }
  return Object.fromEntries(
    categories.map((category) => [category, Math.round(report.categories[category]!.score * 100)]),
  ) as Record<(typeof categories)[number], number>
}
