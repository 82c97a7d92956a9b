import type { Exit, ExitReason } from '../runtime.ts'

export type Verdict = Omit<Exit, 'at'>

/** How a process ended, as the one who waited for it knows. */
export interface ProcessEnd {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface EndOfRun {
  /** Why we ended it, if we did. */
  stop: Verdict | null
  outOfMemory: boolean
  memoryBytes: number
  /** The launcher's last `failed` event, as it came. */
  claim: unknown
  end: ProcessEnd
}

const longestMessage = 1000

/** What a launcher may say; anything else is known better from outside. */
const claimable: readonly ExitReason[] = [
  'source_failed',
  'dependency_failed',
  'index_unavailable',
  'module_not_found',
  'import_error',
  'wave_server_failed',
  'never_listened',
  'exited',
  'killed',
  'disk_full',
  'internal',
]

export const stopped: Verdict = { reason: 'stopped', message: 'Stopped on request.', code: null }

/** Why a process ended. What the kernel and we ourselves know goes before what the launcher, which is not trusted, says. */
export function exitVerdict({ stop, outOfMemory, memoryBytes, claim, end }: EndOfRun): Verdict {
  if (outOfMemory) {
    const message = `The app used more memory than its limit of ${Math.round(memoryBytes / 2 ** 20)} MiB.`
    return { reason: 'out_of_memory', message, code: null }
  }
  if (stop) return stop
  const { reason, message, code } = (claim ?? {}) as Record<string, unknown>
  const claimed = claimable.find((each) => each === reason)
  if (claimed) return { reason: claimed, message: sentence(message), code: exitCode(code) }
  return fromOutside(end)
}

/** bubblewrap, like a shell, ends with 128 and the number of the signal that ended what it held. */
function fromOutside({ code, signal }: ProcessEnd): Verdict {
  if (signal || code === null || code > 128) {
    const which = signal ?? `signal ${(code ?? 128) - 128}`
    return { reason: 'killed', message: `The app and its launcher were ended by ${which}.`, code: null }
  }
  const message = `The sandbox ended with exit code ${code} and did not say why; the log may tell.`
  return { reason: 'internal', message, code: null }
}

/** Failures of the driver itself. */
export function troubleVerdict(error: unknown): Verdict {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return { reason: 'disk_full', message: 'No space is left where the store keeps its instances.', code: null }
  }
  return { reason: 'internal', message: `The app could not be started: ${message}.`, code: null }
}

export function buildVerdict(reason: string, message: string): Verdict {
  const claimed = claimable.find((each) => each === reason)
  return { reason: claimed ?? 'internal', message: sentence(message), code: null }
}

function sentence(message: unknown): string {
  const text = typeof message === 'string' ? message : ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const plain = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
  return plain.slice(0, longestMessage) || 'The launcher gave no reason.'
}

function exitCode(code: unknown): number | null {
  return typeof code === 'number' && Number.isInteger(code) && code >= 0 && code <= 255 ? code : null
}
