// Answers of the Catalog's API in a store with 100,000 versions of 40,000 names, beside plain SQL for the same rows on the
// same file in one process. npm run bench:catalog [-- <requests of each kind>]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@wave-store/client'
import { freePort, signIn } from '@wave-store/testing'
import { type RawBuilder, sql } from 'kysely'
import { openReader } from '../apps/server/src/db/open-database.ts'
import { startChild } from './child.ts'
import { rareWord } from './store/many-versions.ts'

const requests = Number(process.argv[2] ?? 300)
const [names, versions] = [40_000, 100_000]
const pageSize = 60

await using unwind = new AsyncDisposableStack()
const dataDir = await mkdtemp(join(tmpdir(), 'bench-catalog-'))
unwind.defer(() => rm(dataDir, { recursive: true, force: true }))
const port = await freePort()
const store = unwind.use(await startChild('store/catalog-process.ts', [port, dataDir, names, versions]))
const origin = `http://localhost:${port}`
const cookie = String(await signIn(origin, 'dana'))
const client = createClient({ baseUrl: origin, headers: { cookie } })
const db = unwind.adopt(openReader(join(dataDir, 'store.db')), (reader) => reader.destroy())

const category = 'Sales'
const kinds = {
  browse: { query: {}, plain: sql`1 = 1` },
  'common prefix': { query: { search: 'da' }, plain: holding('da') },
  'rare word': { query: { search: rareWord }, plain: holding(rareWord) },
  mistake: { query: { search: 'dashbord' }, plain: null },
  'category and prefix': {
    query: { search: 'fore', category },
    plain: sql`app.category = ${category} and ${holding('fore')}`,
  },
  'the last page': { query: { offset: names - pageSize }, plain: null },
} as const

await client.listApps({ query: { search: 'warm' } })
for (const [kind, { query, plain }] of Object.entries(kinds)) {
  await times(20, () => client.listApps({ query }))
  await store.ask({})
  const { total } = await client.listApps({ query })
  const ours = await times(requests, () => client.listApps({ query }))
  const { stallMs } = (await store.ask({})) as { stallMs: number }
  const beside = plain && (await times(Math.min(requests, 50), () => plainly(plain)))
  const ratio = beside ? `, ${(at(ours, 0.5) / at(beside, 0.5)).toFixed(2)} of plain SQL (${ms(beside)})` : ''
  console.log(`${kind}: ${ms(ours)} for ${total} apps, longest stall ${stallMs.toFixed(1)} ms${ratio}`)
}

/** A page, and how many there are of each category, as one would write it. */
async function plainly(condition: RawBuilder<unknown>): Promise<void> {
  const listed = sql`from app inner join "appName" on "appName"."listedAppId" = app.id where ${condition}`
  await sql`select app.* ${listed} order by lower(app.title) limit ${pageSize}`.execute(db)
  await sql`select category, count(*) ${listed} group by category`.execute(db)
}

function holding(word: string): RawBuilder<unknown> {
  const pattern = `%${word}%`
  return sql`(app.title like ${pattern} or app.name like ${pattern} or app.description like ${pattern})`
}

async function times(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  for (let i = 0; i < count; i++) {
    const begun = performance.now()
    await work()
    taken.push(performance.now() - begun)
  }
  return taken.sort((a, b) => a - b)
}

function at(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

function ms(sorted: number[]): string {
  return `p50 ${at(sorted, 0.5).toFixed(1)} ms, p99 ${at(sorted, 0.99).toFixed(1)} ms`
}
