import type { FailureCause } from './instance.ts'

/** What a failure's reason means, for people. */
export interface FailureAdvice {
  /** In a sentence, where the failure has none of its own, or its own is not for who reads it. */
  cause: string
  /** What most likely helps. */
  remedy: string
}

const adviceByReason = {
  secret_missing: {
    cause: 'A secret that the app needs is missing.',
    remedy: 'The owner of the app can add it under Secrets in the store; then start the app again.',
  },
  source_failed: {
    cause: 'The code of the app could not be fetched.',
    remedy: 'Try again; if it happens twice, whoever runs the store finds the cause in its log.',
  },
  os_package_missing: {
    cause: 'The app needs an operating system package that is not installed here.',
    remedy: 'Whoever runs the store can install the package, or the owner of the app can take it out of packages.txt.',
  },
  dependency_failed: {
    cause: 'The Python packages that the app needs could not be installed.',
    remedy: 'The owner of the app can correct requirements.txt; the last lines of the log name the package.',
  },
  index_unavailable: {
    cause: 'The index of Python packages could not be reached.',
    remedy: 'Try again later; if it stays so, whoever runs the store checks the package index in its settings.',
  },
  module_not_found: {
    cause: 'The Python module that the app names does not exist in its bundle.',
    remedy: 'The owner of the app can correct Module in app.toml and import a new version.',
  },
  import_error: {
    cause: 'The app ended while Python imported it.',
    remedy: 'The owner of the app can see the failing import in the log, and often mends it with a pinned requirement.',
  },
  wave_server_failed: {
    cause: 'The Wave server of the app did not start, or ended.',
    remedy: 'Try again; the log holds what the Wave server said.',
  },
  never_listened: {
    cause: 'The app started, but never answered.',
    remedy: 'The owner of the app can check that it listens on the address that it is given, and Port in app.toml.',
  },
  exited: {
    cause: 'The app ended by itself.',
    remedy: 'The last lines of its log mostly say why.',
  },
  out_of_memory: {
    cause: 'The app needed more memory than it may have.',
    remedy: 'Give it less to do, or let the owner of the app raise MemoryLimit in app.toml and import a new version.',
  },
  killed: {
    cause: 'The app was ended from outside.',
    remedy: 'Try again; if it happens twice, whoever runs the store finds the cause in its log.',
  },
  disk_full: {
    cause: 'There was no space left on the disk.',
    remedy:
      'Where the app filled its own space, let it keep less there; where the machine is full, whoever runs the store has to make room.',
  },
  stopped: {
    cause: 'The app was stopped.',
    remedy: 'Start it again from the page of the instance.',
  },
  lost: {
    cause: 'The machine or the engine beneath the app went away.',
    remedy: 'Start it again from the page of the instance.',
  },
  internal: {
    cause: 'The store could not start the app.',
    remedy: 'Whoever runs the store finds the cause in its log.',
  },
} satisfies Record<string, FailureAdvice>

/** Why an instance fails: what runtimes say, and what none is even asked to start for. */
export type FailureReason = keyof typeof adviceByReason

/** By the reason of a failure; one that is not known counts as the store's own. */
export function adviceOn(reason: string): FailureAdvice {
  return Object.hasOwn(adviceByReason, reason) ? adviceByReason[reason as FailureReason] : adviceByReason.internal
}

/** A failure for who may not read the log: the sentence that it has may be what the app said as it ended. */
export function withoutOwnWords(failure: FailureCause): FailureCause {
  return { ...failure, message: adviceOn(failure.reason).cause }
}
