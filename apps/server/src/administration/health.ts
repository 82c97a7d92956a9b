import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { PartHealth } from '@wave-store/contract'
import { configWarnings } from '../config/config-warnings.ts'
import type { AppContext } from '../context.ts'
import { formatBytes } from '../reconciler/format-bytes.ts'
import { secretWarnings } from '../secrets/ready-secrets.ts'

type Found = Pick<PartHealth, 'state' | 'text'>
type Check = (context: AppContext) => Promise<Found>

const answerWithinMs = 5_000
/** Less free disk than this share is worth a word. */
const scarceShare = 0.05

const ok = (text: string): Found => ({ state: 'ok', text })
const warning = (text: string): Found => ({ state: 'warning', text })

const checks: Record<PartHealth['part'], Check> = {
  database: async ({ apps, config }) => {
    const versions = await apps.count()
    const held = `${counted(versions, 'version')} of apps`
    if (config.databaseUrl) return ok(`PostgreSQL, with ${held}.`)
    const sizes = ['store.db', 'store.db-wal'].map((name) =>
      stat(join(config.dataDir, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    )
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    return ok(`SQLite, ${formatBytes(bytes)}, with ${held}.`)
  },
  bundles: async ({ blobs, config, staging }) => {
    await blobs.check()
    const { bavail, blocks, bsize } = await statfs(staging)
    const free = `${formatBytes(bavail * bsize)} of ${formatBytes(blocks * bsize)} are free`
    if (bavail / blocks < scarceShare)
      return warning(`${free} where ${config.dataDir} is: imports and apps that write will fail soon. Make room.`)
    return ok(`${free} for bundles, environments and volumes.`)
  },
  catalog: async ({ apps, catalog }) => {
    const { total } = await catalog.find({
      scope: { all: true },
      seesTags: true,
      search: '',
      tags: [],
      limit: 1,
      offset: 0,
    })
    const versions = await apps.count()
    // One may have come between the two looks.
    return Math.abs(total - versions) > 1
      ? warning(`The index knows ${total} of ${counted(versions, 'version')}. Start the store again.`)
      : ok(`${counted(total, 'version')} can be searched.`)
  },
  runtime: async ({ capabilities, runtime }) => {
    const held = (await runtime.inspect()).filter(({ phase }) => phase !== 'exited')
    const text = `Driver ${capabilities.driver}, isolation ${capabilities.isolation}, ${counted(held.length, 'instance')}.`
    return capabilities.advice ? warning(`${text} ${capabilities.advice}`) : ok(text)
  },
  environments: async ({ config, runtime }) => {
    const kept = (await runtime.environments?.list()) ?? []
    const bytes = kept.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    const text = `${counted(kept.length, 'environment')}, ${formatBytes(bytes)} of ${formatBytes(config.runtime.environmentsMaxBytes)}.`
    return bytes > config.runtime.environmentsMaxBytes
      ? warning(`${text} All that are over are in use: give them more room (WAVE_STORE_ENVIRONMENTS_MAX_BYTES).`)
      : ok(text)
  },
  queue: async ({ instances }) => {
    const { queued, failed, deployed } = await instances.overview()
    const text = `${deployed} running, ${queued} waiting for a turn, ${failed} failed.`
    return queued > 0 ? warning(`${text} Those that wait start as memory and turns become free.`) : ok(text)
  },
  people: async ({ config, upstream }) => {
    const { source } = config.identity
    if (source.kind === 'local')
      return source.development
        ? warning('Development accounts sign in without a password: for trying the store only.')
        : ok('Accounts with a password of this store.')
    const trouble = upstream?.rechecks.trouble
    return trouble
      ? warning(`${source.issuer.origin} cannot be asked: ${trouble}. Who is signed in stays so for a day.`)
      : ok(`People come from ${source.issuer.origin}.`)
  },
  secrets: async (context) => {
    const warnings = await secretWarnings(context)
    return warnings.length > 0 ? warning(warnings.join(' ')) : ok('Every value can be opened with the keys at hand.')
  },
  addresses: async ({ config }) => {
    const warnings = configWarnings(config)
    const where = `${config.publicUrl.origin}, instances at *.${config.appsHost}.`
    return warnings.length > 0 ? warning(`${where} ${warnings.join(' ')}`) : ok(where)
  },
}

const allParts = Object.keys(checks) as PartHealth['part'][]

/** Parts, asked now; one that does not answer in time or throws has failed, with the reason. */
export async function healthOf(context: AppContext, parts = allParts): Promise<PartHealth[]> {
  return Promise.all(parts.map(async (part) => ({ part, ...(await inTime(context, checks[part])) })))
}

async function inTime(context: AppContext, check: Check): Promise<Found> {
  const ended = new AbortController()
  const late = setTimeout(answerWithinMs, null, { signal: ended.signal, ref: false }).then(() => {
    throw new Error(`No answer within ${answerWithinMs / 1000} seconds.`)
  })
  late.catch(() => {})
  try {
    return await Promise.race([check(context), late])
  } catch (cause) {
    context.logger.error({ err: cause }, 'A part of the store is not well')
    return { state: 'failed', text: cause instanceof Error ? cause.message : String(cause) }
  } finally {
    ended.abort()
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
