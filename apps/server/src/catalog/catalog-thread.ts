import { parentPort, workerData } from 'node:worker_threads'
import { openReader } from '../db/open-database.ts'
import { CatalogIndex } from './catalog-index.ts'
import type { CatalogQuery } from './catalog-query.ts'
import { CatalogRepository } from './catalog-repository.ts'

export interface CatalogRequest {
  id: number
  query: CatalogQuery
}

// Works through one question after the other, each with the Catalog as it is when its turn comes.
const index = new CatalogIndex()
const repository = new CatalogRepository(openReader(workerData as string))
let previous: Promise<void> = repository.follow(index)

parentPort!.on('message', ({ id, query }: CatalogRequest) => {
  previous = previous.then(async () => {
    await repository.follow(index)
    parentPort!.postMessage({ id, answer: index.find(query) })
  })
})
