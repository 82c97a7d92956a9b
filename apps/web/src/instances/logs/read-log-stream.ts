import { problemOf, StoreError, urlOf } from '@wave-store/client'
import { operations } from '@wave-store/contract'
import { t } from '../../i18n/t.ts'

export interface LogSource {
  instanceId: string
  process: 'current' | 'previous'
  /** Whose lines. */
  source: 'all' | 'app' | 'wave'
  follow: boolean
  /** Bytes that are known already. */
  offset: number
}

/**
 * Reads a log piece by piece until it ends, which a followed one does only with its process. The first piece is empty: it
 * tells that the store answers.
 *
 * @throws {StoreError} with code `unreachable` also where the connection breaks in the middle.
 */
export async function readLogStream(
  source: LogSource,
  onBytes: (bytes: Uint8Array) => void,
  signal: AbortSignal,
): Promise<void> {
  const { instanceId, ...query } = source
  try {
    const response = await fetch(urlOf(operations.readLogs, { params: { instanceId }, query }), { signal })
    if (!response.ok) throw problemOf(response.status, await response.text())
    onBytes(new Uint8Array())
    const reader = response.body?.getReader()
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) onBytes(piece.value)
  } catch (cause) {
    if (signal.aborted || cause instanceof StoreError) throw cause
    const detail = t('The connection to the log was lost.')
    throw new StoreError({ code: 'unreachable', status: 0, detail, problems: [] }, { cause })
  }
}
