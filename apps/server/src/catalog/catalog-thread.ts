import { parentPort, workerData } from 'node:worker_threads'
import { openReader } from '../db/open-database.ts'
import { CatalogIndex } from './catalog-index.ts'
import type { CatalogQuery } from './catalog-query.ts'
import { CatalogRepository } from './catalog-repository.ts'

/** A question, or that there are no more. */
export type CatalogRequest = { id: number; query: CatalogQuery } | 'end'

// Works through one question after the other, each with the Catalog as it is when its turn comes.
const index = new CatalogIndex()
const db = openReader(workerData as string)
const repository = new CatalogRepository(db)
let previous: Promise<void> = repository.follow(index)

parentPort!.on('message', (request: CatalogRequest) => {
  previous = previous.then(() => (request === 'end' ? end() : answer(request)))
})

async function answer({ id, query }: Exclude<CatalogRequest, 'end'>): Promise<void> {
  await repository.follow(index)
  parentPort!.postMessage({ id, answer: index.find(query) })
}

async function end(): Promise<void> {
  await db.destroy()
  parentPort!.close()
}
