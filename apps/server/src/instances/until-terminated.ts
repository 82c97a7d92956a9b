import type { AppContext } from '../context.ts'

/** A stop's grace and a little more. */
const patienceMs = 20_000

/**
 * Waits for instances of an app that somebody has terminated and that have not ended yet: nobody sees them any more. Not
 * for ever, and not at all while another one exists.
 */
export async function untilTerminated(
  { instances, instanceChanges }: Pick<AppContext, 'instances' | 'instanceChanges'>,
  appId: string,
): Promise<void> {
  let changed = Promise.withResolvers<void>()
  const unsubscribe = instanceChanges.subscribe('all', () => changed.resolve())
  let isOver = false
  const timer = setTimeout(() => {
    isOver = true
    changed.resolve()
  }, patienceMs)
  try {
    while (!isOver) {
      changed = Promise.withResolvers()
      if (!(await instances.areAllTerminated(appId))) return
      await changed.promise
    }
  } finally {
    clearTimeout(timer)
    unsubscribe()
  }
}
