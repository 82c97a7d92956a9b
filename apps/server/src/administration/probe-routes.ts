import type { PartHealth } from '@wave-store/contract'
import { type Response, Router } from 'express'
import { BriefCache } from '../brief-cache.ts'
import type { AppContext } from '../context.ts'
import { healthOf } from './health.ts'

/** Without these nothing is served. */
const needed = ['database', 'bundles', 'catalog', 'runtime'] as const satisfies PartHealth['part'][]

/** However often somebody asks, parts are asked no more often. */
const askEveryMs = 1_000

/**
 * For what keeps the store running, such as systemd, a load balancer or Kubernetes; without signing in, as they cannot, and
 * without a word of what is the matter: administrators read that on the page.
 *
 * `/healthz`: the process answers. `/readyz`: it can do its work; `503` with the parts that have failed where not.
 */
export function probeRoutes(context: AppContext): Router {
  const router = Router()
  const parts = new BriefCache<PartHealth[]>({ ttlMs: askEveryMs, maxEntries: 1 })
  router.get('/healthz', (_request, response) => answer(response, 200, { status: 'ok' }))
  router.get('/readyz', async (_request, response) => {
    const found = await parts.get('all', () => healthOf(context, [...needed]))
    const failed = found.filter(({ state }) => state === 'failed').map(({ part }) => part)
    if (failed.length === 0) answer(response, 200, { status: 'ok' })
    else answer(response, 503, { status: 'failed', failed })
  })
  return router
}

function answer(response: Response, status: number, body: object): void {
  response.status(status).set('Cache-Control', 'no-store').json(body)
}
